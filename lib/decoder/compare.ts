/** Lays two tokens' headers and payloads side by side, member by member, each value as it is written, and says in words what the second asks for beyond the first. Browser-safe. */
import { type JsonNode, parseJson } from "@/lib/jwt/json";
import { formatPath } from "@/lib/jwt/path";
import type { Claims, Difference, Profile } from "@/lib/profiles/profile";
import { isDate } from "@/lib/text/instant";

export type ComparedClaim = {
  /** `payload.exp` */
  path: string;
  /** The value's JSON text; undefined where the token does not have it. */
  first: string | undefined;
  second: string | undefined;
  /** Seconds since 1970, where the claim is an instant. */
  instants?: { first: number | undefined; second: number | undefined };
  same: boolean;
};

type Texts = { headerText: string; payloadText: string };

const INSTANTS = ["exp", "iat", "nbf"].map((name) => formatPath("payload", [name]));

/** In the order of the first token, then what only the second has. Texts that are no JSON object count as empty. */
export function compareClaims(first: Texts, second: Texts): ComparedClaim[] {
  return (["header", "payload"] as const).flatMap((root) => {
    const [one, two] = [membersOf(first[`${root}Text`]), membersOf(second[`${root}Text`])];
    return [...new Set([...one.keys(), ...two.keys()])].map((name) => {
      const [a, b] = [one.get(name), two.get(name)];
      const path = formatPath(root, [name]);
      const instants = INSTANTS.includes(path) && {
        instants: { first: instantOf(a?.text), second: instantOf(b?.text) },
      };
      return { path, first: a?.text, second: b?.text, ...instants, same: a?.meaning === b?.meaning };
    });
  });
}

function instantOf(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && text !== "" && isDate(value) ? value : undefined;
}

/** What the second asks for beyond the first, by the claim's path; nothing where the claims of one of them cannot be read. */
export function differencesByPath(
  profile: Profile,
  first: Claims | undefined,
  second: Claims | undefined,
): ReadonlyMap<string, Difference[]> {
  const byPath = new Map<string, Difference[]>();
  for (const difference of first && second ? profile.differences(first, second) : []) {
    const path = formatPath("payload", [difference.claim]);
    byPath.set(path, [...(byPath.get(path) ?? []), difference]);
  }
  return byPath;
}
/** A name that is there twice has both its values. */
function membersOf(text: string): Map<string, { text: string; meaning: string }> {
  const { root } = parseJson(text);
  const members = new Map<string, { text: string; meaning: string }>();
  for (const { key, value } of root?.kind === "object" ? root.entries : []) {
    const before = members.get(key);
    const [written, meaning] = [text.slice(value.start, value.end), meaningOf(value)];
    members.set(key, {
      text: before ? `${before.text}, then ${written}` : written,
      meaning: before ? `${before.meaning}, then ${meaning}` : meaning,
    });
  }
  return members;
}

/** The same for values that say the same, however they are spaced and escaped; no digit and no duplicate gets lost. */
function meaningOf(node: JsonNode): string {
  if (node.kind === "object")
    return `{${node.entries.map(({ key, value }) => `${JSON.stringify(key)}:${meaningOf(value)}`).join()}}`;
  if (node.kind === "array") return `[${node.items.map(meaningOf).join()}]`;
  if (node.kind === "number") return Number.isSafeInteger(node.value) ? String(node.value) : node.raw;
  return node.kind === "null" ? "null" : JSON.stringify(node.value);
}
