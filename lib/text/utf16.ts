/** Tells the UTF-16 that Windows' shell and programs write from everything else, with its mark or without. Refuses nothing. Browser-safe. */

/** What is looked at to tell what the rest is. */
export const HEAD_BYTES = 8_000;

/** As its mark says; without one, by where its zeros are: letters from before U+0100 have one in each pair. @returns undefined: it is not UTF-16 */
export function utf16In(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const [one, other] = bytes;
  if (one === 0xff && other === 0xfe) return "utf-16le";
  if (one === 0xfe && other === 0xff) return "utf-16be";
  if (bytes.length % 2 === 1) return undefined;
  const head = bytes.subarray(0, HEAD_BYTES);
  const zerosAt = (place: 0 | 1) => head.filter((byte, at) => byte === 0 && at % 2 === place).length;
  const [even, odd] = [zerosAt(0), zerosAt(1)];
  const many = head.length / 4;
  if (even === 0 && odd > many) return "utf-16le";
  return odd === 0 && even > many ? "utf-16be" : undefined;
}

/** What is not UTF-16 is read as UTF-8. */
export const textIn = (bytes: Uint8Array): string => new TextDecoder(utf16In(bytes) ?? "utf-8").decode(bytes);
