/** Hashes and verifies passwords (Argon2id), and refuses those that are easy to guess. */
import { hash, verify } from "@node-rs/argon2";
import { profiles } from "@/lib/profiles/registry";
import { isConstant } from "@/lib/weak-secret";
import { commonPasswords, type Estimate, estimator, isDictionaryWord } from "./estimator";
import { withoutSmallWords } from "./small-words";

/** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane; Argon2id is the library's default algorithm. */
const argon2id = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The work grows with the square of the length, and everybody waits for it. What is hard to guess is so by its beginning. */
const MOST_WEIGHED = 64;

// zxcvbn: 4 is "very unguessable: strong protection from offline slow-hash scenario", ten thousand million guesses.
const LOWEST_SCORE = 4;

/** In one Unicode form, as RFC 8265 section 4.2.2 asks: keyboards and clipboards give "ä" as one character or as two. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFC"), argon2id);
}

let decoy: Promise<string> | undefined;

/**
 * @param passwordHash PHC string, or undefined for an unknown member: then the same work is done, and the answer is no
 */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword("a password that nobody has");
  const known = passwordHash ?? (await decoy);
  const composed = password.normalize("NFC");
  // An older one was kept in the form in which it came.
  const matches =
    (await verify(known, composed, argon2id)) || (composed !== password && (await verify(known, password, argon2id)));
  return matches && passwordHash !== undefined;
}

/** Full-width letters, ligatures and accents hide a word from the estimate alone. */
const withoutDisguise = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, "")
    .normalize("NFKC");

/** A Russian keyboard and an English one have these on the same keys, in this order. */
const [RUSSIAN, ENGLISH] = ["йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,."];

/** What the same keys write on an English keyboard: a row of keys, or an English word, hides from the estimate alone. */
const onEnglishKeys = (text: string) =>
  text.toLowerCase().replace(/[а-я]/gu, (letter) => ENGLISH[RUSSIAN.indexOf(letter)] ?? letter);

/** What stands between digits hides a row or a date of them from the estimate alone. */
const withJoinedDigits = (text: string) => text.replace(/(?<=\p{N})[^\p{L}\p{N}]+(?=\p{N})/gu, "");

/** Whoever guesses one of these goes on with the others. */
const ROWS = [
  "monday tuesday wednesday thursday friday saturday sunday",
  "january february march april may june july august september october november december",
  "spring summer autumn fall winter",
  "one two three four five six seven eight nine ten",
  "un deux trois quatre cinq six sept huit neuf dix",
  "eins zwei drei vier funf fuenf sechs sieben acht neun zehn",
  "uno dos tres cuatro cinco seis siete ocho nueve diez",
  "first second third fourth fifth sixth seventh eighth ninth tenth",
  "red orange yellow green blue indigo violet black white grey gray brown purple pink",
  "north east south west",
  "hearts spades clubs diamonds",
  "mercury venus earth mars jupiter saturn uranus neptune pluto",
  "sun moon star stars sky",
  "gold silver bronze platinum",
  "rock paper scissors lizard spock",
  "king queen jack ace",
  "king queen bishop knight rook pawn",
  "small medium large xlarge",
  "solid liquid gas plasma",
  "breakfast lunch dinner supper",
  "knife fork spoon plate",
  "do re mi fa sol so la ti si",
  "rain snow sleet hail",
  "bacon lettuce tomato",
  "lion lions tiger tigers bear bears",
  "athos porthos aramis dartagnan",
  "huey dewey louie",
  "batman superman robin",
  "harry ron hermione",
  "frodo sam merry pippin",
  "leonardo donatello raphael michelangelo",
  "alice bob carol dave eve",
  "foo bar baz qux",
  "lorem ipsum dolor sit amet",
  "stdin stdout stderr",
  "html css javascript typescript python",
  "ctrl alt delete",
  "apple banana cherry",
  "left right up down",
  "past present future",
  "mother father sister brother son daughter",
  "matthew mark luke john",
  "earth wind air fire water",
  "animal vegetable mineral",
  "hydrogen helium lithium",
  "john paul george ringo",
  "gryffindor hufflepuff ravenclaw slytherin",
  "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu",
  // Of keyboards.
  "qwertyuiop qwertzuiop qwerty qwertz azertyuiop azerty asdfghjkl asdfgh asdf qsdfghjklm qsdfgh zxcvbnm zxcvbn zxcv yxcvbnm yxcvbn wxcvbn",
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda omega",
].map((row) => row.split(" "));

/** Shorter beginnings are chance, as in "car" and "carpet". */
const SHORTEST_STEM = 4;

