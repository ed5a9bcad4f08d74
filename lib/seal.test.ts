/** Sealing secrets at rest, and what does not open. */
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { compactDecrypt, decodeProtectedHeader } from "jose";
import { beforeEach, describe, expect, it, vi } from "vitest";

const key = () => randomBytes(32).toString("base64url");

/** A fresh copy of the module, as a process that starts with this keyring has it. */
async function withKeyring(keyring: string) {
  Object.assign(process.env, { AUTH_SECRET: key(), SEALING_KEYS: keyring });
  vi.resetModules();
  return import("./seal");
}

type Parts = { header: Record<string, string>; key: string; iv: string; text: string; tag: string };

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
        expect(open(await seal(secret, row), row)).toBe(secret);
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
    const sealed = await seal("a secret", "row 1");
    expect(() => open(sealed, "row 2")).toThrow("belongs to another row");
  });

  it("does not open when any of its characters is changed", async () => {
    const { seal, open } = await withKeyring(ring);
    const sealed = await seal("a secret of some length, as secrets are", "row");
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (let at = 0; at < sealed.length; at++) {
      const place = alphabet.indexOf(sealed.charAt(at));
      // 32 is the highest of a character's six bits: never one that base64url ignores.
      const changed = place < 0 ? "A" : alphabet.charAt(place ^ 32);
      expect(() => open(sealed.slice(0, at) + changed + sealed.slice(at + 1), "row"), `character ${at}`).toThrow();
    }
  });

  it("does not open under a header that says another row, though the ciphertext is the same", async () => {
    const { seal, open } = await withKeyring(ring);
    const [header = "", ...rest] = (await seal("a secret", "row 1")).split(".");
    const forged = { ...JSON.parse(Buffer.from(header, "base64url").toString()), sub: "row 2" };
    const moved = [Buffer.from(JSON.stringify(forged)).toString("base64url"), ...rest].join(".");
    expect(() => open(moved, "row 2")).toThrow();
  });

  it("says which key is missing when the keyring does not have it, and never the text", async () => {
    const sealed = await (await withKeyring(ring)).seal("the text of a secret", "row");
    const { open } = await withKeyring(`k2:${key()}`);
    expect(() => open(sealed, "row")).toThrow(/^SEALING_KEYS has no key named "k1"\.$/);
  });

  it("does not open with another key of the same name", async () => {
    const sealed = await (await withKeyring(ring)).seal("a secret", "row");
    const { open } = await withKeyring(`k1:${key()}`);
    expect(() => open(sealed, "row")).toThrow();
  });

  it.each([
    ["another algorithm", ({ header, ...rest }: Parts) => ({ header: { ...header, alg: "A256KW" }, ...rest })],
    ["another cipher", ({ header, ...rest }: Parts) => ({ header: { ...header, enc: "A128GCM" }, ...rest })],
    ["a key of its own", (parts: Parts) => ({ ...parts, key: "AAAA" })],
    ["a shorter tag", ({ tag, ...rest }: Parts) => ({ ...rest, tag: tag.slice(0, 16) })],
    ["a part more", ({ tag, ...rest }: Parts) => ({ ...rest, tag: `${tag}.AAAA` })],
    ["no tag", (parts: Parts) => ({ ...parts, tag: "" })],
  ])("does not open with %s", async (_, change) => {
    const { seal, open } = await withKeyring(ring);
    const [header = "", key = "", iv = "", text = "", tag = ""] = (await seal("a secret", "row")).split(".");
    const told = JSON.parse(Buffer.from(header, "base64url").toString());
    const made = change({ header: told, key, iv, text, tag });
    const head = Buffer.from(JSON.stringify(made.header)).toString("base64url");
    expect(() => open([head, made.key, made.iv, made.text, made.tag].join("."), "row")).toThrow();
  });

  it("opens by jose too: any library that knows RFC 7516 gets it back", async () => {
    const { seal } = await withKeyring(ring);
    const bytes = Buffer.from(ring.split(":")[1] ?? "", "base64url");
    const { plaintext } = await compactDecrypt(await seal("a secret", "row"), bytes);
    expect(new TextDecoder().decode(plaintext)).toBe("a secret");
  });
});

describe("a rotated keyring", () => {
  it("seals with its first key and opens what an older one sealed", async () => {
    const before = await (await withKeyring(ring)).seal("sealed before", "row");
    const { seal, open } = await withKeyring(`k2:${key()},${ring}`);
    const after = await seal("sealed after", "row");
    expect(decodeProtectedHeader(after).kid).toBe("k2");
    expect(open(before, "row")).toBe("sealed before");
    expect(open(after, "row")).toBe("sealed after");
  });
});
