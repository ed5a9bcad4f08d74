/** The points of RFC 8725 that take a key to see; each test is named after its section. What a reader without a key can see stands in lib/jwt/rfc.test.ts. */
import { createHmac, hkdfSync, randomBytes } from "node:crypto";
import { CompactEncrypt, exportJWK, generateKeyPair } from "jose";
import { describe, expect, test } from "vitest";
import { deviceOf, markDevice } from "@/lib/auth/device";
import { newJti } from "@/lib/composer/new-jti";
import { judge } from "@/lib/decoder/verdict";
import { env, parseSettings, SettingsError } from "@/lib/env";
import { readToken, type TokenReading } from "@/lib/jwt/read";
import { createKey } from "@/lib/keys/create";
import { newId } from "@/lib/new-id";
import type { Claims } from "@/lib/profiles/profile";
import { abilities } from "@/lib/profiles/videosdk/abilities";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { open, seal } from "@/lib/seal";
import { newApiKey, newSecret, openDesk, refusalOf } from "@/lib/test-desk";
import { inspectToken } from "./inspect";

const desk = await openDesk();
const key = await desk.addKey();

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const signingInput = (claims: Claims, header: object) => `${encode(header)}.${encode(claims)}`;

function sign(claims: Claims, secret: string | Buffer, header: object = { alg: "HS256", typ: "JWT" }): string {
  const input = signingInput(claims, header);
  return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
}

function claimsOf(apikey: string, more: object = {}): Claims {
  const iat = Math.floor(Date.now() / 1000);
  return { apikey, permissions: ["allow_join"], iat, exp: iat + 3600, jti: newJti(), ...more };
}

const signatureOf = async (token: string) => (await inspectToken(desk.issuer, { token })).signature;

/** As the decode page does it: read, ask the server, judge. */
async function wordOf(token: string): Promise<string> {
  const inspection = await inspectToken(desk.issuer, { token });
  const now = Math.floor(Date.now() / 1000);
  return judge(videosdk, readToken(token) as TokenReading, { server: { state: "answered", inspection }, now }).word;
}

