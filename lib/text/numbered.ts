/** What tokens and cases are called: "No. 48,213", "Case 7", the number on the line of its word. Browser-safe. */
import { groupDigits } from "./group-digits";

/** @param number in the ledger */
export const tokenName = (number: number): string => `No.\u00a0${groupDigits(number)}`;

export const caseName = (number: number): string => `Case\u00a0${groupDigits(number)}`;

export const batchName = (number: number): string => `Batch\u00a0${groupDigits(number)}`;

/** "No. 11 to 20"; of one alone its own name. */
export const tokenRangeName = (first: number, last: number): string =>
  first === last ? tokenName(first) : `${tokenName(first)} to ${groupDigits(last)}`;