/** The password with each word and each character of a run once: said twice, backwards, with its letters mixed, with another ending or as the next of a row, it is not twice as hard to guess. What stands before it goes too: to the estimate, a blank at the end hides the word in front. */
function withoutRepeats(password: string): string {
  const seen = new Set<string>();
  return password
    .replace(/(.)\1{2,}|(\p{L}{4,}?)\2+/giu, "$1$2")
    .replace(/([^\p{L}\p{N}]*)(\p{L}+|\p{N}+)/gu, (_, before: string, word: string) => {
      const small = word.toLowerCase();
      const letters = [...small].sort().join("");
      const rows = ROWS.filter((each) => each.includes(small)).map((each) => each.join(" "));
      const stem = [...seen].find((each) => each.length >= SHORTEST_STEM && small.startsWith(each));
      if ([letters, ...rows].some((each) => seen.has(each))) return "";
      for (const each of [small, letters, ...rows]) seen.add(each);
      return before + (stem === undefined ? word : word.slice(stem.length));
    });
}

/** Three common words one after the other have ten to a hundred million. */
const FEWEST_GUESSES_OF_LETTERS_LOG10 = 7.5;
const MOSTLY = 2 / 3;

/** Whether most of these letters are known words. */
function areWords(letters: string, { sequence }: Estimate): boolean {
  const found = sequence
    .filter(({ pattern }) => pattern !== "bruteforce")
    .reduce((sum, { token }) => sum + token.length, 0);
  return found >= letters.length * MOSTLY && letters.length > 0;
}

/** Whether its letters alone, without what stands between them, are a common word or two: blanks and years hide from the estimate what they hide from nobody. */
const hidesWords = (letters: string, estimate: Estimate) =>
  areWords(letters, estimate) && estimate.guessesLog10 < FEWEST_GUESSES_OF_LETTERS_LOG10;

/** As many as one is asked for. */
const FEWEST_WORDS = 3;

/** The comic that everybody quotes, whole or by halves: whoever hears one half says the other. Sentences of which three words are their own, names of stories, and love in other languages. */
const QUOTED =
  /correct\P{L}*horse(?:\P{L}*battery\P{L}*staple)?|battery\P{L}*staple|quick\P{L}*brown\P{L}*fox|live\P{L}*long\P{L}*prosper|god\P{L}*save\P{L}*(?:king|queen)|lord\P{L}*rings|star\P{L}*(?:wars|trek)|game\P{L}*thrones|ich\P{L}*liebe\P{L}*dich|(?<!\p{L})(?:te\P{L}*quiero(?:\P{L}*mucho)?|t[ei]\P{L}*amo(?:\P{L}*tanto)?|je\P{L}*t\P{L}*aime(?:\P{L}*beaucoup)?)/giu;
/** As good as the whole of it, to who guesses. */
const GUESSED_FIRST = "password";

/** What is tried first at this desk: the words of its trade, alone or one behind the other. */
const TRADE_WORDS = [
  ...[...profiles.values()].flatMap(({ id, name, alsoCalled }) => [id, name, ...alsoCalled]),
  ..."claimcheck zoom video meetings? rooms? tokens? servers? teams? admins? api login calls? secrets?".split(" "),
];
const TRADE = new RegExp(`(?<!\\p{L})(?:${TRADE_WORDS.join("|")})+(?!\\p{L})`, "giu");

/** Of the words that people take for passwords, the first ones are tried together too. */
const MOST_TRIED = 100;

const tried = new Set(commonPasswords.slice(0, MOST_TRIED));

/** Whether it is put together of what is tried first: to the estimate, a blank between two makes them a hundred times as good. */
const isOfTriedWords = (small: string) => (small.match(/\p{L}+/gu) ?? [""]).every((word) => tried.has(word));

/** A year and what stands around it, as people add when they are asked for a digit and a sign. */
const MOST_ADDED = 6;
/** Shorter halves are chance. */
const SHORTEST_HALF = 4;

/** Whether two words of a dictionary are glued to each other. */
const isOfTwoWords = (letters: string): boolean =>
  Array.from(letters).some(
    (_, end) =>
      end >= SHORTEST_HALF &&
      letters.length - end >= SHORTEST_HALF &&
      isDictionaryWord(letters.slice(0, end)) &&
      isDictionaryWord(letters.slice(end)),
  );

