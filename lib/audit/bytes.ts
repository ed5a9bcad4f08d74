/** Ids and hashes as the books keep them: bytes, which take half the room of their text. */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @param jti in small letters @returns undefined for what is no UUID, and so no token id of this desk */
export function jtiBytes(jti: string): Uint8Array<ArrayBuffer> | undefined {
  return UUID.test(jti) ? bytesOf(jti.replaceAll("-", "")) : undefined;
}

/** @returns the UUID, in small letters */
export function jtiOf(bytes: Uint8Array): string {
  return hexOf(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export const bytesOf = (hex: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(hex, "hex"));

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
