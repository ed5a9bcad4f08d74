/** What one can go to by name besides the pages: keys, templates, cases, members, what programs use, and a token by its number; and by which fingerprints a secret is told from words. Counts nothing, and knows no secret. */
import type { Actor } from "@/lib/auth/actor";
import { authorize, isAllowed } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import { findTokens, issuedEventsOf } from "@/lib/ledger/find";
import { parseInput } from "@/lib/parse-input";
import { templatesInForce } from "@/lib/templates/in-force";
import { FindTokenInput } from "./schema";

/** More than a person scrolls through, and little enough to send. */
const MOST_KEYS = 200;
const MOST_CASES = 50;
const MOST_MEMBERS = 200;
const MOST_PROGRAMS = 200;
/** Tokens whose number was begun. */
const MOST_BEGUN = 5;

export type Destinations = {
  keys: { id: string; label: string; disabled: boolean }[];
  templates: { id: string; name: string; help: string }[];
  cases: { number: number; keyLabel: string; open: boolean }[];
  /** Null: of who may not see the team, that one is there is all that is told. */
  members: { id: string; name: string; more: { email: string; role: string; disabled: boolean } | null }[];
  /** Those that have not ended; to who keeps them. */
  endpoints: { id: string; name: string }[];
  credentials: { id: string; name: string }[];
  /** Of every secret of this desk: what holds one is not searched for. */
  fingerprints: { fingerprint: string }[];
};

/** Keys by label; for who may issue the templates in force of the vendors whose keys are here; the newest cases; the members by name, and to admins more of them. Nothing for who may not see the keys. */
export async function listDestinations(actor: Actor): Promise<Destinations> {
  await authorize(actor, "token.inspect");
  if (!isAllowed(actor, "key.list"))
    return { keys: [], templates: [], cases: [], members: [], endpoints: [], credentials: [], fingerprints: [] };
  const open = {
    ...{ where: { endedAt: null }, orderBy: { createdAt: "desc" as const } },
    ...{ take: MOST_PROGRAMS, select: { id: true, name: true } },
  };
  const [keys, cases, members, endpoints, credentials, fingerprints, inForce] = await Promise.all([
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
    reader().member.findMany({
      orderBy: { name: "asc" },
      take: MOST_MEMBERS,
      select: { id: true, name: true, email: true, role: true, disabledAt: true },
    }),
    isAllowed(actor, "endpoint.manage") ? reader().endpoint.findMany(open) : [],
    isAllowed(actor, "credential.manage") ? reader().credential.findMany(open) : [],
    reader().secretVersion.findMany({ distinct: ["fingerprint"], select: { fingerprint: true } }),
    isAllowed(actor, "token.issue") ? templatesInForce() : new Map<string, []>(),
  ]);
  const vendors = new Set(keys.map(({ profile }) => profile));
  const templates = [...vendors].flatMap((id) => inForce.get(id) ?? []);
  return {
    keys: keys.map(({ id, label, disabledAt }) => ({ id, label, disabled: disabledAt !== null })),
    templates: templates.map(({ id, name, help }) => ({ id, name, help })),
    cases: cases.map(({ number, keyLabel, acknowledgedAt }) => ({ number, keyLabel, open: acknowledgedAt === null })),
    members: members.map(({ id, name, email, role, disabledAt }) => ({
      ...{ id, name },
      more: isAllowed(actor, "team.manage") ? { email, role, disabled: disabledAt !== null } : null,
    })),
    ...{ endpoints, credentials, fingerprints },
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

/** @returns the one with that number, or of the members who are named the newest whose numbers begin so */
export async function findTokensByNumber(actor: Actor, input: unknown): Promise<FoundToken[]> {
  await authorize(actor, "audit.read");
  const { number, members } = parseInput(FindTokenInput, input);
  const numbers = members === undefined ? [number] : await numbersFrom(number, members);
  const [tokens, events] = await Promise.all([findTokens(numbers), issuedEventsOf(numbers)]);
  return tokens.reverse().flatMap((token) => {
    const sequence = events.get(token.number);
    if (sequence === undefined) return [];
    const { templateName, actorName, room, subject, purpose, expiresAt, revokedAt } = token;
    return [
      {
        ...{ number: token.number, sequence, kind: templateName, who: actorName },
        ...{ room, subject, purpose, expiresAt, revoked: revokedAt !== null },
      },
    ];
  });
}

/** Those that begin with the digits of `start`, newest first. Where so many begin so that they would have to be searched, another digit is needed. */
async function numbersFrom(start: number, members: string[]): Promise<number[]> {
  const found = await Promise.all(
    [1, 10, 100, 1_000, 10_000]
      .filter((width) => (start + 1) * width < 2 ** 31)
      .map((width) =>
        reader().issuedToken.findMany({
          where: { number: { gte: start * width, lt: (start + 1) * width }, actorId: { in: members } },
          orderBy: { number: "desc" },
          take: MOST_BEGUN,
          select: { number: true },
        }),
      ),
  );
  return found
    .flat()
    .map(({ number }) => number)
    .sort((a, b) => b - a)
    .slice(0, MOST_BEGUN);
}
