/** What one can go to by name besides the pages: keys, templates, cases, members, and a token by its number; and by which fingerprints a secret is told from words. Counts nothing, and knows no secret. */
import type { Actor } from "@/lib/auth/actor";
import { authorize, isAllowed } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import { findToken, issuedEventsOf } from "@/lib/ledger/find";
import { parseInput } from "@/lib/parse-input";
import { templatesInForce } from "@/lib/templates/in-force";
import { FindTokenInput } from "./schema";

/** More than a person scrolls through, and little enough to send. */
const MOST_KEYS = 200;
const MOST_CASES = 50;
const MOST_MEMBERS = 200;

export type Destinations = {
  keys: { id: string; label: string; disabled: boolean }[];
  templates: { id: string; name: string; help: string }[];
  cases: { number: number; keyLabel: string; open: boolean }[];
  members: { id: string; name: string; email: string; role: string; disabled: boolean }[];
  /** Of every secret of this desk: what holds one is not searched for. */
  fingerprints: { fingerprint: string }[];
};

/** Keys by label; for who may issue the templates in force of the vendors whose keys are here; the newest cases; for admins the members by name. Nothing for who may not see the keys. */
export async function listDestinations(actor: Actor): Promise<Destinations> {
  await authorize(actor, "token.inspect");
  if (!isAllowed(actor, "key.list")) return { keys: [], templates: [], cases: [], members: [], fingerprints: [] };
  const [keys, cases, members, fingerprints, inForce] = await Promise.all([
    reader().signingKey.findMany({
      orderBy: { label: "asc" },
      take: MOST_KEYS,
      select: { id: true, label: true, disabledAt: true, profile: true },
    }),
    reader().case.findMany({
      orderBy: { number: "desc" },
      take: MOST_CASES,
      select: { number: true, keyLabel: true, acknowledgedAt: true },
    }),
    isAllowed(actor, "team.manage")
      ? reader().member.findMany({
          orderBy: { name: "asc" },
          take: MOST_MEMBERS,
          select: { id: true, name: true, email: true, role: true, disabledAt: true },
        })
      : [],
    reader().secretVersion.findMany({ distinct: ["fingerprint"], select: { fingerprint: true } }),
    isAllowed(actor, "token.issue") ? templatesInForce() : new Map<string, []>(),
  ]);
  const vendors = new Set(keys.map(({ profile }) => profile));
  const templates = [...vendors].flatMap((id) => inForce.get(id) ?? []);
  return {
    keys: keys.map(({ id, label, disabledAt }) => ({ id, label, disabled: disabledAt !== null })),
    templates: templates.map(({ id, name, help }) => ({ id, name, help })),
    cases: cases.map(({ number, keyLabel, acknowledgedAt }) => ({ number, keyLabel, open: acknowledgedAt === null })),
    members: members.map(({ disabledAt, ...member }) => ({ ...member, disabled: disabledAt !== null })),
    fingerprints,
  };
}

export type FoundToken = {
  number: number;
  /** Of the event that tells of its issue. */
  sequence: number;
  /** The template's name, if it came from one. */
  kind: string | null;
  who: string;
  room: string | null;
  subject: string | null;
  purpose: string;
  /** Seconds since 1970. */
  expiresAt: number;
  revoked: boolean;
};

/** @returns undefined when the ledger has no such number */
export async function findTokenByNumber(actor: Actor, input: unknown): Promise<FoundToken | undefined> {
  await authorize(actor, "audit.read");
  const { number } = parseInput(FindTokenInput, input);
  const token = await findToken(actor, number);
  const sequence = token && (await issuedEventsOf([number])).get(number);
  if (!token || sequence === undefined) return undefined;
  const { templateName, actorName, room, subject, purpose, expiresAt, revokedAt } = token;
  return {
    number,
    sequence,
    kind: templateName,
    who: actorName,
    room,
    subject,
    purpose,
    expiresAt,
    revoked: revokedAt !== null,
  };
}