describe("RFC 8725", () => {
  test("§2.2 and §3.5 weak symmetric keys: a secret of less than 256 bits signs nothing, whatever it is made of", async () => {
    const add = (secret: string) =>
      createKey(desk.admin, { profile: "videosdk", label: "Weak", apiKey: newApiKey(), secret, maxLifetime: "" });
    for (const secret of [
      newSecret().slice(0, 31),
      randomBytes(16).toString("base64url"),
      `${"-_.~!$*".repeat(4)}x+y`,
    ]) {
      const { code, extra } = await refusalOf(add(secret));
      expect([code, extra.fields?.secret]).toEqual(["invalid", expect.stringContaining("at least 32")]);
    }
    await expect(add(newSecret().slice(0, 32))).resolves.toBeDefined();
    const settings = { AUTH_SECRET: randomBytes(23).toString("base64url"), SEALING_KEYS: process.env.SEALING_KEYS };
    expect(() => parseSettings(settings)).toThrow(SettingsError);
  });

  test("§2.3 composition: a sealed secret that was changed, cut or moved to another row is not opened", async () => {
    const sealed = await seal("the secret", "row 1");
    expect(open(sealed, "row 1")).toBe("the secret");
    expect(() => open(sealed, "row 2")).toThrow("another row");
    const [header, , iv, ciphertext, tag] = sealed.split(".") as [string, string, string, string, string];
    const flipped = (text: string) => `${text[0] === "A" ? "B" : "A"}${text.slice(1)}`;
    for (const parts of [
      [flipped(header), "", iv, ciphertext, tag],
      [header, "", flipped(iv), ciphertext, tag],
      [header, "", iv, flipped(ciphertext), tag],
      [header, "", iv, ciphertext, flipped(tag)],
      [header, "", iv, ciphertext, ""],
      [encode({ alg: "dir", enc: "A256GCM", kid: "test", sub: "row 2" }), "", iv, ciphertext, tag],
    ])
      expect(() => open(parts.join("."), "row 2")).toThrow();
  });

  test("§2.5 no elliptic curve is agreed upon: what is sealed opens by the keyring alone, and a JWE is no token", async () => {
    const { publicKey } = await generateKeyPair("ECDH-ES");
    const [current] = env().SEALING_KEYS;
    const jwe = (alg: string, to: Parameters<CompactEncrypt["encrypt"]>[0], enc = "A256GCM") =>
      new CompactEncrypt(new TextEncoder().encode("theirs"))
        .setProtectedHeader({ alg, enc, kid: current?.kid ?? "", sub: "row 1" })
        .encrypt(to);
    for (const sealed of [
      await jwe("ECDH-ES", publicKey),
      await jwe("ECDH-ES+A256KW", publicKey),
      await jwe("A256KW", current?.bytes ?? new Uint8Array()),
      await jwe("A256GCMKW", current?.bytes ?? new Uint8Array()),
    ]) {
      expect(() => open(sealed, "row 1")).toThrow();
      expect(readToken(sealed).kind).toBe("not-a-token");
    }
    expect(open(await jwe("dir", current?.bytes ?? new Uint8Array()), "row 1")).toBe("theirs");
  });

  test("§2.7 and §3.8 substitution: the issuer that a token names must be the one whose secret signed it", async () => {
    const other = await desk.addKey();
    const crossed = sign(claimsOf(other.apiKey), key.secret);
    expect(await signatureOf(crossed)).toMatchObject({ state: "right", otherKey: true });
    expect(await wordOf(crossed)).toBe("Bad signature");
    const own = sign(claimsOf(key.apiKey), key.secret);
    expect(await signatureOf(own)).toMatchObject({ state: "right", otherKey: false });
    // `iss` and `sub` say nothing in this format: they cannot stand in for `apikey`.
    const { apikey, ...nameless } = claimsOf(key.apiKey, { iss: key.apiKey, sub: key.apiKey });
    expect(await wordOf(sign(nameless, key.secret))).toBe("Breaks VideoSDK's rules");
  });

  test("§3.3 every signature is checked in full: no length and no prefix of the right one passes", async () => {
    const token = sign(claimsOf(key.apiKey), key.secret);
    const at = token.lastIndexOf(".") + 1;
    const right = Buffer.from(token.slice(at), "base64url");
    for (const bytes of [
      ...[1, 16, 31].map((length) => right.subarray(0, length)),
      Buffer.concat([right, Buffer.alloc(1)]),
      Buffer.concat([right, right]),
      Buffer.alloc(32),
      Buffer.from(right.map((byte, index) => (index === 31 ? byte ^ 1 : byte))),
    ]) {
      const changed = token.slice(0, at) + bytes.toString("base64url");
      const state = await signatureOf(changed).then(
        (answer) => answer.state,
        ({ code }) => code,
      );
      expect([bytes.length, state]).toEqual([bytes.length, bytes.length === 32 ? "wrong" : "invalid"]);
    }
    expect((await signatureOf(token)).state).toBe("right");
  });

  test("§3.4 cryptographic inputs are validated: an empty, a public and a token's own key make no right signature", async () => {
    const { publicKey } = await generateKeyPair("RS256", { extractable: true });
    const jwk = await exportJWK(publicKey);
    const own = randomBytes(32);
    for (const [secret, header] of [
      ["", {}],
      ["\0".repeat(32), {}],
      [JSON.stringify(jwk), { jwk }],
      [own.toString("base64url"), { jwk: { kty: "oct", k: own.toString("base64url") } }],
      [own.toString("base64url"), { kid: own.toString("base64url") }],
    ] as const) {
      const token = sign(claimsOf(key.apiKey), secret, { alg: "HS256", typ: "JWT", ...header });
      expect([header, (await signatureOf(token)).state]).toEqual([header, "wrong"]);
    }
  });

  test("§3.9 the format has no audience: room, participant and roles limit a token, and `aud` limits nothing", () => {
    const now = Math.floor(Date.now() / 1000);
    const answers = (claims: Claims) => abilities(claims, { at: now + 1 }).map(({ id, answer }) => [id, answer]);
    const plain = claimsOf(key.apiKey);
    expect(answers({ ...plain, aud: "another service" })).toEqual(answers(plain));
    for (const limit of [{ roomId: "2kyv-gzay-64pg" }, { participantId: "lxvdplwt" }, { roles: ["rtc"] }])
      expect(answers({ ...plain, version: 2, ...limit })).not.toEqual(answers(plain));
  });

  test("§2.8 and §3.12 kinds do not mix: what this desk seals and signs for itself is no VideoSDK token", async () => {
    expect(readToken(await seal("a secret", "row 1")).kind).toBe("not-a-token");
    const { AUTH_SECRET, SEALING_KEYS } = env();
    for (const secret of [AUTH_SECRET, Buffer.from(SEALING_KEYS[0]?.bytes ?? []).toString("base64url")]) {
      expect((await signatureOf(sign(claimsOf(newApiKey()), secret))).state).toBe("unknown-key");
      expect((await signatureOf(sign(claimsOf(key.apiKey), secret))).state).toBe("wrong");
    }
    // Nor does anything else of ours pass for a device's mark: its key and its type are its own.
    const member = { id: newId(), passwordHash: "a hash" };
    const mark = await markDevice(member);
    const payload = JSON.parse(Buffer.from(mark.split(".")[1] ?? "", "base64url").toString()) as Claims;
    const own = Buffer.from(hkdfSync("sha256", AUTH_SECRET, "", "claimcheck device", 32));
    const device = { alg: "HS256", typ: "device+jwt" };
    expect(await deviceOf(sign(payload, own, device), member)).toBe(payload.jti);
    for (const other of [
      sign(payload, own, { alg: "HS256" }),
      sign(payload, own, { alg: "HS256", typ: "JWT" }),
      sign(payload, AUTH_SECRET, device),
    ])
      expect(await deviceOf(other, member)).toBeUndefined();
  });
});
