/** The verdict on a text in which credentials stand, perhaps beside secrets of this desk: whatever else the text is, these are said first. Browser-safe; repeats nothing of the text. */
import { judgeSecrets, placeOf, type SeenSecret, type TextVerdict } from "./judge-text";

/** What stands in a text besides, or is all there is of it. */
export type Found = { secrets: readonly SeenSecret[]; credentials: readonly { line: number; inToken?: boolean }[] };

/** Credentials by their checksum, as lib/text/credential.ts finds them; undefined where there is none. @param alone the text is nothing but the credential */
export function judgeCredentials(credentials: readonly { line: number }[], alone: boolean): TextVerdict | undefined {
  const [first, ...others] = credentials;
  if (!first) return undefined;
  return {
    word: "A credential",
    title: alone ? "This is a credential" : "A credential stands in this text",
    tone: "bad",
    alarm: "secret",
    lead: [
      { message: alone ? "Whoever reads it can use it, until it is ended." : placeOf(first.line, others.length) },
      { message: "An admin ends it at Programs." },
    ],
    vendor: [],
  };
}

/** A secret before a credential; undefined where there is neither. @param alone the text is nothing but one of them */
export function judgeFound({ secrets, credentials }: Found, alone: boolean): TextVerdict | undefined {
  const bySecrets = judgeSecrets(secrets, alone);
  const byCredentials = judgeCredentials(credentials, alone);
  if (!bySecrets || !byCredentials) return bySecrets ?? byCredentials;
  const { title, tone, lead } = byCredentials;
  return { ...bySecrets, tone, lead: [...bySecrets.lead, { message: `${title}.` }, ...lead] };
}
