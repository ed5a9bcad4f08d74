/** Finding rows of the ledger: whole, by id and by hash, for who may read the books. */
import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { issueForm, openDesk, refusalOf, type TestKey } from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { tokenSha256 } from "@/lib/tokens/sign";
import { findAllBySha256, findByJti, findBySha256, findToken, issuedEventsOf } from "./find";

const desk = await openDesk();
let key: TestKey;
beforeEach(async () => {
  key = await desk.addKey();
  desk.raw((db) => db.exec("DELETE FROM AuditEvent; DELETE FROM IssuedToken; DELETE FROM Counter"));
});

describe("a row", () => {
  it("has its claims as they were signed, instants in seconds, and never the token", async () => {
    const { token, claims, number } = await issueToken(desk.issuer, { ...issueForm(key), purpose: "A demo" });
    const row = await findToken(desk.auditor, number);
    expect(row).toMatchObject({
      number,
      jti: claims.jti,
      claims,
      issuedAt: claims.iat,
      expiresAt: claims.exp,
      purpose: "A demo",
      sha256: tokenSha256(token),
      keyLabel: key.label,
      revokedAt: null,
    });
    const text = JSON.stringify(row);
    for (const hidden of [token, token.split(".")[2] ?? "", token.split(".")[1] ?? "", key.secret])
      expect(text).not.toContain(hidden);
    expect(await findBySha256(tokenSha256(token))).toEqual(row);
    expect(await findByJti(String(claims.jti))).toEqual(row);
  });

  it("that is not there is not found", async () => {
    expect(await findByJti(randomUUID())).toBeUndefined();
    expect(await findBySha256("0".repeat(64))).toBeUndefined();
    expect(await findAllBySha256(["0".repeat(64)])).toEqual([]);
  });

  it("whose claims somebody has made something else is an error, not a token without claims", async () => {
    const { claims } = await issueToken(desk.issuer, issueForm(key));
    for (const text of ["null", "[]", '"x"', "{"]) {
      desk.raw((db) => db.prepare("UPDATE IssuedToken SET claims = ?").run(text));
      await expect(findByJti(String(claims.jti))).rejects.toThrow();
    }
  });

  it.each(["actorKind", "via"])("whose %s is of no known kind is an error, too", async (column) => {
    const { claims } = await issueToken(desk.issuer, issueForm(key));
    desk.raw((db) => db.prepare(`UPDATE IssuedToken SET ${column} = 'x'`).run());
    await expect(findByJti(String(claims.jti))).rejects.toThrow();
  });
});

it("many are found at once, by number, with the events of their issue", async () => {
  const issued = [];
  for (let count = 0; count < 3; count++) issued.push(await issueToken(desk.issuer, issueForm(key)));
  const hashes = issued.map(({ token }) => tokenSha256(token));
  const strangers = Array.from({ length: 1_000 }, () => tokenSha256(randomUUID()));
  const rows = await findAllBySha256([...hashes].reverse().concat(strangers));
  expect(rows.map(({ number }) => number)).toEqual([1, 2, 3]);
  expect([...(await issuedEventsOf(rows.map(({ number }) => number)))].sort((a, b) => a[1] - b[1])).toEqual(
    rows.map(({ number }, index) => [number, index + 1]),
  );
});

it.each(["admin", "issuer", "auditor"] as const)("an %s may read it", async (role) => {
  const { number } = await issueToken(desk.issuer, issueForm(key));
  expect(await findToken(desk[role], number)).toBeDefined();
});

it("whoever has no such role may not", async () => {
  const { number } = await issueToken(desk.issuer, issueForm(key));
  const actor = { ...desk.auditor, role: "nobody" as never };
  expect((await refusalOf(findToken(actor, number))).code).toBe("forbidden");
});