/** Whether it is one word of a dictionary, or two, with no more added than people add. */
function isOfFewWords(plain: string): boolean {
  // As in "ConferenceRoom".
  const words = (plain.match(/\p{Lu}?\p{Ll}+|\p{L}+/gu) ?? []).map((word) => word.toLowerCase());
  const added = plain.length - words.join("").length;
  if (words.length === 0 || words.length >= FEWEST_WORDS || added > MOST_ADDED) return false;
  return words.every(isDictionaryWord) || (words.length === 1 && words.every(isOfTwoWords));
}

/** What people write in the place of letters. "1" is read in two ways. */
const DISGUISED: Record<string, string> = {
  ...{ "4": "a", "@": "a", "8": "b", "3": "e", "6": "g", "9": "g", "!": "i", "0": "o" },
  ...{ "5": "s", $: "s", "7": "t", "+": "t", "2": "z" },
};

/** Shorter ones are known to the estimate, and random digits are read as such by chance. */
const SHORTEST_DISGUISED = 9;
/** Of a word, so much stays in letters: consonants have hardly a sign. */
const LEAST_IN_LETTERS = 1 / 2;

const isDisguised = (text: string) =>
  text.length >= SHORTEST_DISGUISED && text.replace(/\P{L}/gu, "").length >= text.length * LEAST_IN_LETTERS;

/** As letters, and without what is added behind them: a digit at the end may be either. */
function readAsLetters(plain: string): string[] {
  const [behind = ""] = /\P{L}*$/u.exec(plain) ?? [];
  const most = Math.min(behind.length, MOST_ADDED);
  return Array.from({ length: most + 1 }, (_, added) => plain.slice(0, plain.length - added))
    .filter(isDisguised)
    .flatMap((text) =>
      ["i", "l"].map((one) => text.replace(/[^\p{L}\s]/gu, (sign) => (sign === "1" ? one : (DISGUISED[sign] ?? sign)))),
    );
}

/** A password of digits alone that begins so is not by chance as pi does. */
const TELLING_DIGITS = 8;

const isNumberOfAll = (text: string) => !/\p{L}/u.test(text) && isConstant(text, TELLING_DIGITS);

function without(text: string, words: readonly string[]): string {
  return words.reduce((rest, word) => rest.replaceAll(word, " "), text);
}

/**
 * @param personal words that the guesser knows: name, email
 * @returns why the password is refused, or undefined
 */
export function passwordWeakness(password: string, personal: string[]): string | undefined {
  const whole = withoutDisguise(password);
  const plain = whole.slice(0, MOST_WEIGHED);
  // Of all of it: a word that is cut is not seen to be said again.
  const once = withoutRepeats(whole).slice(0, MOST_WEIGHED);
  const small = plain.toLowerCase();
  const guesser = estimator();
  const words = personal
    .map(withoutDisguise)
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
    .filter((word) => word.length > 2);
  const estimate = (text: string) => guesser.check(text, [...words, "claimcheck"]);
  const known = [...words].sort((one, other) => other.length - one.length).map((word) => word.toLowerCase());
  const letters = plain.replace(/\P{L}/gu, "");
  const ofLetters = estimate(letters);
  const own = withoutSmallWords(plain);
  const ownLetters = own.replace(/\P{L}/gu, "");
  const ofOwn = estimate(ownLetters);
  const readings = [
    ...[plain, once, withJoinedDigits(plain), withoutRepeats(own)],
    ...[onEnglishKeys(plain), without(small, known), own.replace(QUOTED, GUESSED_FIRST)],
    withoutRepeats(own.replace(QUOTED, GUESSED_FIRST).replace(TRADE, GUESSED_FIRST)),
  ];
  const weak = [...new Set(readings)].map(estimate).filter(({ score }) => score < LOWEST_SCORE);
  const ofFewWords = [plain, once, small, once.toLowerCase(), ...readAsLetters(plain)].some(isOfFewWords);
  if (hidesWords(letters, ofLetters) || isOfTriedWords(small) || ofFewWords || isNumberOfAll(plain))
    weak.push(ofLetters);
  if (own !== plain && areWords(ownLetters, ofOwn) && ofOwn.sequence.length < FEWEST_WORDS) weak.push(ofOwn);
  const [worst] = weak.sort((one, other) => one.guesses - other.guesses);
  if (!worst) return undefined;
  const { score, sequence } = worst;
  // Of what the estimate takes for good, the words are on no such list.
  const common =
    score < LOWEST_SCORE &&
    sequence.some((match) => match.pattern === "dictionary" && match.dictionaryName.startsWith("passwords"));
  return common
    ? "This is on a list of common passwords, or close to one. Take three or four unrelated words."
    : "This is easy to guess. Take three or four unrelated words.";
}
