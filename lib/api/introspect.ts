/** `POST /api/v1/introspect` (RFC 7662): whether a token may be honoured. Of one that may not it says nothing but that, as §2.2 asks; of one that may, its claims, and nothing in the desk's own name that whoever issued it has written. */

import type { Service } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { parseInput } from "@/lib/parse-input";
import type { Claims } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import type * as z from "@/lib/zod";
import { type Judged, judgeForService } from "./inspect";
import { type Introspected, IntrospectRequest } from "./schema";

export async function introspectForService(actor: Service, fields: unknown): Promise<z.output<typeof Introspected>> {
  await authorize(actor, "token.inspect");
  const { token } = parseInput(IntrospectRequest, fields, "Nothing was looked at.");
  const judged = await judgeForService(actor, token);
  const { decoded } = judged;
  if (decoded.kind !== "token" || decoded.token !== token || !isActive(judged)) return { active: false };
  const claims = decoded.claims ?? {};
  const { [profileOf(decoded.profile).keyClaim]: apiKey } = claims;
  return { ...toldOf(claims), active: true, ...(typeof apiKey === "string" ? { client_id: apiKey } : {}) };
}

/** What RFC 7662 §2.2 has whoever answers state: as custom claims, whoever issues would say it for the desk. */
const STATED = ["active", "scope", "client_id", "username", "token_type"];

/** Whole seconds, as there; it begins no sooner than the token says, and ends no later. */
const instants: ReadonlyMap<string, (seconds: number) => number> = new Map([
  ["iat", Math.floor],
  ["nbf", Math.ceil],
  ["exp", Math.floor],
]);

function toldOf(claims: Claims): Claims {
  const told: [string, unknown][] = [];
  for (const [name, value] of Object.entries(claims)) {
    // `valueOf`, too, is a claim like any other: an object would answer for it.
    const toWhole = instants.get(name);
    if (STATED.includes(name) || (name === "jti" && typeof value !== "string")) continue;
    if (!toWhole) told.push([name, value]);
    else if (typeof value === "number" && Number.isSafeInteger(toWhole(value))) told.push([name, toWhole(value)]);
  }
  return Object.fromEntries(told);
}

function isActive({ decoded, inspection }: Judged): boolean {
  if (decoded.kind !== "token" || !inspection || decoded.verdict.answer.does !== "accepts") return false;
  const { ledger, elsewhere, keyDisabled } = inspection;
  if (keyDisabled !== false) return false;
  if (ledger.state === "issued") return ledger.entry.revokedAt === null;
  return ledger.state === "absent" && elsewhere?.signsElsewhere === "yes";
}
