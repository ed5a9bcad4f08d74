/** The verdict on a text in which credentials stand, for whoever asks by a program: the page has a notice of its own. Repeats nothing of the text. */
import { placeOf, type TextVerdict } from "./judge-text";

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
