/** The verdict on a text in which credentials stand, perhaps beside secrets of this desk: whatever else the text is, these are said first. Browser-safe; repeats nothing of the text. */
import { counted } from "@/lib/text/counted";
import { judgeSecrets, placeOf, type SeenSecret, type TextVerdict } from "./judge-text";
import type { Verdict } from "./verdict";

/** What stands in a text besides, or is all there is of it. */
export type Found = { secrets: readonly SeenSecret[]; credentials: readonly { line: number; inToken?: boolean }[] };

/** Credentials by their checksum, as lib/text/credential.ts finds them; undefined where there is none. @param alone the text is nothing but the credential */
export function judgeCredentials(credentials: Found["credentials"], alone: boolean): TextVerdict | undefined {
  const [first, ...others] = credentials;
  if (!first) return undefined;
  const { line, inToken = false } = first;
  const where = inToken ? "It can be read in the token, by anybody who has it." : placeOf(line, 0);
  return {
    word: "A credential",
    title: alone ? "This is a credential" : `A credential stands in this ${inToken ? "token" : "text"}`,
    tone: "bad",
    alarm: "secret",
    lead: [
      { message: alone ? "Whoever reads it can use it, until it is ended." : where },
      ...credentialWords(others.length).map((message) => ({ message })),
    ],
    vendor: [],
  };
}

/** What is said behind the place of the first. @param further how many places more there are */
export const credentialWords = (further: number): string[] =>
  further === 0
    ? ["An admin ends the credential at Programs."]
    : [`The same or another stands at ${counted(further, "further place")}.`, "An admin ends each at Programs."];

/** A secret before a credential, unless it is retired; undefined where there is neither. @param alone the text is nothing but one of them */
export function judgeFound({ secrets, credentials }: Found, alone: boolean): TextVerdict | undefined {
  const bySecrets = judgeSecrets(secrets, alone);
  const byCredentials = judgeCredentials(credentials, alone);
  if (!bySecrets || !byCredentials) return bySecrets ?? byCredentials;
  return bySecrets.tone === "bad" ? before(bySecrets, byCredentials) : before(byCredentials, bySecrets);
}

/** What the one head is about is said behind the other's. */
function before<Head extends Pick<TextVerdict, "lead">>(head: Head, { title, lead }: TextVerdict): Head {
  return { ...head, lead: [...head.lead, { message: `${title}.` }, ...lead] };
}

/** The head over a token in whose text something stands that belongs in none: that comes first, unless somebody is signing with a secret of this desk, which is worse than a credential or a secret that is retired. */
export function judgeBeside(verdict: Verdict, held: TextVerdict): Verdict | TextVerdict {
  const isWorse = verdict.alarm !== undefined && verdict.tone === "bad";
  const isSecret = held.word === "A secret of yours" && held.tone === "bad";
  return isWorse && !isSecret ? before(verdict, held) : held;
}
