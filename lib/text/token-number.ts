/** Reads the ledger's number of a token as people say it: "2900", "2,900", "#2900", "No. 2,900", "token 2900", "Claim check No. 2,900" as a ticket is headed, with the signs around it that it was copied with; one that stands among words; those of "No. 3 to 4,502"; and a batch's, "Batch 7". Refuses everything else. Browser-safe. */

const WORD = String.raw`(?:token|ticket|claim check)\s+`;
const SIGN = String.raw`(?:no\.?|nr\.?|n[\u00b0\u00ba]|#|\u2116)\s*`;
/** No longer: four groups are an address of a machine. */
const DIGITS = String.raw`\d{1,3}(?:[,.'\u2019\s]\d{3}){1,2}|\d{1,9}`;
const SPOKEN = new RegExp(`^(?:${WORD})?(?:${SIGN})?(${DIGITS})$`, "i");
/** What stands before a number that is a token's. */
const BEFORE_NUMBER = new RegExp(String.raw`(?<!\S)(?:(?:${WORD})?${SIGN}|${WORD})(?=\d[\d,.'\u2019]*(?!\S))`, "gi");

/** What copying a number out of a sentence or a message takes along; straight double quotes make words of it. */
const AROUND = /^[([{\u201c\u201e\u2018\u00ab'`*]+|[)\]}\u201c\u201d\u2019\u00bb'`*.,:;!?]+$/g;

export function tokenNumberIn(text: string): number | undefined {
  // Some keyboards write digits as wide as their letters.
  const bare = text.trim().normalize("NFKC").replace(AROUND, "");
  const digits = SPOKEN.exec(bare)?.[1]?.replace(/\D/g, "");
  return Number(digits ?? 0) || undefined;
}

/** "No. 3 to 4,502", as batches and events are told. */
export function tokenRangeIn(text: string): { first: number; last: number } | undefined {
  const [first, last, ...more] = text.split(/\sto\s/i).map(tokenNumberIn);
  if (first === undefined || last === undefined || more.length > 0 || first >= last) return undefined;
  return { first, last };
}

/** "Batch 7", as tickets print it. */
export function batchNumberIn(text: string): number | undefined {
  const [, number = ""] = /^batch\s+(.+)$/i.exec(text.trim()) ?? [];
  return tokenNumberIn(number);
}

/** "No. 2,900 tom": "2,900 tom". */
export const withoutSigns = (text: string): string => text.replace(BEFORE_NUMBER, "");

/** "tom 29", "No. 2,900 tom": the one number among words, and those words. */
export function numberAmongWords(text: string): { number: number; words: string } | undefined {
  const all = withoutSigns(text.trim()).split(/\s+/);
  const numbers = all.flatMap((word) => tokenNumberIn(word) ?? []);
  const [number] = numbers;
  if (number === undefined || numbers.length > 1 || all.length === 1) return undefined;
  return { number, words: all.filter((word) => tokenNumberIn(word) === undefined).join(" ") };
}
