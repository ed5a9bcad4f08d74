/** Sealing secrets at rest, and what does not open. */
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { decodeProtectedHeader } from "jose";
import { beforeEach, describe, expect, it, vi } from "vitest";

const key = () => randomBytes(32).toString("base64url");

/** A fresh copy of the module, as a process that starts with this keyring has it. */
async function withKeyring(keyring: string) {
  Object.assign(process.env, { AUTH_SECRET: key(), SEALING_KEYS: keyring });
  vi.resetModules();
  return import("./seal");
}

let ring: string;
beforeEach(() => {
  ring = `k1:${key()}`;
});

describe("a sealed text", () => {
  it("opens for the row it was sealed for, whatever the text", async () => {
    const { seal, open } = await withKeyring(ring);
    const text = fc.string({ unit: "grapheme", maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(text, fc.uuid(), async (secret, row) => {
        expect(await open(await seal(secret, row), row)).toBe(secret);
      }),
      { numRuns: 50 },
    );
  });

  it("names the key of the keyring and the algorithm, and holds neither the text nor the same bytes twice", async () => {
    const { seal } = await withKeyring(ring);
    const [one, two] = [await seal("a secret of a key", "row"), await seal("a secret of a key", "row")];
    expect(decodeProtectedHeader(one)).toEqual({ alg: "dir", enc: "A256GCM", kid: "k1", sub: "row" });
    expect(one).not.toBe(two);
    expect(Buffer.from(one.split(".")[3] ?? "", "base64url").toString()).not.toContain("secret");
  });

  it("does not open for another row", async () => {
    const { seal, open } = await withKeyring(ring);
    await expect(open(await seal("a secret", "row 1"), "row 2")).rejects.toThrow("belongs to another row");
  });

  it("does not open when any of its characters is changed", async () => {
    const { seal, open } = await withKeyring(ring);
    const sealed = await seal("a secret of some length, as secrets are", "row");
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (let at = 0; at < sealed.length; at++) {
      const place = alphabet.indexOf(sealed.charAt(at));
      // 32 is the highest of a character's six bits: never one that base64url ignores.
      const changed = place < 0 ? "A" : alphabet.charAt(place ^ 32);
      await expect(
        open(sealed.slice(0, at) + changed + sealed.slice(at + 1), "row"),
        `character ${at}`,
      ).rejects.toThrow();
    }
  });

  it("does not open under a header that says another row, though the ciphertext is the same", async () => {
    const { seal, open } = await withKeyring(ring);
    const [header = "", ...rest] = (await seal("a secret", "row 1")).split(".");
    const forged = { ...JSON.parse(Buffer.from(header, "base64url").toString()), sub: "row 2" };
    const moved = [Buffer.from(JSON.stringify(forged)).toString("base64url"), ...rest].join(".");
    await expect(open(moved, "row 2")).rejects.toThrow();
  });

  it("says which key is missing when the keyring does not have it, and never the text", async () => {
    const sealed = await (await withKeyring(ring)).seal("the text of a secret", "row");
    const { open } = await withKeyring(`k2:${key()}`);
    const refused = open(sealed, "row");
    await expect(refused).rejects.toThrow('SEALING_KEYS has no key named "k1".');
    await expect(refused).rejects.not.toThrow("the text of a secret");
  });

  it("does not open with another key of the same name", async () => {
    const sealed = await (await withKeyring(ring)).seal("a secret", "row");
    await expect((await withKeyring(`k1:${key()}`)).open(sealed, "row")).rejects.toThrow();
  });
});

describe("a rotated keyring", () => {
  it("seals with its first key and opens what an older one sealed", async () => {
    const before = await (await withKeyring(ring)).seal("sealed before", "row");
    const { seal, open } = await withKeyring(`k2:${key()},${ring}`);
    const after = await seal("sealed after", "row");
    expect(decodeProtectedHeader(after).kid).toBe("k2");
    expect(await open(before, "row")).toBe("sealed before");
    expect(await open(after, "row")).toBe("sealed after");
  });
});
