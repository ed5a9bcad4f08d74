/** The words that every sentence is full of, and a text without them: to who guesses sentences they are no words, and a sentence that everybody knows is as good as the few that are its own. */
const SMALL_WORDS =
  "a about after all am an and any are as at be because been before but by can come did do does down for from get give go goes had has have he her here him his how i if in is it its just let like love make me more my need never no not now of off on once one only or our out over please really say she so some take than that the their them then there these they this time to too two under up upon us want was we were what when where which who why will with would yes you your".split(
    " ",
  );
const smallWords = new Set(SMALL_WORDS);

const byLength = SMALL_WORDS.filter((word) => word.length > 1).sort((one, other) => other.length - one.length);
const SMALL = `(?:${byLength.join("|")})`;
/** In a text without blanks they are told at its ends, and inside it where several meet. */
const ROWS = new RegExp(`^[ai]?(?:${SMALL}[ai]?)+|${SMALL}+$|${SMALL}{2,}`, "gi");
/** Shorter rows stand in longer words, as in "wheat"; at the beginning few do. */
const SHORTEST_ROW = 5;
const SHORTEST_FIRST = 3;
/** Hardly a word is longer. */
const LONGEST_WORD = 10;

/** What stands before such a word goes with it. */
export function withoutSmallWords(text: string): string {
  return text.replace(/([^\p{L}\p{N}]*)(\p{L}+)/gu, (whole, before: string, word: string) => {
    if (smallWords.has(word.toLowerCase())) return "";
    if (word.length <= LONGEST_WORD) return whole;
    const own = word.replace(ROWS, (row, start: number) =>
      row.length < (start === 0 ? SHORTEST_FIRST : SHORTEST_ROW) ? row : " ",
    );
    return before + own.trim();
  });
}
