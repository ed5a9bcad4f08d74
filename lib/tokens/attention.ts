/** Lists what needs somebody's attention, the gravest first: each with its reach, and so that one address shows exactly what it counts. Counts stop. */
import type { Actor } from "@/lib/auth/actor";
import { authorize, isAllowed } from "@/lib/auth/authorize";
import type { OwnerGone } from "@/lib/auth/owner";
import { newestCases } from "@/lib/cases/list";
import type { CaseView } from "@/lib/cases/view";
import { now } from "@/lib/clock";
import { COUNTED_AT_MOST } from "@/lib/count-at-most";
import { listCredentials } from "@/lib/credentials/list";
import { reader, readRows } from "@/lib/db";
import type { AskedByPolicy } from "@/lib/endpoints/asked";
import { type ListedEndpoint, listEndpoints } from "@/lib/endpoints/list";
import type { Reach } from "@/lib/endpoints/schema";

/** What reaches far: the vendor's API for a whole account, or power over others in a meeting. */
export type Power = "rest" | "moderate";

type Active = {
  /** Of at most `COUNTED_AT_MOST`. */
  active: number;
  /** The one that ends last: seconds since 1970, and whose it is. */
  lastExpiry: number;
  lastBy: string;
};

/** Why an endpoint gives nothing as things are. */
type Still = "off" | "over" | null;

export type Attention =
  | { kind: "case"; case: CaseView }
  /** Nobody has said whether something else signs with the key, though tokens were pasted that this desk did not issue. */
  | { kind: "unanswered"; keyId: string; keyLabel: string; tokens: number; lastSeenAt: Date }
  /** For more than a week from now. */
  | ({ kind: "long"; can: Power } & Active)
  /** Whoever has its address gets tokens that reach far, now, once it is switched on or once it is given another end. */
  | { kind: "endpoint"; endpointId: string; name: string; reach: Reach[]; endsAt: number | null; still: Still }
  /** It is switched on, and refuses every call: its key, its template or its policy stands against it. */
  | { kind: "refuses"; endpointId: string; name: string; broken: string }
  /** The policy of its key has each caller name more than the endpoint asks for, and nobody has yet. */
  | { kind: "asks"; endpointId: string; name: string; asks: AskedByPolicy[] }
  /** Of one of these three kinds, where there are too many to tell one by one. */
  | { kind: "endpoints"; are: "endpoint" | "refuses" | "asks"; count: number }
  /** It stands still, as its owner does not answer for it any more. */
  | { kind: "without owner"; what: "endpoint" | "credential"; id: string; name: string; owner: string; gone: OwnerGone }
  | ({ kind: "disabled"; keyId: string; keyLabel: string; profile: string } & Active);

const WEEK_MS = 7 * 86_400_000;

/** Of endpoints: more have one cause, such as a policy, and would push everything else out of sight. */
const MOST_ONE_BY_ONE = 3;

export async function listAttention(actor: Actor): Promise<Attention[]> {
  await authorize(actor, "audit.read");
  const at = now().getTime();
  const [open, unanswered, disabled, rest, moderate] = await Promise.all([
    newestCases(actor, { openOnly: true }),
    readUnanswered(),
    reader().signingKey.findMany({
      where: { disabledAt: { not: null } },
      orderBy: { createdAt: "asc" },
      select: { id: true, label: true, profile: true },
    }),
    readActive(`"callsRest" = TRUE`, at + WEEK_MS),
    readActive(`"moderates" = TRUE`, at + WEEK_MS),
  ]);
  const programs = isAllowed(actor, "endpoint.manage") ? await readPrograms(actor) : [];
  const goOn = await Promise.all(disabled.map(({ id }) => readActive(`"keyId" = ?`, at, id)));
  return [
    ...open.map((each): Attention => ({ kind: "case", case: each })),
    // One that is open asks the same first.
    ...unanswered.filter(({ keyId }) => !open.some((each) => each.keyId === keyId)),
    ...[{ can: "rest", ...rest } as const, { can: "moderate", ...moderate } as const]
      .filter(({ active }) => active > 0)
      .map((each): Attention => ({ kind: "long", ...each })),
    ...programs,
    ...disabled.flatMap(({ id, label, profile }, index): Attention[] => {
      const active = goOn[index];
      if (!active || active.active === 0) return [];
      return [{ kind: "disabled", keyId: id, keyLabel: label, profile, ...active }];
    }),
  ];
}

