/** Reads the ledger's number of a token as people say it: "2900", "2,900", "#2900", "No. 2,900", "token 2900". Refuses everything else. Browser-safe. */

const SPOKEN = /^(?:token\s+)?(?:no\.?\s*|#\s*)?(\d{1,3}(?:[,.\u2009\u00a0 ]\d{3})+|\d{1,9})$/i;

export function tokenNumberIn(text: string): number | undefined {
  const digits = SPOKEN.exec(text.trim())?.[1]?.replace(/\D/g, "");
  const number = Number(digits ?? 0);
  return number > 0 && number < 1e9 ? number : undefined;
}
