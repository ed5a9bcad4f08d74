/** Says, before a key's policy is changed, which active tokens of the key it would not allow any more. Changes nothing; they stay as they are. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { MOST_GONE_THROUGH } from "@/lib/count-at-most";
import { reader, readRows } from "@/lib/db";
import { claimsIn, type LedgerRow } from "@/lib/ledger/row";
import { parseInput } from "@/lib/parse-input";
import { givenOf, namesIn } from "@/lib/profiles/given";
import type { FormField, Profile } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import type { SigningKeyModel } from "@/prisma/generated/models";
import { splitByRotation, WHOLE } from "./current-secret";
import { goneKey } from "./gone";
import { type Asked, type EffectivePolicy, effective, type Policy, refusedByPolicy, writePolicy } from "./policy";
import { policyAfter } from "./policy-after";
import { ChangeKeyInput } from "./schema";

/** How many are told one by one: those that end last. */
const TOLD = 8;

export type BeyondPolicy = {
  /** How many; of those that were looked at. */
  count: number;
  /** Whether all active ones were looked at: of very many, those that end last. */
  all: boolean;
  /** Seconds since 1970; null: there is none. */
  lastExpiresAt: number | null;
  tokens: {
    number: number;
    actorName: string;
    room: string | null;
    subject: string | null;
    expiresAt: number;
    /** The fields of the issue form that would be refused. */
    fields: string[];
  }[];
};

export type PreviewedChange = {
  beyond: BeyondPolicy;
  /** The key as it was read, and the policy that it would have; null: that stays as it is. */
  change: { key: SigningKeyModel; after: Policy } | null;
};

/** Of the ledger, what a policy looks at and what is told; the rest would be most of the reading. */
type LookedAt = Pick<
  LedgerRow,
  "number" | "actorId" | "actorName" | "room" | "subject" | "purpose" | "templateId" | "ttlSeconds"
> & {
  /** JSON. */
  claims: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
};

/** @throws AppError `forbidden`, `invalid`, or `not_found` */
export async function previewKeyChange(
  actor: Actor,
  input: unknown,
  most = MOST_GONE_THROUGH,
): Promise<PreviewedChange> {
  await authorize(actor, "key.change");
  const { keyId, signsElsewhere: _, ...asked } = parseInput(ChangeKeyInput, input);
  const key = await reader().signingKey.findUnique({ where: { id: keyId } });
  if (!key) throw goneKey();
  const { before, after } = await policyAfter(reader(), key, asked);
  // Another label concerns no token, however many there are.
  if (writePolicy(before) === writePolicy(after))
    return { beyond: { count: 0, all: true, lastExpiresAt: null, tokens: [] }, change: null };
  return { beyond: await beyondPolicy(key, before, after, most), change: { key, after } };
}

async function beyondPolicy(key: SigningKeyModel, before: Policy, after: Policy, most: number): Promise<BeyondPolicy> {
  const vendor = profileOf(key.profile);
  const { sql, values } = (await splitByRotation(key.id))?.current ?? WHOLE;
  const rows = await readRows<LookedAt>(
    // What an earlier secret signed is refused anyhow.
    `SELECT "number", "actorId", "actorName", "room", "subject", "purpose", "templateId", "ttlSeconds", "claims", "expiresAt"
     FROM "IssuedToken" WHERE "keyId" = ? AND "expiresAt" > ?${sql} ORDER BY "expiresAt" DESC LIMIT ?`,
    ...[key.id, now().getTime(), ...values, most + 1],
  );
  const issuers = await reader().member.findMany({ where: { role: "issuer" }, select: { id: true } });
  const isIssuer = new Set(issuers.map(({ id }) => id));
  const policiesFor = (role: "issuer" | "") => ({
    earlier: effective(before, { kind: "member", role }),
    later: effective(after, { kind: "member", role }),
  });
  const [ofIssuers, ofOthers] = [policiesFor("issuer"), policiesFor("")];
  const askedOf = askedBy(vendor);
  const beyond = rows.slice(0, most).flatMap((row) => {
    const asked = askedOf(row);
    const { earlier, later } = row.actorId !== null && isIssuer.has(row.actorId) ? ofIssuers : ofOthers;
    const refusedBy = (policy: EffectivePolicy) => Object.keys(refusedByPolicy(vendor, policy, asked, key.label));
    const refused = refusedBy(later);
    // What it does not allow as it stands is no news.
    const known = refused.length > 0 ? refusedBy(earlier) : [];
    const fields = refused.filter((field) => !known.includes(field));
    return fields.length > 0 ? [{ row, fields }] : [];
  });
  return {
    count: beyond.length,
    all: rows.length <= most,
    lastExpiresAt: beyond[0] ? beyond[0].row.expiresAt / 1000 : null,
    tokens: beyond.slice(0, TOLD).map(({ row: { number, actorName, room, subject, expiresAt }, fields }) => ({
      ...{ number, actorName, room, subject, fields },
      expiresAt: expiresAt / 1000,
    })),
  };
}

/** Of a token, what its claims say that a form had asked for. */
function askedBy(vendor: Profile) {
  // Looked for once, and not for each of thousands.
  const [permissions, roles] = (["permissions", "roles"] as const).map((limited) =>
    vendor.fields.filter(({ limits }) => limits === limited),
  );
  return ({ claims: text, ttlSeconds, room, subject, purpose, templateId }: LookedAt): Asked => {
    const claims = claimsIn(text);
    const namesOf = (fields: readonly FormField[] = []) => {
      const given = givenOf({ fields }, claims);
      return fields.flatMap(({ name }) => namesIn(given, name));
    };
    return {
      permissions: namesOf(permissions),
      roles: namesOf(roles),
      ttlSeconds,
      room,
      subject,
      purpose,
      templateId,
    };
  };
}
