/** What one VideoSDK payload asks for beyond another, or short of it, each in a few words behind "it asks for". Compares what the claims say; no signature, no form. */
import type { Claims, Difference } from "@/lib/profiles/profile";
import { hasClaim, keyIdOf } from "@/lib/profiles/videosdk/claims";
import { type Grants, plausibleSeconds, readGrants } from "@/lib/profiles/videosdk/grants";
import { sameJson } from "@/lib/text/same-json";
import { shorten } from "@/lib/text/shorten";
import { spanInWords } from "@/lib/text/span";

/** Said by a difference of their own. */
const understood = ["apikey", "permissions", "version", "roomId", "participantId", "roles", "exp"];
const MOST_OTHERS = 5;

/** @returns in the order of their weight: what widens it first */
export function differences(before: Claims, after: Claims): Difference[] {
  const [was, is] = [readGrants(before), readGrants(after)];
  const found = [
    ...lifetime(before, after),
    ...powers(before, after, was, is),
    ...limit("roomId", "room", was.room, is.room),
    ...limit("participantId", "participant", was.participant, is.participant),
    ...key(before, after),
    ...others(before, after),
  ];
  const rank = { more: 0, other: 1, less: 2 };
  return found.sort((a, b) => rank[a.kind] - rank[b.kind]);
}

function lifetime({ exp: was }: Claims, after: Claims): Difference[] {
  const { exp: is } = after;
  const difference = (kind: Difference["kind"], words: string): Difference[] => [{ claim: "exp", kind, words }];
  if (sameJson(was, is)) return [];
  if (!hasClaim(after, "exp")) return difference("more", "no end");
  if (!plausibleSeconds(is)) return difference("other", "an end that is no number of seconds");
  if (!plausibleSeconds(was)) return difference("less", "an end");
  const by = Math.abs(is - was);
  const span = by < 1 ? "a part of a second" : spanInWords(by);
  return is > was ? difference("more", `${span} more`) : difference("less", `${span} less`);
}

function powers(before: Claims, after: Claims, was: Grants, is: Grants): Difference[] {
  const found: Difference[] = [];
  const add = (claim: string, kind: Difference["kind"], words: string) => found.push({ claim, kind, words });
  const rest = ({ role, keyRefusal }: Grants) => role !== "rtc" && !keyRefusal;
  if (!was.moderates && is.moderates) add("permissions", "more", "moderation");
  if (was.moderates && !is.moderates) add("permissions", "less", "no moderation");
  if (was.joins !== is.joins) {
    const words = { directly: "joining directly", asks: "joining after being admitted", never: "no joining" };
    add("permissions", is.joins === "directly" ? "more" : "less", words[is.joins]);
  }
  if (!rest(was) && rest(is)) add("roles", "more", "the REST API");
  if (rest(was) && !rest(is)) add("roles", "less", "no REST API");
  if (was.role === "crawler" && is.role !== "crawler") add("roles", "more", "meetings");
  if (was.role !== "crawler" && is.role === "crawler") add("roles", "less", "no meeting");
  for (const claim of ["permissions", "roles"])
    if (!found.some((each) => each.claim === claim) && !sameJson(before[claim], after[claim]))
      add(claim, "other", `other \`${claim}\``);
  // Where it changes what is granted, that says it.
  if (found.length === 0 && !sameJson(before.version, after.version)) add("version", "other", "another `version`");
  return found;
}

function limit(claim: string, what: string, was: Grants["room"], is: Grants["room"]): Difference[] {
  if (was.kind === is.kind && (was.kind !== "one" || is.kind !== "one" || was.id === is.id)) return [];
  const from = was.kind === "one" ? ` instead of ${shorten(was.id)}` : "";
  if (is.kind === "one")
    return [{ claim, kind: was.kind === "any" ? "less" : "other", words: `${what} ${shorten(is.id)}${from}` }];
  return [{ claim, kind: "more", words: `${is.kind === "any" ? `any ${what}` : `an unclear ${what}`}${from}` }];
}

function key(before: Claims, after: Claims): Difference[] {
  if (keyIdOf(before) === keyIdOf(after)) return [];
  return [{ claim: "apikey", kind: "other", words: keyIdOf(after) === undefined ? "no API key" : "another API key" }];
}

function others(before: Claims, after: Claims): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => !understood.includes(name) && !sameJson(before[name], after[name]));
  const named = changed.slice(0, MOST_OTHERS).map((claim): Difference => {
    const name = `\`${shorten(claim).replaceAll("`", "'")}\``;
    const how = !hasClaim(after, claim) ? "no" : hasClaim(before, claim) ? "another" : "a further";
    return { claim, kind: "other", words: `${how} ${name}` };
  });
  const more = changed.length - named.length;
  return more > 0 ? [...named, { claim: "", kind: "other", words: `${more} other claims more` }] : named;
}
