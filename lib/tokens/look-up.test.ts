import { randomBytes } from "node:crypto";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { fingerprint } from "@/lib/keys/fingerprint";
import { listFingerprints } from "@/lib/keys/fingerprints";
import { setKeyStatus } from "@/lib/keys/set-status";
import { MOST_LOOKED_UP } from "@/lib/sizes";
import { issueForm, openDesk, recorded } from "@/lib/test-desk";
import { reader } from "../db";
import { issueToken } from "./issue";
import { lookUpTokens } from "./look-up";
import { tokenSha256 } from "./sign";

const desk = await openDesk();
const hash = () => randomBytes(32).toString("hex");
const lookUps = () => recorded("token.looked_up");

test("tells of each token that is in the ledger, and records the look-up once", async () => {
  const key = await desk.addKey();
  const issued = [];
  for (const purpose of ["one", "two"]) {
    issued.push(await issueToken(desk.issuer, { ...issueForm(key), purpose }));
  }
  const [first, second] = issued.map(({ token }) => tokenSha256(token)) as [string, string];
  const before = (await lookUps()).length;
  const { matches } = await lookUpTokens(desk.auditor, { sha256: [hash(), second, first, first] });
  expect(matches).toMatchObject([
    { sha256: first, number: issued[0]?.number, actorName: desk.issuer.name, keyLabel: key.label, purpose: "one" },
    { sha256: second, number: issued[1]?.number, purpose: "two", revokedAt: null, secretRetired: false },
  ]);
  expect(matches[0]?.expiresAt).toBe(issued[0]?.claims.exp);
  const event = await reader().auditEvent.findUnique({ where: { sequence: matches[0]?.event ?? 0 } });
  expect(event).toMatchObject({ action: "token.issued", tokenNumber: issued[0]?.number });
  const events = await lookUps();
  expect(events).toHaveLength(before + 1);
  expect(events.at(-1)).toMatchObject({
    actorId: desk.auditor.id,
    outcome: "ok",
    detail: { count: 3, found: 2, numbers: "1-2" },
  });
});

test("tells what the ledger cannot undo: a mark, a disabled key, a retired secret", async () => {
  const key = await desk.addKey();
  const { token, number } = await issueToken(desk.issuer, issueForm(key));
  await setKeyStatus(desk.admin, { keyId: key.id, disabled: true });
  const markedAt = new Date(1_795_500_000_000);
  // Revoking and rotating have verbs of their own.
  desk.raw((db) => {
    const [row] = db.prepare("SELECT typeof(issuedAt) AS kind FROM IssuedToken").all() as [{ kind: string }];
    const stored = row.kind === "text" ? markedAt.toISOString() : markedAt.getTime();
    db.prepare("UPDATE IssuedToken SET revokedAt = ? WHERE number = ?").run(stored, number);
    db.prepare("UPDATE SecretVersion SET retiredAt = ? WHERE keyId = ?").run(stored, key.id);
  });
  expect((await lookUpTokens(desk.issuer, { sha256: [tokenSha256(token)] })).matches).toMatchObject([
    { number, revokedAt: 1_795_500_000, secretRetired: true, keyDisabled: true },
  ]);
});

test("answers for as many as are allowed, and refuses more, none, and what is no hash", async () => {
  const many = Array.from({ length: MOST_LOOKED_UP }, hash);
  expect((await lookUpTokens(desk.issuer, { sha256: many })).matches).toEqual([]);
  const before = (await lookUps()).length;
  for (const sha256 of [
    [...many, hash()],
    [],
    ["eyJhbGciOiJIUzI1NiJ9.e30.x"],
    [hash().toUpperCase().padEnd(65, "A")],
  ]) {
    await expect(lookUpTokens(desk.issuer, { sha256 })).rejects.toMatchObject({ code: "invalid" });
  }
  expect(await lookUps()).toHaveLength(before);
});

test("fingerprints: every version's, with its key, its label and vendor, and never the secret", async () => {
  const key = await desk.addKey();
  const listed = await listFingerprints(desk.auditor);
  const { id: keyId, label, secret } = key;
  expect(listed).toContainEqual({
    ...{ fingerprint: fingerprint(secret), keyId, label },
    ...{ profile: "videosdk", retired: false },
  });
  expect(listed.some(({ retired }) => retired)).toBe(true);
  expect(JSON.stringify(listed)).not.toContain(key.secret);
});

test("is answered when it cannot be recorded, and says so", async () => {
  const key = await desk.addKey();
  const { token, number } = await issueToken(desk.issuer, issueForm(key));
  const before = (await lookUps()).length;
  const db = new Database(desk.file);
  db.exec("BEGIN IMMEDIATE");
  try {
    expect(await lookUpTokens(desk.issuer, { sha256: [tokenSha256(token)] })).toMatchObject({
      matches: [{ number }],
      unrecorded: expect.stringContaining("the database is locked by another program"),
    });
  } finally {
    db.close();
  }
  expect(await lookUps()).toHaveLength(before);
});
