/** Reads the ledger's number of a token as people say it: "2900", "2,900", "#2900", "No. 2,900", "token 2900", "Claim check No. 2,900" as a ticket is headed, with the sign behind it that it was copied with; and one that stands among words. Refuses everything else. Browser-safe. */

const WORD = String.raw`(?:token|ticket|claim check)\s+`;
const SIGN = String.raw`(?:no\.?|#)\s*`;
const SPOKEN = new RegExp(String.raw`^(?:${WORD})?(?:${SIGN})?(\d{1,3}(?:[,.\u2009\u00a0 ]\d{3})+|\d{1,9})$`, "i");

export function tokenNumberIn(text: string): number | undefined {
  const digits = SPOKEN.exec(text.trim().replace(/[.,:;]$/, ""))?.[1]?.replace(/\D/g, "");
  const number = Number(digits ?? 0);
  return number > 0 && number < 1e9 ? number : undefined;
}

/** What stands before a number that is a token's. */
const BEFORE_NUMBER = new RegExp(String.raw`(?<!\S)(?:(?:${WORD})?${SIGN}|${WORD})(?=\d)`, "gi");

/** "tom 29", "No. 2,900 tom": the one number among words, and those words. */
export function numberAmongWords(text: string): { number: number; words: string } | undefined {
  const all = text.trim().replace(BEFORE_NUMBER, "").split(/\s+/);
  const numbers = all.filter((word) => /^[1-9](?:\d{0,8}|\d{0,2}(?:,\d{3}){1,2})$/.test(word));
  const [digits] = numbers;
  if (digits === undefined || numbers.length > 1 || all.length === 1) return undefined;
  return { number: Number(digits.replaceAll(",", "")), words: all.filter((word) => word !== digits).join(" ") };
}
