/** What the first page counts: through indexes, stopping, and each what its link shows. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { COUNTED_AT_MOST } from "@/lib/count-at-most";
import { countActive } from "@/lib/keys/active";
import { rotateKey } from "@/lib/keys/rotate";
import { setKeyStatus } from "@/lib/keys/set-status";
import { issueForm, newSecret, openDesk, type TestKey } from "@/lib/test-desk";
import { issueToken } from "./issue";
import { readOverview } from "./overview";

const desk = await openDesk();
let key: TestKey;
beforeEach(async () => {
  desk.raw((db) =>
    db.exec("DELETE FROM IssuedToken; DELETE FROM SecretVersion; DELETE FROM SigningKey; DELETE FROM AuditEvent"),
  );
  key = await desk.addKey();
});

const HOUR = 3_600_000;
const issue = (expiresIn: string, actor = desk.issuer, by = key) => issueToken(actor, { ...issueForm(by), expiresIn });
const set = (column: string, value: number, number: number) =>
  desk.raw((db) => db.prepare(`UPDATE IssuedToken SET ${column} = ? WHERE number = ?`).run(value, number));

describe("the overview", () => {
  it("of a new desk counts nothing, and names the key", async () => {
    expect(await readOverview(desk.auditor)).toEqual({
      keys: [{ id: key.id, label: key.label, disabled: false, active: 0 }],
      people: [],
      morePeople: 0,
      endings: ["1h", "1h-24h", "24h-7d", "7d-"].map((id) => ({ id, active: 0 })),
      active: 0,
      endWithinDay: 0,
      issued: 0,
      latest: [],
    });
  });

  it("counts the active by key and by person: not the expired, but the revoked, since VideoSDK does not know the mark", async () => {
    const other = await desk.addKey();
    const [, revoked, expired] = [await issue("2h"), await issue("2h"), await issue("2h")];
    await issue("2h", desk.admin);
    await issue("2h", desk.admin, other);
    set("revokedAt", Date.now() - HOUR, revoked.number);
    set("expiresAt", Date.now() - HOUR, expired.number);
    await setKeyStatus(desk.admin, { keyId: other.id, disabled: true });
    const { keys, people, active, issued } = await readOverview(desk.auditor);
    expect(keys).toEqual([
      { id: key.id, label: key.label, disabled: false, active: 3 },
      { id: other.id, label: other.label, disabled: true, active: 1 },
    ]);
    expect(new Map(people.map(({ id, active }) => [id, active]))).toEqual(
      new Map([
        [desk.issuer.id, 2],
        [desk.admin.id, 2],
      ]),
    );
    expect([active, issued]).toEqual([4, 5]);
  });

  it("names those who have as many in the order of their names, and counts those whom it does not name", async () => {
    for (let index = 12; index > 4; index -= 1) {
      const member = await desk.addMember("issuer");
      desk.raw((db) => db.prepare("UPDATE Member SET name = ? WHERE id = ?").run(`Person ${index}`, member.id));
      await issue("2h", member);
    }
    await issue("2h", desk.admin);
    await issue("2h", desk.admin);
    const { people, morePeople } = await readOverview(desk.auditor);
    expect(people.map(({ name }) => name)).toEqual([
      desk.admin.name,
      ...[5, 6, 7, 8, 9].map((index) => `Person ${index}`),
    ]);
    expect(morePeople).toBe(3);
  });

  it("tells when they end, in bands that neither overlap nor leave a gap", async () => {
    for (const [expiresIn, times] of [
      ["30m", 1],
      ["1h", 1],
      ["61m", 2],
      ["24h", 1],
      ["2d", 3],
      ["7d", 1],
      ["30d", 1],
    ] as const)
      for (let count = 0; count < times; count++) await issue(expiresIn);
    const { endings, endWithinDay, active } = await readOverview(desk.auditor);
    expect(endings).toEqual([
      { id: "1h", active: 2 },
      { id: "1h-24h", active: 3 },
      { id: "24h-7d", active: 4 },
      { id: "7d-", active: 1 },
    ]);
    expect([endWithinDay, active]).toEqual([5, 10]);
  });

  it("stops counting, and never tells less than there is", async () => {
    const { number } = await issue("2h");
    desk.raw((db) => {
      const columns = db
        .prepare<[], { name: string }>("SELECT name FROM pragma_table_info('IssuedToken')")
        .all()
        .map(({ name }) => name);
      const copy = columns.map((name) =>
        name === "number" ? "number + i" : name === "jti" || name === "sha256" ? "randomblob(32)" : `"${name}"`,
      );
      db.prepare(
        `WITH RECURSIVE many (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM many WHERE i < 1200)
         INSERT INTO IssuedToken (${columns.join(", ")}) SELECT ${copy.join(", ")} FROM IssuedToken, many WHERE number = ?`,
      ).run(number);
    });
    // The next number is that of a copy.
    desk.raw((db) => db.prepare("UPDATE Counter SET value = value + 1200 WHERE name = 'ledger'").run());
    await issue("2h", desk.admin);
    const { keys, people, endings, active, endWithinDay } = await readOverview(desk.auditor);
    expect(keys[0]?.active).toBe(COUNTED_AT_MOST);
    expect(people.map(({ active }) => active)).toEqual([COUNTED_AT_MOST, 1]);
    expect([active, endWithinDay, endings[1]?.active]).toEqual(Array(3).fill(COUNTED_AT_MOST));
  });

  it("shows the latest tokens, newest first, and nothing else that happened", async () => {
    const numbers: number[] = [];
    for (let count = 0; count < 8; count++) numbers.push((await issue("2h")).number);
    await setKeyStatus(desk.admin, { keyId: key.id, disabled: true });
    const { latest } = await readOverview(desk.auditor);
    expect(latest.map(({ tokenNumber }) => tokenNumber)).toEqual(numbers.toReversed().slice(0, 6));
    expect(latest[0]?.token).toMatchObject({ actorName: desk.issuer.name, keyDisabled: true });
  });

  it("says of the latest which their vendor refuses, since their secret is retired, while they are not over", async () => {
    await issue("2h");
    await rotateKey(desk.admin, { keyId: key.id, secret: newSecret() });
    await issue("2h");
    const refused = async () => (await readOverview(desk.auditor)).latest.map(({ token }) => token?.refusedBy);
    expect(await refused()).toEqual([null, "VideoSDK"]);
    vi.useFakeTimers({ now: Date.now() + 3 * 3_600_000, toFake: ["Date"] });
    expect(await refused().finally(() => vi.useRealTimers())).toEqual([null, null]);
  });

  it.each(["admin", "issuer", "auditor"] as const)("is open to an %s", async (role) => {
    await expect(readOverview(desk[role])).resolves.toBeDefined();
  });
});

it("tokens that nobody asked for are counted, too", async () => {
  const { number } = await issue("2h");
  desk.raw((db) =>
    db.prepare("UPDATE IssuedToken SET actorId = NULL, actorKind = 'system' WHERE number = ?").run(number),
  );
  await issue("2h");
  const pairs = await countActive(Date.now());
  expect(pairs).toHaveLength(2);
  expect(pairs).toEqual(
    expect.arrayContaining([
      { keyId: key.id, actorId: null, name: "Claimcheck itself", active: 1 },
      { keyId: key.id, actorId: desk.issuer.id, name: desk.issuer.name, active: 1 },
    ]),
  );
});
