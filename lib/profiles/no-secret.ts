/** Refuses secrets and tokens in what everybody reads: a purpose, a note, an id, a label. Browser-safe; used by all schemas that hold such a text. */
import { holdsSecret } from "./registry";

/** `{"` in base64url, with which every JWT begins. */
const LIKE_A_TOKEN = /eyJ[\w-]{8}/;

const withoutUnseen = (text: string) => text.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "");

/** Groups of hexadecimal digits with blanks between them. */
const withoutBlanks = (text: string) => text.replace(/(?<=[0-9a-f]{4})\s+(?=[0-9a-f]{4})/gi, "");

/** 32 bytes with their padding, or a text with a secret in it. Without padding, 43 characters may be an id. */
const BASE64 = /[\w+/-]{43,}={0,2}/g;

function holdsSecretInBase64(text: string): boolean {
  return Array.from(text.matchAll(BASE64)).some(([run]) => {
    try {
      const bytes = atob(run.replaceAll("-", "+").replaceAll("_", "/"));
      return holdsSecret(bytes) || (bytes.length === 32 && run.endsWith("="));
    } catch {
      return false;
    }
  });
}

const holdsNoToken = (text: string) => !LIKE_A_TOKEN.test(withoutUnseen(text));
export const holdsNoSecret = (text: string) => {
  const seen = withoutUnseen(text);
  return !holdsSecret(seen) && !holdsSecret(withoutBlanks(seen)) && !holdsSecretInBase64(seen) && holdsNoToken(seen);
};

export const LIKE_A_SECRET_SAID =
  "This looks like a secret or a token, and everybody would read it here. Leave it out.";
