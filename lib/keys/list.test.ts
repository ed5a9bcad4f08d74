/** Listing keys: what is told of each, what never is, and at which cost. */
import Database from "better-sqlite3";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { reader } from "@/lib/db";
import { issueForm, openDesk } from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { listKeys } from "./list";
import { setKeyStatus } from "./set-status";

const desk = await openDesk();
beforeEach(() =>
  desk.raw((db) => db.exec("DELETE FROM IssuedToken; DELETE FROM SecretVersion; DELETE FROM SigningKey")),
);

async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  await reader().counter.count();
  const prepare = vi.spyOn(Database.prototype, "prepare");
  try {
    await work();
    return prepare.mock.calls.length;
  } finally {
    prepare.mockRestore();
  }
}

describe("the list", () => {
  it("is empty at first", async () => {
    expect(await listKeys(desk.admin)).toEqual([]);
  });

  it("tells of each key, oldest first, what is known, and nothing else", async () => {
    const [first, second] = [await desk.addKey("2h"), await desk.addKey()];
    await setKeyStatus(desk.admin, { keyId: second.id, disabled: true });
    const keys = await listKeys(desk.admin);
    expect(keys).toEqual([
      {
        id: first.id,
        label: first.label,
        apiKey: first.apiKey,
        profile: "videosdk",
        disabled: false,
        lastIssuedAt: null,
        issuedTokens: 0,
        activeTokens: 0,
      },
      expect.objectContaining({ id: second.id, disabled: true }),
    ]);
    const sealed = await reader().secretVersion.findMany();
    for (const secret of [first.secret, ...sealed.map((version) => version.sealed)])
      expect(JSON.stringify(keys)).not.toContain(secret);
  });

  it("counts each key's own tokens, and of those the active: not expired; a revoked one is active too, for VideoSDK does not know the mark", async () => {
    const [busy, idle] = [await desk.addKey(), await desk.addKey()];
    const numbers: number[] = [];
    for (let count = 0; count < 4; count++) numbers.push((await issueToken(desk.issuer, issueForm(busy))).number);
    desk.raw((db) => {
      db.prepare("UPDATE IssuedToken SET expiresAt = 1577836800000 WHERE number = ?").run(numbers[0]);
      db.prepare("UPDATE IssuedToken SET revokedAt = 1577836800000 WHERE number = ?").run(numbers[1]);
    });
    const keys = await listKeys(desk.auditor);
    expect(keys.find(({ id }) => id === busy.id)).toMatchObject({ issuedTokens: 4, activeTokens: 3 });
    expect(keys.find(({ id }) => id === idle.id)).toMatchObject({ issuedTokens: 0, activeTokens: 0 });
  });

  it("costs one count for each key, and one statement", async () => {
    await desk.addKey();
    const one = await statementsOf(() => listKeys(desk.admin));
    for (let count = 0; count < 12; count++) await desk.addKey();
    expect(await statementsOf(() => listKeys(desk.admin))).toBe(one + 12);
    expect(one).toBe(2);
  });

  it.each(["admin", "issuer", "auditor"] as const)("is open to an %s", async (role) => {
    await expect(listKeys(desk[role])).resolves.toEqual([]);
  });
});
