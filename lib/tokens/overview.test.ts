/** What the first page counts. */
import { beforeEach, describe, expect, it } from "vitest";
import { issueForm, openDesk, type TestKey } from "@/lib/test-desk";
import { inspectToken } from "./inspect";
import { issueToken } from "./issue";
import { readOverview } from "./overview";
import { signToken } from "./sign";

const desk = await openDesk();
let key: TestKey;
beforeEach(async () => {
  desk.raw((db) =>
    db.exec("DELETE FROM IssuedToken; DELETE FROM SecretVersion; DELETE FROM SigningKey; DELETE FROM AuditEvent"),
  );
  key = await desk.addKey();
});

const issue = (expiresIn: string) => issueToken(desk.issuer, { ...issueForm(key), expiresIn });
const msFromNow = (offsetMs: number) => Date.now() + offsetMs;
const HOUR = 3_600_000;

describe("the overview", () => {
  it("of a new desk counts nothing but the key", async () => {
    expect(await readOverview(desk.auditor)).toMatchObject({
      keys: 1,
      activeTokens: 0,
      expiringTokens: 0,
      issuedTokens: 0,
      signedElsewhere: 0,
      latest: [{ action: "key.created" }],
    });
  });

  it("counts the active (the revoked too: VideoSDK does not know the mark), those of them that expire within a day, and those issued within a day", async () => {
    const [short, long, expired, revoked, old] = [
      await issue("2h"),
      await issue("7d"),
      await issue("2h"),
      await issue("2h"),
      await issue("7d"),
    ];
    desk.raw((db) => {
      const set = (column: string, value: number, number: number) =>
        db.prepare(`UPDATE IssuedToken SET ${column} = ? WHERE number = ?`).run(value, number);
      set("expiresAt", msFromNow(-HOUR), expired.number);
      set("revokedAt", msFromNow(-HOUR), revoked.number);
      set("issuedAt", msFromNow(-25 * HOUR), old.number);
    });
    expect(await readOverview(desk.auditor)).toMatchObject({ activeTokens: 4, expiringTokens: 2, issuedTokens: 4 });
    expect(short.number).not.toBe(long.number);
  });

  it("counts what was signed elsewhere in the last week", async () => {
    const claims = { apikey: key.apiKey, permissions: ["allow_join"] };
    for (const jti of ["a", "b", "c"])
      await inspectToken(desk.issuer, { token: await signToken({ ...claims, jti }, key.secret) });
    expect((await readOverview(desk.auditor)).signedElsewhere).toBe(3);
    desk.raw((db) =>
      db
        .prepare("UPDATE AuditEvent SET at = ? WHERE sequence = (SELECT MAX(sequence) FROM AuditEvent)")
        .run(msFromNow(-8 * 24 * HOUR)),
    );
    expect((await readOverview(desk.auditor)).signedElsewhere).toBe(2);
  });

  it("counts among them one that carries the jti of a token that was issued here", async () => {
    const { claims } = await issue("2h");
    await inspectToken(desk.issuer, { token: await signToken({ ...claims, permissions: ["allow_mod"] }, key.secret) });
    expect((await readOverview(desk.auditor)).signedElsewhere).toBe(1);
  });

  it("shows the latest eight events, newest first", async () => {
    for (let count = 0; count < 10; count++) await issue("2h");
    const { latest } = await readOverview(desk.auditor);
    expect(latest).toHaveLength(8);
    expect(latest.map(({ sequence }) => sequence)).toEqual(
      latest.map((_, index) => (latest[0]?.sequence ?? 0) - index),
    );
  });

  it.each(["admin", "issuer", "auditor"] as const)("is open to an %s", async (role) => {
    await expect(readOverview(desk[role])).resolves.toBeDefined();
  });
});
