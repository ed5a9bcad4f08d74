/** Reads a dropped file's bytes as text, whichever way a spreadsheet wrote it: UTF-8, UTF-16 with or without its mark, and what is no UTF-8 as Windows-1252. Refuses what is no text. Browser-safe. */
import { utf16In } from "@/lib/text/utf16";

/** By its name: a spreadsheet's own file, which it can save as text. */
export const isSpreadsheet = (name: string): boolean => /\.(xls[xmb]?|ods|numbers)$/i.test(name);

/** @returns undefined for what is no text */
export function textOfFile(bytes: Uint8Array): string | undefined {
  const encoding = utf16In(bytes);
  if (encoding) return new TextDecoder(encoding).decode(bytes);
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
