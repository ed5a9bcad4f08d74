/** Says, before a key's policy is changed, which active tokens of the key it would not allow any more. Changes nothing; they stay as they are. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { COUNTED_AT_MOST } from "@/lib/count-at-most";
import { reader } from "@/lib/db";
import { type LedgerRow, ledgerRow } from "@/lib/ledger/row";
import { parseInput } from "@/lib/parse-input";
import { givenOf, namesIn } from "@/lib/profiles/given";
import type { Profile } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import type { SigningKeyModel } from "@/prisma/generated/models";
import { currentSecretOf } from "./current-secret";
import { goneKey } from "./gone";
import { effective, type Policy, refusedByPolicy, writePolicy } from "./policy";
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

/** @throws AppError `forbidden`, `invalid`, or `not_found` */
export async function previewKeyChange(actor: Actor, input: unknown): Promise<PreviewedChange> {
  await authorize(actor, "key.change");
  const { keyId, signsElsewhere: _, ...asked } = parseInput(ChangeKeyInput, input);
  const key = await reader().signingKey.findUnique({ where: { id: keyId } });
  if (!key) throw goneKey();
  const { before, after } = await policyAfter(reader(), key, asked);
  // Another label concerns no token, however many there are.
  if (writePolicy(before) === writePolicy(after))
    return { beyond: { count: 0, all: true, lastExpiresAt: null, tokens: [] }, change: null };
  return { beyond: await beyondPolicy(key, before, after), change: { key, after } };
}

async function beyondPolicy(key: SigningKeyModel, before: Policy, after: Policy): Promise<BeyondPolicy> {
  const vendor = profileOf(key.profile);
  const rows = await reader().issuedToken.findMany({
    // What an earlier secret signed is refused anyhow.
    where: { keyId: key.id, expiresAt: { gt: now() }, secretVersionId: await currentSecretOf(key.id) },
    orderBy: { expiresAt: "desc" },
    take: COUNTED_AT_MOST,
  });
  const issuers = await reader().member.findMany({ where: { role: "issuer" }, select: { id: true } });
  const isIssuer = new Set(issuers.map(({ id }) => id));
  const beyond = rows.slice(0, COUNTED_AT_MOST - 1).flatMap((each) => {
    const row = ledgerRow(each);
    const asking = { kind: "member", role: row.actorId !== null && isIssuer.has(row.actorId) ? "issuer" : "" } as const;
    const refusedBy = (policy: Policy) =>
      Object.keys(refusedByPolicy(vendor, effective(policy, asking), askedOf(vendor, row), key.label));
    // What it does not allow as it stands is no news.
    const earlier = refusedBy(before);
    const fields = refusedBy(after).filter((field) => !earlier.includes(field));
    return fields.length > 0 ? [{ row, fields }] : [];
  });
  return {
    count: beyond.length,
    all: rows.length < COUNTED_AT_MOST,
    lastExpiresAt: beyond[0]?.row.expiresAt ?? null,
    tokens: beyond.slice(0, TOLD).map(({ row: { number, actorName, room, subject, expiresAt }, fields }) => ({
      ...{ number, actorName, room, subject, expiresAt },
      fields,
    })),
  };
}

/** What the token's claims say that a form had asked for. */
function askedOf(vendor: Profile, { claims, ttlSeconds, room, subject, purpose, templateId }: LedgerRow) {
  const given = givenOf(vendor, claims);
  const namesOf = (limited: "permissions" | "roles") =>
    vendor.fields.flatMap(({ name, limits }) => (limits === limited ? namesIn(given, name) : []));
  return {
    permissions: namesOf("permissions"),
    roles: namesOf("roles"),
    ttlSeconds,
    room,
    subject,
    purpose,
    templateId,
  };
}
