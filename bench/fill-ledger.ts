/** Fills a prepared desk's database with tokens and events as years of use would leave them, by prepared statements in one transaction. Their signatures are made up: nothing here is ever verified. */
import { createHash, randomUUID } from "node:crypto";
import Database from "better-sqlite3";
import type { AuditAction } from "@/lib/audit/actions";
import { type EventActor, type NewEvent, writeBody } from "@/lib/audit/event";
import { searchedText } from "@/lib/audit/searched-text";
import { newId } from "@/lib/new-id";
import { withOpenBooks } from "@/prisma/open-books";

const DAY_MS = 86_400_000;
const YEARS_MS = 730 * DAY_MS;

/** Of the newest tokens, this share has not expired. */
const ACTIVE_SHARE = 0.1;
/** Besides the event of each token's issue. */
const OTHER_EVENTS_SHARE = 0.1;
/** An hour in which the clock was a month behind, in the middle of the log. */
const CLOCK_BACK_MS = 30 * DAY_MS;

export type Ledger = {
  tokens: number;
  events: number;
  /** The id of the busiest key, and of one that is hardly used. */
  keys: { busy: string; idle: string };
  /** The id of the busiest member, and of one who hardly does anything. */
  members: { busy: string; idle: string };
  rooms: { busy: string; idle: string };
  participants: { busy: string; idle: string };
  /** Of a token in the middle. */
  jti: string;
  number: number;
  /** UTC days. */
  days: { first: string; middle: string; last: string };
};

/** A few common values and many rare ones, as rooms and people are. @param busy the share of the first one */
const spread = (index: number, many: number, busy: number) => (index % 100 < busy * 100 ? 0 : 1 + (index % many));

