/** The tools with which a profile repairs claims: finds them under misspelt names, and mends lists and ids, saying what it did. Knows no vendor; grants nothing that was not there in some spelling. */
import type { Claims, Given, Mended } from "@/lib/profiles/profile";

/** What a new token has anew. */
const ANEW = ["iat", "exp", "jti"];

/** Names are compared without case, `-` and `_`, as people misspell them. */
const bare = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");

type Named = {
  /** Other names under which people write the claim. */
  aliases?: readonly string[];
  /** Excludes all others. */
  alone?: string;
  /** Whether the vendor refuses a token without it. */
  isRequired?: boolean;
};

export function mend(claims: Claims) {
  const changes: string[] = [];
  const read = new Set(ANEW);

  function find(name: string, aliases: readonly string[]): unknown {
    read.add(name);
    if (Object.hasOwn(claims, name)) return claims[name];
    const wanted = [name, ...aliases].map(bare);
    const key = Object.keys(claims).find((candidate) => wanted.includes(bare(candidate)));
    if (key) {
      read.add(key);
      changes.push(`\`${key}\` is now \`${name}\`.`);
    }
    return key ? claims[key] : undefined;
  }

  return {
    /** Those of `known` that are there in some spelling; of names that exclude each other only `alone`. */
    names(claim: string, known: readonly string[], { aliases = [], alone, isRequired = false }: Named): string[] {
      const value = find(claim, aliases);
      if (value === undefined) {
        if (isRequired) changes.push(`\`${claim}\` is missing: choose.`);
        return [];
      }
      const given = Array.isArray(value) ? value : typeof value === "string" ? value.split(/[\s,]+/) : [];
      const meant = known.filter((name) => given.some((item) => typeof item === "string" && bare(item) === bare(name)));
      const found = meant.filter((name) => name === alone || !alone || !meant.includes(alone));
      const same = Array.isArray(value) && value.length === found.length && found.every((name) => value.includes(name));
      // An empty list is no list that the vendor takes, and stays for whoever repairs to fill.
      if (same && found.length === 0) changes.push(`\`${claim}\` is empty: choose.`);
      else if (!same) changes.push(`\`${claim}\` is now ${found.length > 0 ? found.join(", ") : "empty: choose"}.`);
      return found;
    },

    id(claim: string, aliases: readonly string[] = []): string {
      const value = find(claim, aliases);
      if (value === undefined) return "";
      // A number beyond 2^53 has lost digits by now: it would be somebody else's id.
      const kept = typeof value === "string" || Number.isSafeInteger(value);
      const text = kept ? String(value).replace(/\s+/g, "") : "";
      // Without it the token is good for more, so that must not go unsaid.
      if (text === "") changes.push(`\`${claim}\` is ${value === "" ? "" : "now "}empty: choose.`);
      else if (typeof value === "number") changes.push(`\`${claim}\` is now "${text}".`);
      else if (text !== value) changes.push(`\`${claim}\` lost its white space.`);
      return text;
    },

    key(claim: string): string {
      const named = find(claim, []);
      const apiKey = typeof named === "string" ? named.trim() : "";
      if (typeof named === "string" && apiKey !== named) changes.push(`\`${claim}\` lost its white space.`);
      return apiKey;
    },

    /** A claim that is always the same. */
    set(claim: string, value: number | string): void {
      read.add(claim);
      if (claims[claim] !== value) changes.push(`\`${claim}\` is now ${value}.`);
    },

    done: (apiKey: string, given: Given): Mended => ({ given, apiKey, changes, read }),
  };
}
