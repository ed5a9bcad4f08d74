/** Lays two tokens' headers and payloads side by side, member by member, each value as it is written. Browser-safe. */
import { parseJson, toValue } from "@/lib/jwt/json";
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

/** Of duplicate names the last counts, as for VideoSDK. */
function membersOf(text: string): Map<string, { text: string; meaning: string }> {
  const { root } = parseJson(text);
  if (root?.kind !== "object") return new Map();
  return new Map(
    root.entries.map(({ key, value }) => {
      const written = text.slice(value.start, value.end);
      return [key, { text: written, meaning: JSON.stringify(toValue(value)) }];
    }),
  );
}
