/** Reads a dropped file's bytes as text, whichever way a spreadsheet wrote it: UTF-8, UTF-16 with or without its mark, and what is neither as Windows-1252. Refuses what is no text, and a spreadsheet's own file. Browser-safe. */
import { narrowed, readUtf16, utf16In } from "@/lib/text/utf16";

export type FileText = {
  text: string;
  /** Nothing in it says how its letters are written: each byte is one in Windows-1252, and may have been meant as another. */
  isGuess: boolean;
};

/** By its name: a spreadsheet's own file, which it can save as text. */
export const isSpreadsheet = (name: string): boolean => /\.(xl[st][xmb]?|f?ods|ots|numbers)$/i.test(name);

/** @returns undefined for what is no text, and for a spreadsheet that is written in tags */
export function textOfFile(bytes: Uint8Array, name = ""): FileText | undefined {
  const read = decoded(bytes);
  if (!read || (isSpreadsheet(name) && /^\s*</.test(read.text))) return undefined;
  return { ...read, text: withoutEmptyEnd(read.text) };
}

function decoded(bytes: Uint8Array): FileText | undefined {
  const encoding = utf16In(bytes);
  if (encoding) return { text: readUtf16(bytes, encoding), isGuess: false };
  const narrow = narrowed(bytes);
  if (narrow.includes(0)) return undefined;
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(narrow), isGuess: false };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(narrow), isGuess: true };
  }
}

/** What a row has that says nothing. */
const NOTHING = new Set(",;\t \r\n");

/** Without the rows below the last that says something: where a column was formatted to its end, a spreadsheet writes a million of them, and a field takes minutes to show them. */
export function withoutEmptyEnd(text: string): string {
  let end = text.length;
  while (end > 0 && NOTHING.has(text.charAt(end - 1))) end -= 1;
  const lineBreak = /\r\n?|\n/g;
  lineBreak.lastIndex = end;
  return lineBreak.test(text) ? text.slice(0, lineBreak.lastIndex) : text;
}
