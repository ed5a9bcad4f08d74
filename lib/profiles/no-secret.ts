/** Refuses secrets and tokens in what everybody reads: a purpose, a note, an id, a label. Browser-safe; used by all schemas that hold such a text. */
import { holdsSecret } from "./registry";

/** `{"` in base64url, with which every JWT begins. */
const LIKE_A_TOKEN = /eyJ[\w-]{8}/;

export const holdsNoToken = (text: string) => !LIKE_A_TOKEN.test(text);
export const holdsNoSecret = (text: string) => !holdsSecret(text) && holdsNoToken(text);

export const LIKE_A_TOKEN_SAID = "This looks like a token, and everybody would read it here. Leave it out.";
export const LIKE_A_SECRET_SAID =
  "This looks like a secret or a token, and everybody would read it here. Leave it out.";
