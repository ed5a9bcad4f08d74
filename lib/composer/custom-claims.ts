/** Reads the custom claims that somebody types into the issue form: one JSON object, of names that neither the vendor nor RFC 7519 has, with numbers that stay as they are written. Refuses the rest, with line and column. Browser-safe. */
import { type JsonNode, parseJson, toValue } from "@/lib/jwt/json";
import type { JsonProblem } from "@/lib/jwt/json-scalars";
import type { Claims, Profile } from "@/lib/profiles/profile";
import { groupDigits } from "@/lib/text/group-digits";
import { hiddenInText } from "@/lib/text/hidden-character";

/** In UTF-8. */
export const MOST_CUSTOM_BYTES = 4_096;
/** As it is typed, with its blanks. */
export const MOST_CUSTOM_CHARACTERS = 2 * MOST_CUSTOM_BYTES;

/** RFC 7519 §4.1. */
const REGISTERED = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];

/** Whether a claim of this name has no field of its own, and no meaning of which others rely. */
export const isCustom = ({ claimNames }: Pick<Profile, "claimNames">, name: string) =>
  !REGISTERED.includes(name) && !claimNames.includes(name);

export type CustomClaims = { ok: true; claims: Claims } | { ok: false; message: string };

/** @param text as it was typed; nothing but blanks: no claims */
export function readCustomClaims(
  text: string,
  { claimNames, fields, name }: Pick<Profile, "claimNames" | "fields" | "name">,
): CustomClaims {
  if (text.trim() === "") return { ok: true, claims: {} };
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MOST_CUSTOM_BYTES)
    return refuse(
      `${groupDigits(bytes)} bytes are too many: custom claims have at most ${groupDigits(MOST_CUSTOM_BYTES)}.`,
    );
  const refuseAt = (at: number, why: string) => refuse(`${placeIn(text, at)}: ${why}`);
  const { root, problems } = parseJson(text);
  const [problem] = problems.toSorted((one, other) => one.start - other.start);
  if (problem)
    return refuseAt(problem.start, quoted([capitalised(problem.detail), remedyOf(problem)].map(asSentence).join(" ")));
  if (root?.kind !== "object") return refuseAt(root?.start ?? 0, 'Write one JSON object, such as {"team": "red"}.');
  for (const { key, keyStart } of root.entries) {
    if (key === "") return refuseAt(keyStart, "A claim needs a name.");
    // Some readers, such as Go's, take EXP for exp, and the last of the two.
    const [registered, own] = [REGISTERED, claimNames].map((names) => names.find((each) => readsAs(key, each)));
    const read = (as: string) => (as === key ? as : `${key} is read as ${as} where case is ignored, which`);
    if (registered)
      return refuseAt(keyStart, `${read(registered)} is a registered claim (RFC 7519): it can't be set here.`);
    const remedy = fields.some((field) => field.name === own) ? "fill in its field instead" : "it can't be set here";
    if (own) return refuseAt(keyStart, `${read(own)} is ${name}'s own: ${remedy}.`);
  }
  const strange = strangeIn(root);
  if (strange) return refuseAt(strange.at, strange.why);
  // An object, as was looked at above.
  return { ok: true, claims: toValue(root) as Claims };
}

/** To such a reader ſ is an s, too. */
const folded = (text: string) => text.toLowerCase().replaceAll("ſ", "s");
const readsAs = (key: string, name: string) => folded(key) === folded(name);

const refuse = (message: string): CustomClaims => ({ ok: false, message });

/** What JSON allows and no token of ours shall hold. */
function strangeIn(root: JsonNode): { at: number; why: string } | undefined {
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === "number" && String(node.value) !== node.raw)
      return { at: node.start, why: `this number would be signed as ${node.value}. Write it so, or in quotes.` };
    const text = node.kind === "string" ? hiddenInText(node.value) : undefined;
    if (text) return { at: node.start, why: text };
    if (node.kind === "array") waiting.push(...node.items.toReversed());
    if (node.kind !== "object") continue;
    for (const { key, keyStart } of node.entries) {
      const hidden = hiddenInText(key);
      if (hidden) return { at: keyStart, why: hidden };
    }
    waiting.push(...node.entries.map(({ value }) => value).toReversed());
  }
  return undefined;
}

function placeIn(text: string, at: number): string {
  const before = text.slice(0, at).split("\n");
  return `Line ${before.length}, column ${[...(before.at(-1) ?? "")].length + 1}`;
}

/** What ends early was not cut on its way, as a token is: somebody has not come further. */
const remedyOf = ({ code, remedy }: JsonProblem) => (code === "json-ends-early" ? "Write the rest of it." : remedy);

/** A field's error is plain text: what findings mark as code stands in quotes. */
const quoted = (text: string) => text.replace(/`([^`]*)`/g, "“$1”");
const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const asSentence = (text: string) => (/[.!?]$/.test(text) || text === "" ? text : `${text}.`);
