/** Checks an HS256 signature with a given secret in the browser (RFC 7518 §3.2, Web Crypto). Takes the algorithm from nobody, and no key from the token. */
import { decodeBase64url } from "./check-base64url";

/**
 * @param token compact JWS
 * @param secret its UTF-8 bytes are the key
 * @throws TypeError where Web Crypto is missing (plain http on another host)
 */
export async function isSignedWith(token: string, secret: string): Promise<boolean> {
  const end = token.lastIndexOf(".");
  const bytes = (text: string) => new TextEncoder().encode(text);
  if (secret === "" || end < 0) return false;
  const key = await crypto.subtle.importKey("raw", bytes(secret), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  const signature = new Uint8Array(decodeBase64url(token, end + 1).bytes);
  return crypto.subtle.verify("HMAC", key, signature, bytes(token.slice(0, end)));
}
