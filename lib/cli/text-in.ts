/** The text of a file or of standard input: UTF-8, or the UTF-16 that Windows' shell and programs write, with its mark or without. Refuses nothing. */

/** What is looked at to tell what the rest is. */
export const HEAD_BYTES = 8_000;

/** As its mark says, or since in the words of most alphabets here each second byte is zero. */
function utf16In(bytes: Buffer): "utf-16le" | "utf-16be" | undefined {
  const mark = bytes.subarray(0, 2).toString("hex");
  if (mark === "fffe") return "utf-16le";
  if (mark === "feff") return "utf-16be";
  if (bytes.length % 2 === 1) return undefined;
  const head = bytes.subarray(0, HEAD_BYTES);
  const zerosAt = (place: 0 | 1) => head.filter((byte, at) => byte === 0 && at % 2 === place).length;
  const [first, second] = [zerosAt(0), zerosAt(1)];
  const many = head.length / 4;
  if (first === 0 && second > many) return "utf-16le";
  return second === 0 && first > many ? "utf-16be" : undefined;
}

export const textIn = (bytes: Buffer): string => new TextDecoder(utf16In(bytes) ?? "utf-8").decode(bytes);
