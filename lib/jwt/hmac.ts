/** Checks an HS256 signature with a given secret in the browser (RFC 7518 §3.2, Web Crypto). Takes the algorithm from nobody, and no key from the token. */
import { decodeBase64url } from "./check-base64url";

/**
 * @param token compact JWS
 * @param secret the key; of a text its UTF-8 bytes
 * @throws TypeError where Web Crypto is missing (plain http on another host)
 */
export async function isSignedWith(token: string, secret: string | Uint8Array<ArrayBuffer>): Promise<boolean> {
  const end = token.lastIndexOf(".");
  const bytes = (text: string) => new TextEncoder().encode(text);
  const raw = typeof secret === "string" ? bytes(secret) : secret;
  // With the empty key anybody can sign.
  if (raw.length === 0 || end < 0) return false;
  const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  const signature = new Uint8Array(decodeBase64url(token, end + 1).bytes);
  return crypto.subtle.verify("HMAC", key, signature, bytes(token.slice(0, end)));
}