/** @param file the database of a desk that has members and a key @param count how many tokens there will be */
export function fillLedger(file: string, count: number, now = Date.now()): Ledger {
  const db = new Database(file, { fileMustExist: true });
  db.pragma("synchronous = OFF");
  db.pragma("cache_size = -400000");
  const members = db.prepare<[], { id: string; name: string }>("SELECT id, name FROM Member ORDER BY role").all();
  const key = db.prepare<[], Record<string, unknown>>("SELECT * FROM SigningKey").get() ?? {};
  const version = db.prepare<[], { id: string }>("SELECT id FROM SecretVersion").get();
  const insert = (table: string, columns: readonly string[]) =>
    db.prepare(
      `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map((column) => `@${column}`).join(", ")})`,
    );

  const keys = [
    key,
    ...["Live", "Partner", "Old"].map((label) => ({ ...key, id: randomUUID(), label, apiKey: randomUUID() })),
  ];
  const first =
    db.prepare<[], { last: number }>("SELECT coalesce(max(sequence), 0) AS last FROM AuditEvent").get()?.last ?? 0;

  const tokenColumns =
    "number jti profile keyId keyLabel secretVersionId actorKind actorId actorName sessionId via issuedAt expiresAt ttlSeconds claims room subject moderates callsRest purpose sha256".split(
      " ",
    );
  const eventColumns = "sequence at action actorId keyId room subject tokenNumber body".split(" ");
  const token = insert("IssuedToken", tokenColumns);
  const event = insert("AuditEvent", eventColumns);
  const text = db.prepare("INSERT INTO EventText (rowid, text) VALUES (?, ?)");
  // Building an index over all rows is many times faster than keeping it up to date.
  const indexes = db
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('IssuedToken', 'AuditEvent')",
    )
    .all();

  let sequence = first;
  const roomOf = (index: number) => `room-${spread(index * 7, 5_003, 0.2)}`;
  const participantOf = (index: number) => `participant-${spread(index * 13, 20_011, 0.1)}`;
  const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const at = (index: number) => Math.floor((now - YEARS_MS + (YEARS_MS * (index + 1)) / (count + 1)) / 1000) * 1000;
  const keyOf = (index: number) => ({ 0: 1, 1: 1, 2: 1, 3: 2 })[index % 10] ?? (index % 500 === 7 ? 3 : 0);
  const memberOf = (index: number) => members[index % 3 === 0 ? 0 : 1 + (index % (members.length - 1))] ?? members[0];
  const nothing = { keyId: null, room: null, subject: null, tokenNumber: null };
  const origin = {
    via: "dashboard",
    address: "203.0.113.7",
    userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36",
    requestId: randomUUID(),
  } as const;
  const session = newId();
  const others = [
    ["auth.signed_in", { email: "ann@example.com" }],
    ["token.inspected", { found: "issued here", signature: "right" }],
    ["auth.signed_out", {}],
    ["token.looked_up", { count: 12, found: 3 }],
    ["token.signed_elsewhere", { apiKey: key.apiKey }],
  ] as const;
  let middle = { jti: "", number: 0 };

  const fill = () => {
    // What the desk has recorded so far came before.
    db.prepare("UPDATE AuditEvent SET at = ?").run(at(0) - DAY_MS);
    for (const { name } of indexes) db.exec(`DROP INDEX "${name}"`);
    for (const row of keys.slice(1)) insert("SigningKey", Object.keys(row)).run(row);
    for (let index = 0; index < count; index += 1) {
      const issuedAt = at(index);
      const which = keyOf(index);
      // As the table SigningKey has them.
      const { id: keyId, label: keyLabel } = keys[which] as { id: string; label: string };
      const member = memberOf(index);
      const active = index >= count * (1 - ACTIVE_SHARE);
      const expiresAt = active ? now + DAY_MS / 2 + ((index * 7919) % 1000) * (DAY_MS / 30) : issuedAt + 7_200_000;
      const jti = randomUUID();
      const number = index + 1;
      if (index === Math.floor(count / 2)) middle = { jti, number };
      const [room, subject] = [roomOf(index), participantOf(index)];
      const sha256 = createHash("sha256").update(jti).digest();
      const claims = JSON.stringify({
        apikey: keys[which]?.apiKey,
        permissions: ["allow_join"],
        version: 2,
        ...{ roomId: room, participantId: subject },
        jti,
        iat: issuedAt / 1000,
        exp: Math.floor(expiresAt / 1000),
      });
      token.run({
        number,
        jti: Buffer.from(jti.replaceAll("-", ""), "hex"),
        ...{ profile: "videosdk", keyId, keyLabel, secretVersionId: version?.id },
        ...{ actorKind: "member", actorId: member?.id, actorName: member?.name, sessionId: session, via: "dashboard" },
        ...{ issuedAt, expiresAt, ttlSeconds: Math.floor((expiresAt - issuedAt) / 1000), claims, room, subject },
        ...{ moderates: 0, callsRest: 1, purpose: "A load test", sha256 },
      });
      const who: EventActor = { kind: "member", id: member?.id ?? "", name: member?.name ?? "", origin };
      const behind = index > count * 0.5 && index < count * 0.501 ? CLOCK_BACK_MS : 0;
      const when = issuedAt - behind;
      sequence += 1;
      const target = { token: { number, keyId, room, subject } };
      const issued = { action: "token.issued", outcome: "ok", detail: {}, target } as const;
      const actorId = member?.id;
      event.run({
        ...{ sequence, at: when, action: issued.action, actorId, keyId, room, subject, tokenNumber: number },
        body: writeBody(who, issued, new Date(when)),
      });
      text.run(sequence, searchedText(who, { ...issued, words: [keyLabel, "A load test"] }));
      if (index % (1 / OTHER_EVENTS_SHARE) !== 0) continue;
      // Rare enough that whoever looks for it goes through everything else: one in a thousand of these.
      const [action, detail] =
        index % 10_000 === 0
          ? (["access.denied", { verb: "key.create", role: "issuer" }] as const)
          : (others[(index / 10) % others.length] ?? others[0]);
      sequence += 1;
      // Each pair above has the fields of its action, which their union does not tell.
      const other = { action, outcome: "ok", detail } as NewEvent<AuditAction>;
      const body = writeBody(who, other, new Date(when));
      text.run(sequence, searchedText(who, other));
      event.run({ ...nothing, sequence, at: when, action, actorId, body });
    }
    for (const { sql } of indexes) db.exec(sql);
    const counter = db.prepare(
      "INSERT INTO Counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    );
    counter.run("ledger", count);
    counter.run("audit", sequence);
    // The running totals, as issuing and recording keep them.
    db.exec(`
      UPDATE SigningKey SET
        issuedTokens = (SELECT count(*) FROM IssuedToken WHERE keyId = SigningKey.id),
        lastIssuedAt = (SELECT max(issuedAt) FROM IssuedToken WHERE keyId = SigningKey.id);
      UPDATE Member SET issuedTokens = (SELECT count(*) FROM IssuedToken WHERE actorId = Member.id);
      DELETE FROM IssuedPerQuarter;
      INSERT INTO IssuedPerQuarter (quarter, keyId, tokens)
      SELECT issuedAt / 900000, keyId, count(*) FROM IssuedToken GROUP BY 1, 2;
      DELETE FROM AuditDay;
      INSERT INTO AuditDay (day, firstSequence, lastSequence)
      SELECT date(at / 1000, 'unixepoch'), min(sequence), max(sequence) FROM AuditEvent GROUP BY 1;
    `);
  };
  // What guards the books looks for each row among all, for which the indexes are missing meanwhile.
  db.transaction(() => withOpenBooks(db, fill))();
  db.pragma("wal_checkpoint(TRUNCATE)");
  db.close();
  const id = (row: { id?: unknown } | undefined) => String(row?.id);
  return {
    tokens: count,
    events: sequence,
    keys: { busy: id(keys[0]), idle: id(keys[3]) },
    members: { busy: id(members[0]), idle: id(members[2]) },
    rooms: { busy: "room-0", idle: roomOf(Math.floor(count / 3) + 1) },
    participants: { busy: "participant-0", idle: participantOf(Math.floor(count / 3) + 1) },
    ...middle,
    days: { first: dayOf(at(1)), middle: dayOf(at(Math.floor(count / 2))), last: dayOf(now) },
  };
}
