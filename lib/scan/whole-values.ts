/** Finds the values that stand whole in a text, whatever they are made of: between white space, between quotes, behind a name. Browser-safe; in linear time; leaves tokens out. */
const SHORTEST = 32;
/** As the key form takes them. */
const LONGEST = 512;

/** Its values stand between quotes. */
const JSON_NAME = /["']\s*:/;
/** `name=`, `&name=`, `{name:`. */
const NAMED = /^[([{<*"'`]+|(?<=^|[/?&,;{(["'`])[\w.-]{1,40}(?:=|:(?!\/\/))/g;
/** Whether there may be such a one: most runs are plain words and paths. */
const MAY_BE_NAMED = /^[([{<*"'`]|[=:]/;
const QUOTE = /["'`]/;
/** A log is full of them. */
const ADDRESS = /^\w+:\/\//;
const MOST_STARTS = 5;
const CLOSING = /[,;:.!?)\]}>*"'`\\]/;

/** Looked for from the dot backwards: from each `eyJ` on, a value of nothing else would be walked once for each of them. */
const TOKEN = /\.(?<=eyJ[\w-]*[\w-]{8}\.)[\w-]{2}/;

/** A run of {@link SHORTEST} or more. Not as `{32,}`, of which V8 keeps each step, and of some millions fails. */
const RUN = /\S{31}\S+/g;

/** @param offer told of each value, with its UTF-16 offset */
export function forEachWholeValue(text: string, offer: (start: number, value: string) => void): void {
  const offerPart = (start: number, value: string) => {
    if (value.length < SHORTEST || value.length > 2 * LONGEST || TOKEN.test(value)) return;
    if (value.length <= LONGEST) offer(start, value);
    if (!value.includes("\\")) return;
    const plain = value.replace(/\\(.)/g, "$1");
    if (plain.length >= SHORTEST && plain.length <= LONGEST) offer(start, plain);
  };

  /** What a run without white space may hold: itself, what stands behind a name, each also without what closes something around it, to the next `&`, and to the host of an address. */
  const offerRun = (run: string, begin: number) => {
    // Between two quotes of a kind, also where a text in a text escapes them.
    const behind = new Map<string, number>();
    for (const { 0: mark, index } of QUOTE.test(run) ? run.matchAll(/["'`]/g) : []) {
      const kind = run.charAt(index - 1) === "\\" ? `\\${mark}` : mark;
      const start = behind.get(kind);
      if (start !== undefined) offerPart(begin + start, run.slice(start, index).replace(/\\{1,8}$/, ""));
      behind.set(kind, index + 1);
    }
    if (run.length > 2 * LONGEST || JSON_NAME.test(run)) return;
    let bare = run.length;
    while (CLOSING.test(run.charAt(bare - 1))) bare--;
    const names = MAY_BE_NAMED.test(run)
      ? Array.from(run.matchAll(NAMED), ({ 0: name, index }) => index + name.length)
      : [];
    const continues = run.includes("&");
    const host = run.lastIndexOf("@");
    for (const start of [...(ADDRESS.test(run) ? [] : [0]), ...names].slice(0, MOST_STARTS)) {
      // A closing character may be its own last one.
      const ends = [run.length, bare, bare + 1, continues ? run.indexOf("&", start) : -1, host];
      for (const [nth, end] of ends.entries()) {
        if (end - start >= SHORTEST && !ends.slice(0, nth).includes(end))
          offerPart(begin + start, run.slice(start, end));
      }
    }
  };

  for (const { 0: run, index } of text.matchAll(RUN)) offerRun(run, index);
}
