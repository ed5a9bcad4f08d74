/** Lays two tokens' headers and payloads side by side, member by member, each value as it is written. Browser-safe. */
import { type JsonNode, parseJson } from "@/lib/jwt/json";
import { formatPath } from "@/lib/jwt/path";

export type ComparedClaim = {
  /** `payload.exp` */
  path: string;
  /** The value's JSON text; undefined where the token does not have it. */
  first: string | undefined;
  second: string | undefined;
  same: boolean;
};

type Texts = { headerText: string; payloadText: string };

/** In the order of the first token, then what only the second has. Texts that are no JSON object count as empty. */
export function compareClaims(first: Texts, second: Texts): ComparedClaim[] {
  return (["header", "payload"] as const).flatMap((root) => {
    const [one, two] = [membersOf(first[`${root}Text`]), membersOf(second[`${root}Text`])];
    return [...new Set([...one.keys(), ...two.keys()])].map((name) => {
      const [a, b] = [one.get(name), two.get(name)];
      return { path: formatPath(root, [name]), first: a?.text, second: b?.text, same: a?.meaning === b?.meaning };
    });
  });
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
