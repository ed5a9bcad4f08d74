/** Refuses secrets and tokens in what everybody reads: a purpose, a note, an id, a label. Browser-safe; used by all schemas that hold such a text. */
import { holdsCredential } from "@/lib/text/credential";
import { holdsSecret } from "./registry";

/** `{"` in base64url, with which every JWT begins. */
const LIKE_A_TOKEN = /eyJ[\w-]{8}/;

const withoutUnseen = (text: string) => text.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "");

/** Two of them have as many digits as a secret, and are ids. */
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Groups of hexadecimal digits with blanks or the like between them. */
const withoutBetween = (text: string) =>
  text.replace(UUID, "~").replace(/(?<=[0-9a-f]{4})[\s\-_:.,/|]+(?=[0-9a-f]{4})/gi, "");

/** 32 bytes with their padding, or a text with a secret in it. Without padding, 43 characters may be an id. Not as `{43,}`, of which V8 keeps each step, and of some millions fails. */
const BASE64 = /[\w+/-]{42}[\w+/-]+={0,2}/g;

/** Also where up to three characters more or less stand in front, or a word: four characters are three bytes. */
function holdsSecretInBase64(text: string): boolean {
  return Array.from(text.matchAll(BASE64)).some(([run]) => {
    const digits = run.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "");
    return [0, 1, 2, 3].some((skipped) => {
      const aligned = digits.slice(skipped);
      const bytes = atob(aligned.length % 4 === 1 ? aligned.slice(0, -1) : aligned);
      return (
        holdsSecret(bytes) ||
        holdsCredential(bytes) ||
        holdsSecretInBase64(bytes) ||
        (skipped === 0 && bytes.length === 32 && run.endsWith("="))
      );
    });
  });
}

/** Drawn at random, as hardly anything in lower case alone is. Whoever has one of these links has what is behind it: what was handed over, an invitation, a new password, an endpoint's tokens. */
const OPENING_LINK =
  /\/h\/[\w-]{12}#(?=[\w-]*[A-Z])[\w-]{43}|\/(?:join|reset)\/?\?(?:[^\s#]*&)?code=(?=[\w-]*[A-Z])[\w-]{16}|\/t\/(?=[\w-]*[A-Z])[\w-]{22}(?![\w-])/;

const holdsNoToken = (text: string) => !LIKE_A_TOKEN.test(withoutUnseen(text));
export const holdsNoSecret = (text: string) => {
  const seen = withoutUnseen(text);
  return (
    !holdsCredential(seen) &&
    !holdsSecret(seen) &&
    !holdsSecret(withoutBetween(seen)) &&
    !holdsSecretInBase64(seen) &&
    holdsNoToken(seen) &&
    !OPENING_LINK.test(seen)
  );
};

export const LIKE_A_SECRET_SAID =
  "This looks like a secret or a token, and everybody would read it here. Leave it out.";
