/** Estimates how many guesses a text would take (zxcvbn): what people choose is judged by it. Loaded on first use. */
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";
import { dictionary as english } from "@zxcvbn-ts/language-en";

export type Estimate = ReturnType<ZxcvbnFactory["check"]>;

/** Ways to read "4", "$" and the like as letters: each is looked up anew, and the library's hundred stop the server for seconds. */
const READINGS = 16;

let made: ZxcvbnFactory | undefined;

export function estimator(): ZxcvbnFactory {
  made ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, l33tMaxSubstitutions: READINGS });
  return made;
}

/** The most common first. */
export const commonPasswords: readonly string[] = dictionary["passwords-common"];

let dictionaryWords: ReadonlySet<string> | undefined;

/** Whether it is an English word or a name, also a long one, of which the estimate knows few. @param word in small letters */
export function isDictionaryWord(word: string): boolean {
  dictionaryWords ??= new Set([...english["commonWords-en"], ...english["wikipedia-en"], ...english["lastnames-en"]]);
  return dictionaryWords.has(word);
}

export const englishWords: readonly string[] = dictionary["diceware-common"];
