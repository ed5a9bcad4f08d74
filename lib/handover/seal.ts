/** Seals a token in the browser with a key that only a link holds, and opens it again (AES-256-GCM, Web Crypto). Sends nothing anywhere; there is none of it where Web Crypto is missing, as on plain http. */

const IV_BYTES = 12;

/** In base64url: `key` for the link's fragment alone; the others for the server, which opens nothing with them. */
export type SealedToken = { key: string; sealed: string; proofHash: string };

/** Whether this page may seal and open at all: Web Crypto is there on https and on localhost alone. */
export const canSeal = (): boolean => globalThis.crypto?.subtle !== undefined;

export async function sealToken(token: string): Promise<SealedToken> {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const key = await importKey(raw, "encrypt");
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(token));
  const proof = await proofOf(toBase64url(raw));
  return {
    key: toBase64url(raw),
    sealed: toBase64url(new Uint8Array([...iv, ...new Uint8Array(sealed)])),
    proofHash: await hashOf(proof),
  };
}

/** What shows the server that somebody has the whole link, without showing it the key: whoever saw only its address can't use it up. */
export const proofOf = (key: string): Promise<string> => hashOf(`opens ${key}`);

/** @throws Error for another key, or for what was changed */
export async function openToken(sealed: string, key: string): Promise<string> {
  const bytes = fromBase64url(sealed);
  const opened = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: bytes.slice(0, IV_BYTES) },
    await importKey(fromBase64url(key), "decrypt"),
    bytes.slice(IV_BYTES),
  );
  return new TextDecoder().decode(opened);
}

const importKey = (raw: Uint8Array<ArrayBuffer>, use: "encrypt" | "decrypt") =>
  crypto.subtle.importKey("raw", raw, "AES-GCM", false, [use]);

async function hashOf(text: string): Promise<string> {
  return toBase64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
}

const toBase64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const fromBase64url = (text: string) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (character) => character.charCodeAt(0));
