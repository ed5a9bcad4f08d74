/** Finds the words of a search in texts: in any order, anywhere, whatever their case and accents. Browser-safe. */

export type WordMatch = {
  /** The less, the better: words at the start of the first text before words inside of it, before those in the others. */
  score: number;
  /** What matched, by text: from and to, in order, none overlapping. */
  ranges: [from: number, to: number][][];
};

/** As many characters as before, so that places stay. */
function fold(text: string): string {
  let folded = "";
  for (let index = 0; index < text.length; index++) {
    const unit = text.charAt(index);
    const plain = unit.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    folded += plain.length === 1 ? plain : unit;
  }
  return folded;
}

const isWordStart = (text: string, at: number) => at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1));

function rank(text: string, at: number, isFirst: boolean): number {
  if (!isFirst) return 3;
  return at === 0 ? 0 : isWordStart(text, at) ? 1 : 2;
}

function merged(ranges: [number, number][]): [number, number][] {
  const result: [number, number][] = [];
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** @returns undefined unless each word stands in one of the texts; of no words everything is a match */
export function matchWords(search: string, texts: readonly string[]): WordMatch | undefined {
  const folded = texts.map(fold);
  const ranges: [number, number][][] = texts.map(() => []);
  let score = 0;
  for (const word of fold(search).split(/\s+/).filter(Boolean)) {
    const places = folded.flatMap((text, index) => {
      const at = text.indexOf(word);
      return at === -1 ? [] : [{ index, at, rank: rank(text, at, index === 0) }];
    });
    const best = places.sort((a, b) => a.rank - b.rank)[0];
    if (!best) return undefined;
    score += best.rank;
    ranges[best.index]?.push([best.at, best.at + word.length]);
  }
  return { score, ranges: ranges.map(merged) };
}
