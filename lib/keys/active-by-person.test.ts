/** Whom it concerns when a key's tokens end: everybody who holds an active one, with how many, until when and what for. */
import { describe, expect, it } from "vitest";
import { atTime } from "@/lib/clock";
import { issueForm, newSecret, openDesk } from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { listActiveByPerson } from "./active-by-person";
import { readEnding } from "./read-ending";
import { rotateKey } from "./rotate";
import { setKeyStatus } from "./set-status";

const desk = await openDesk();
const HOUR = 3_600_000;
const later = (hours: number) => new Date(Date.now() + hours * HOUR);

describe("who holds active tokens of a key", () => {
  it("is told with how many, their ends, and what the one that ends last is for; who has most comes first", async () => {
    const [key, other] = [await desk.addKey(), await desk.addKey()];
    const issue = (actor = desk.issuer, more = {}, of = key) => issueToken(actor, { ...issueForm(of), ...more });
    const first = await issue(desk.issuer, { expiresIn: "3h", purpose: "the demo", roomId: "aaaa-bbbb-cccc" });
    const second = await issue(desk.issuer, { purpose: "the second" });
    await issue(desk.admin, { expiresIn: "1h" });
    await issue(desk.admin, {}, other);
    const [longest, soonest] = [Number(first.claims.exp), Number(second.claims.exp)];
    expect(await listActiveByPerson(desk.auditor, key.id)).toMatchObject({
      people: [
        {
          ...{ actorId: desk.issuer.id, name: desk.issuer.name, email: desk.issuer.email, active: 2 },
          ...{ lastExpiry: longest, nextExpiry: soonest, purpose: "the demo", room: "aaaa-bbbb-cccc" },
        },
        { actorId: desk.admin.id, active: 1, purpose: "", room: null },
      ],
      ...{ active: 3, all: true },
    });
  });

  it("leaves out what has ended, and keeps what goes on although the key is disabled here", async () => {
    const key = await desk.addKey();
    await issueToken(desk.issuer, { ...issueForm(key), expiresIn: "1h" });
    await setKeyStatus(desk.admin, { keyId: key.id, disabled: true });
    expect(await listActiveByPerson(desk.issuer, key.id)).toMatchObject({ active: 1 });
    const after = await atTime(later(2), () => listActiveByPerson(desk.issuer, key.id));
    expect(after).toEqual({ people: [], active: 0, all: true, listed: true });
    expect(await listActiveByPerson(desk.issuer, "no such key")).toEqual({
      people: [],
      active: 0,
      all: true,
      listed: true,
    });
  });

  it("counts no more than so many of somebody's, and says that there are more", async () => {
    const key = await desk.addKey();
    for (const expiresIn of ["1h", "2h", "3h"]) await issueToken(desk.issuer, { ...issueForm(key), expiresIn });
    const { people, ...told } = await listActiveByPerson(desk.auditor, key.id, { most: 2 });
    expect(told).toEqual({ active: 2, all: false, listed: true });
    expect(people).toMatchObject([{ active: 2, more: true }]);
    expect(await listActiveByPerson(desk.auditor, key.id, { most: 3 })).toMatchObject({
      people: [{ active: 3, more: false }],
      all: true,
    });
    expect((people[0]?.lastExpiry ?? 0) * 1000).toBeGreaterThan(later(2.5).getTime());
    expect((people[0]?.nextExpiry ?? 0) * 1000).toBeLessThan(later(1.5).getTime());
  });

  it("tells first, and as they are called, those of whom more than that is not counted", async () => {
    const key = await desk.addKey();
    const called = async (name: string) => ({ ...(await desk.addMember("issuer")), name });
    const [ten, two, ann] = [await called("Ward 10"), await called("Ward 2"), await called("Ann")];
    for (const [actor, many] of [
      [ten, 2],
      [two, 3],
      [ann, 1],
    ] as const) {
      desk.raw((db) => db.prepare("UPDATE Member SET name = ? WHERE id = ?").run(actor.name, actor.id));
      for (let issued = 0; issued < many; issued += 1) await issueToken(actor, issueForm(key));
    }
    const { people, active } = await listActiveByPerson(desk.auditor, key.id, { most: 1 });
    expect(people.map(({ name, active, more }) => [name, active, more])).toEqual([
      ["Ward 2", 1, true],
      ["Ward 10", 1, true],
      ["Ann", 1, false],
    ]);
    expect(active).toBe(3);
  });

  it("leaves out what a retired secret signed where it is asked what the vendor accepts", async () => {
    const key = await desk.addKey();
    const current = () => listActiveByPerson(desk.auditor, key.id, { ofCurrentSecret: true });
    for (const expiresIn of ["1h", "2h"]) await issueToken(desk.issuer, { ...issueForm(key), expiresIn });
    expect(await current()).toEqual(await listActiveByPerson(desk.auditor, key.id));
    await rotateKey(desk.admin, { keyId: key.id, secret: newSecret() });
    expect(await current()).toEqual({ people: [], active: 0, all: true, listed: false });
    expect((await readEnding(desk.auditor, key.id)).fall).toEqual({ now: 0, more: false, steps: [] });
    expect(await listActiveByPerson(desk.auditor, key.id)).toMatchObject({ active: 2 });
    await issueToken(desk.admin, issueForm(key));
    expect(await current()).toMatchObject({ people: [{ actorId: desk.admin.id, active: 1 }], active: 1 });
    expect((await readEnding(desk.auditor, key.id)).fall).toMatchObject({ now: 1 });
  });

  it("knows what each secret of a key that was rotated twice has signed, also when other keys issue in between", async () => {
    const [key, other] = [await desk.addKey(), await desk.addKey()];
    const current = () => listActiveByPerson(desk.auditor, key.id, { ofCurrentSecret: true });
    const rotate = () => rotateKey(desk.admin, { keyId: key.id, secret: newSecret() });
    for (const many of [3, 2, 1]) {
      await rotate();
      await issueToken(desk.issuer, issueForm(other));
      expect(await current()).toMatchObject({ active: 0, listed: many === 3 });
      for (let issued = 0; issued < many; issued += 1) await issueToken(desk.issuer, issueForm(key));
      expect(await current()).toMatchObject({ active: many, listed: many === 3 });
      expect((await readEnding(desk.auditor, key.id)).fall.now).toBe(many);
    }
    expect(await listActiveByPerson(desk.auditor, key.id)).toMatchObject({ active: 6 });
    // The older ones have expired: a list of all that is active shows these alone.
    desk.raw((db) =>
      db
        .prepare(
          "UPDATE IssuedToken SET expiresAt = 1 WHERE keyId = ? AND number < (SELECT max(number) FROM IssuedToken)",
        )
        .run(key.id),
    );
    expect(await current()).toMatchObject({ active: 1, listed: true });
  });

  it("tells of a program who answers for it", async () => {
    const key = await desk.addKey();
    const { actor: service } = await desk.addProgram({ name: "Backend" });
    const { actor: endpoint } = await desk.addEndpoint(key, { name: "Demo app" });
    for (const actor of [service, endpoint]) await issueToken(actor, issueForm(key));
    await issueToken(desk.issuer, issueForm(key));
    const { people } = await listActiveByPerson(desk.auditor, key.id);
    const { name, email } = desk.admin;
    expect(people.toSorted((one, other) => one.name.localeCompare(other.name))).toMatchObject([
      { name: "Backend", email, answeredBy: name },
      { name: "Demo app", email, answeredBy: name },
      { name: desk.issuer.name, email: desk.issuer.email, answeredBy: null },
    ]);
  });

  it("names those who have as many in the order of their names, as one counts", async () => {
    const key = await desk.addKey();
    for (const name of ["Crowd 10", "Crowd 2"])
      await issueToken((await desk.addEndpoint(key, { name })).actor, issueForm(key));
    const { people } = await listActiveByPerson(desk.auditor, key.id);
    expect(people.map(({ name }) => name)).toEqual(["Crowd 2", "Crowd 10"]);
  });

  it("tells everybody, however many they are, and that all were counted", async () => {
    const key = await desk.addKey();
    await issueToken(desk.issuer, issueForm(key));
    desk.raw((db) => {
      const columns = db.pragma("table_info(IssuedToken)") as { name: string }[];
      const own: Record<string, string> = {
        number: "number + n",
        jti: "randomblob(16)",
        sha256: "randomblob(32)",
        actorId: "'crowd-' || n",
        actorName: "'Crowd ' || n",
      };
      const values = columns.map(({ name }) => own[name] ?? `"${name}"`).join(", ");
      db.prepare(
        `WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 229)
         INSERT INTO IssuedToken SELECT ${values} FROM IssuedToken JOIN s WHERE keyId = ?`,
      ).run(key.id);
      db.exec("UPDATE Counter SET value = value + 229 WHERE name = 'ledger'");
    });
    const { people, ...told } = await listActiveByPerson(desk.auditor, key.id);
    expect(told).toEqual({ active: 230, all: true, listed: true });
    expect(people).toHaveLength(230);
  });

  it("does not go through what has ended, however much that is", async () => {
    const key = await desk.addKey();
    const { number } = await issueToken(desk.issuer, issueForm(key));
    desk.raw((db) => db.prepare("UPDATE IssuedToken SET expiresAt = 1 WHERE number = ?").run(number));
    await issueToken(desk.admin, issueForm(key));
    expect((await listActiveByPerson(desk.auditor, key.id)).people.map(({ actorId }) => actorId)).toEqual([
      desk.admin.id,
    ]);
  });
});