async function readPrograms(actor: Actor): Promise<Attention[]> {
  const [endpoints, credentials] = await Promise.all([
    listEndpoints(actor, { onlyOpen: true }),
    listCredentials(actor, { onlyOpen: true }),
  ]);
  const unnamed = await Promise.all(endpoints.map(readUnnamed));
  return [
    ...together(
      "refuses",
      endpoints.flatMap(({ id, name, state, broken }) =>
        state === "active" && broken ? { kind: "refuses", endpointId: id, name, broken } : [],
      ),
    ),
    ...together(
      "endpoint",
      endpoints.flatMap(({ id, name, state, reach, endsAt, broken }) => {
        if (state === "ended" || state === "without owner" || broken || reach.length === 0) return [];
        return { kind: "endpoint", endpointId: id, name, reach, endsAt, still: state === "active" ? null : state };
      }),
    ),
    ...together(
      "asks",
      endpoints.flatMap(({ id, name }, index) => {
        const asks = unnamed[index] ?? [];
        return asks.length > 0 ? { kind: "asks", endpointId: id, name, asks } : [];
      }),
    ),
    ...[
      ...endpoints.map((each) => ({ what: "endpoint" as const, ...each })),
      ...credentials.map((each) => ({ what: "credential" as const, ...each })),
    ]
      .filter(({ state }) => state === "without owner")
      .map(
        ({ what, id, name, owner: { name: owner, gone } }): Attention => ({
          ...{ kind: "without owner", what, id, name, owner, gone },
        }),
      ),
  ];
}

const together = (are: "endpoint" | "refuses" | "asks", items: Attention[]): Attention[] =>
  items.length > MOST_ONE_BY_ONE ? [{ kind: "endpoints", are, count: items.length }] : items;

/** What a policy has the callers of an endpoint name, and its last token does not: whoever calls it has not come to name it. */
async function readUnnamed({ id, keyId, state, broken, asks }: ListedEndpoint): Promise<AskedByPolicy[]> {
  if (state !== "active" || broken || asks.length === 0) return [];
  const last = await reader().issuedToken.findFirst({
    where: { keyId, actorId: id },
    orderBy: { expiresAt: "desc" },
    select: { room: true, subject: true },
  });
  return asks.filter((asked) => !last?.[asked]);
}

async function readUnanswered(): Promise<Extract<Attention, { kind: "unanswered" }>[]> {
  const keys = await reader().signingKey.findMany({
    where: { signsElsewhere: null },
    orderBy: { createdAt: "asc" },
    select: { id: true, label: true },
  });
  const pasted = await Promise.all(
    keys.map(async ({ id }) => {
      const where = { keyId: id, action: "token.signed_elsewhere" };
      const last = await reader().auditEvent.findFirst({
        where,
        orderBy: { sequence: "desc" },
        select: { at: true },
      });
      if (!last) return undefined;
      return {
        at: last.at,
        tokens: await reader().auditEvent.count({ where, take: COUNTED_AT_MOST, orderBy: { sequence: "desc" } }),
      };
    }),
  );
  return keys.flatMap(({ id, label }, index) => {
    const found = pasted[index];
    return found
      ? [{ kind: "unanswered" as const, keyId: id, keyLabel: label, tokens: found.tokens, lastSeenAt: found.at }]
      : [];
  });
}

/** @param condition on columns that an index has before `expiresAt` @param after milliseconds since 1970 */
async function readActive(condition: string, after: number, ...values: string[]): Promise<Active> {
  const [row] = await readRows<{ active: number; lastExpiry: number | null; lastBy: string | null }>(
    `SELECT (
       SELECT count(*) FROM (SELECT 1 FROM "IssuedToken" WHERE ${condition} AND "expiresAt" > ? LIMIT ${COUNTED_AT_MOST})
     ) AS "active", "last"."expiresAt" AS "lastExpiry", "last"."actorName" AS "lastBy"
     FROM (SELECT 1) LEFT JOIN (
       SELECT "expiresAt", "actorName" FROM "IssuedToken" WHERE ${condition} AND "expiresAt" > ?
       ORDER BY "expiresAt" DESC LIMIT 1
     ) AS "last" ON TRUE`,
    ...values,
    after,
    ...values,
    after,
  );
  return { active: row?.active ?? 0, lastExpiry: (row?.lastExpiry ?? 0) / 1000, lastBy: row?.lastBy ?? "" };
}
