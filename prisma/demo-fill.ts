/** Fills a new database with the demo: real tokens, signed and recorded like any other. Refuses a database that has a member. */
import { randomBytes } from "node:crypto";
import { dayOf } from "@/lib/audit/day";
import { hashPassword } from "@/lib/auth/password";
import { reader, transaction } from "@/lib/db";
import { fingerprint } from "@/lib/keys/fingerprint";
import { seal } from "@/lib/seal";
import type { Prisma } from "@/prisma/generated/client";
import { DemoDesk } from "./demo-desk";
import { demoStory } from "./demo-story";
import { demoKeys, demoMembers } from "./demo-team";

/** Few enough for one transaction to stay far from its time limit on a busy machine. */
const EVENTS_AT_ONCE = 250;

/** @param password every demo member's @returns how many tokens there are */
export async function fillDemo(now: Date, password: string): Promise<{ tokens: number }> {
  if (await reader().member.findFirst({ select: { id: true } })) throw new Error("Only an empty database is filled.");
  // Like VideoSDK's: 64 hexadecimal digits.
  const secrets = new Map(demoKeys.map(({ id }) => [id, randomBytes(32).toString("hex")]));
  const desk = new DemoDesk(secrets);
  for (const { at, happens } of demoStory(now)) await happens(desk, new Date(Math.floor(at)));

  const began = desk.events[0]?.at ?? now;
  const members = await Promise.all(
    demoMembers.map(async ({ id, name, email, role }) => {
      return { id, name, email, role, passwordHash: await hashPassword(password), createdAt: began };
    }),
  );
  const versions = await Promise.all(
    demoKeys.map(async ({ id: keyId, versionId: id }) => {
      const secret = secrets.get(keyId) ?? "";
      const createdAt = desk.keys.find((key) => key.id === keyId)?.createdAt ?? began;
      return { id, keyId, sealed: await seal(secret, id), fingerprint: fingerprint(secret), createdAt };
    }),
  );
  await transaction(async (tx) => {
    await tx.member.createMany({ data: members });
    await tx.session.createMany({ data: desk.sessions });
    await tx.signingKey.createMany({ data: desk.keys });
    await tx.secretVersion.createMany({ data: versions });
  });
  for (let from = 0; from < desk.events.length; from += EVENTS_AT_ONCE) {
    await write(desk, desk.events.slice(from, from + EVENTS_AT_ONCE));
  }
  return { tokens: desk.tokens.length };
}

/** A token's row and its event in one transaction, as everywhere. */
function write({ tokens }: DemoDesk, events: Prisma.AuditEventCreateManyInput[]): Promise<void> {
  const numbers = events.flatMap(({ action, tokenNumber }) => (action === "token.issued" ? [Number(tokenNumber)] : []));
  const issued = tokens.slice((numbers[0] ?? 1) - 1, numbers.at(-1) ?? 0);
  return transaction(async (tx) => {
    await tx.issuedToken.createMany({ data: issued });
    await tx.auditEvent.createMany({ data: events });
    for (const [day, sequences] of grouped(events, ({ at }) => dayOf(new Date(at)))) {
      const [firstSequence, lastSequence] = [sequences[0]?.sequence ?? 0, sequences.at(-1)?.sequence ?? 0];
      const create = { day, firstSequence, lastSequence };
      await tx.auditDay.upsert({ where: { day }, create, update: { lastSequence } });
    }
    for (const [id, { length }] of grouped(issued, ({ keyId }) => keyId)) {
      await tx.signingKey.update({ where: { id }, data: { issuedTokens: { increment: length } } });
    }
    const last = { ledger: issued.at(-1)?.number, audit: events.at(-1)?.sequence };
    for (const [name, value] of Object.entries(last)) {
      if (value) await tx.counter.upsert({ where: { name }, create: { name, value }, update: { value } });
    }
  });
}

function grouped<Row>(rows: readonly Row[], by: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(by(row), [...(groups.get(by(row)) ?? []), row]);
  return groups;
}
