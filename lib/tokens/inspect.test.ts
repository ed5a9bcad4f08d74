/** Inspecting: which secret signed a token and how, whether it is in the ledger, and what is recorded of the look. */
import { createHmac } from "node:crypto";
import Database from "better-sqlite3";
import jwt from "jsonwebtoken";
import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { newJti } from "@/lib/composer/new-jti";
import { judge, reasonOf } from "@/lib/decoder/verdict";
import { readToken, type TokenReading } from "@/lib/jwt/read";
import { changeKey } from "@/lib/keys/change";
import { setKeyStatus } from "@/lib/keys/set-status";
import { limits } from "@/lib/limits";
import type { Claims } from "@/lib/profiles/profile";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { seal } from "@/lib/seal";
import { LONGEST_SENDABLE } from "@/lib/sizes";
import { setMemberStatus } from "@/lib/team/set-status";
import {
  failureOf,
  issueForm,
  newApiKey,
  newSecret,
  openDesk,
  recorded,
  refusalOf,
  type TestKey,
} from "@/lib/test-desk";
import { inspectToken } from "./inspect";
import { issueToken } from "./issue";
import { lookUpTokens } from "./look-up";
import { tokenSha256 } from "./sign";

const desk = await openDesk();
let key: TestKey;
beforeEach(async () => {
  const empty = (...tables: string[]) =>
    desk.raw((db) => db.exec(tables.map((table) => `DELETE FROM "${table}"`).join("; ")));
  // Without the keys of the tests before: every secret is tried in all its forms.
  empty("IssuedToken", "CaseToken", "Case", "SecretVersion", "SigningKey");
  key = await desk.addKey();
  empty("AuditEvent", "Counter");
});

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Whatever header and key, without a library in between. */
function sign(claims: Claims, secret: string | Buffer, header: object = { alg: "HS256", typ: "JWT" }): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
}

const claimsOf = (apikey: string, more: object = {}): Claims => {
  const iat = Math.floor(Date.now() / 1000);
  return { apikey, permissions: ["allow_join"], iat, exp: iat + 3600, jti: newJti(), ...more };
};

const inspect = (token: string, actor: Actor = desk.issuer) => inspectToken(actor, { token });
const signatureOf = async (token: string) => (await inspect(token)).signature;
const events = () => recorded();

async function retire(of: TestKey): Promise<string> {
  const secret = newSecret();
  const id = newJti();
  const sealed = await seal(secret, id);
  desk.raw((db) =>
    db
      .prepare(
        "INSERT INTO SecretVersion (id, keyId, sealed, fingerprint, createdAt, retiredAt) VALUES (?, ?, ?, 'aaaaaaaaaaaa', 1577836800000, 1609459200000)",
      )
      .run(id, of.id, sealed),
  );
  return secret;
}

describe("a token that was issued here", () => {
  it("is right, and is told with its number, issuer, template, purpose and event", async () => {
    const { token, number, claims } = await issueToken(desk.issuer, {
      ...issueForm(key),
      roles: ["rtc"],
      template: "participant",
      purpose: "A demo",
    });
    const { signature, ledger, keyDisabled } = await inspect(token, desk.admin);
    expect(signature).toEqual({ state: "right", keyLabel: key.label, retired: false, otherKey: false });
    expect(keyDisabled).toBe(false);
    expect(ledger).toMatchObject({
      state: "issued",
      entry: {
        number,
        jti: claims.jti,
        actorName: desk.issuer.name,
        issuedAt: claims.iat,
        via: "dashboard",
        keyLabel: key.label,
        templateName: "Participant",
        purpose: "A demo",
        revokedAt: null,
        event: 1,
      },
    });
  });

  it("and the look is recorded under who looked, each time", async () => {
    const { token, number, claims } = await issueToken(desk.issuer, issueForm(key));
    await inspect(token, desk.auditor);
    await inspect(token, desk.auditor);
    expect((await events()).slice(1)).toMatchObject(
      Array(2).fill({
        action: "token.inspected",
        outcome: "ok",
        actorId: desk.auditor.id,
        jti: claims.jti,
        tokenNumber: number,
        sha256: tokenSha256(token),
        detail: { found: "issued here", signature: "right" },
      }),
    );
  });

  it("says since when it is marked as revoked", async () => {
    const { token } = await issueToken(desk.issuer, issueForm(key));
    desk.raw((db) => db.exec("UPDATE IssuedToken SET revokedAt = 1795478400000"));
    expect((await inspect(token)).ledger).toMatchObject({ entry: { revokedAt: Date.UTC(2026, 10, 24) / 1000 } });
  });

  it("says whether whom to ask is disabled", async () => {
    const { token } = await issueToken(desk.issuer, issueForm(key));
    expect((await inspect(token, desk.support)).ledger).toMatchObject({ entry: { ask: `Ask ${desk.issuer.name}` } });
    expect((await inspect(token, desk.issuer)).ledger).toMatchObject({ entry: { ask: "You issued it" } });
    await setMemberStatus(desk.admin, { memberId: desk.issuer.id, disabled: true });
    expect((await inspect(token, desk.support)).ledger).toMatchObject({
      entry: { ask: `${desk.issuer.name} is disabled: ask an admin` },
    });
    desk.raw((db) => db.exec("UPDATE Member SET disabledAt = NULL; UPDATE Session SET endedAt = NULL"));
  });

  it("says that its key is disabled", async () => {
    const { token } = await issueToken(desk.issuer, issueForm(key));
    await setKeyStatus(desk.admin, { keyId: key.id, disabled: true });
    expect(await inspect(token)).toMatchObject({ keyDisabled: true, signature: { state: "right" } });
  });
});

describe("a token that was altered after it was issued", () => {
  it("is wrong in its signature, but its jti tells what it was", async () => {
    const { token, claims, number } = await issueToken(desk.issuer, issueForm(key));
    const [header, , signature] = token.split(".");
    const altered = [header, encode({ ...claims, permissions: ["allow_join", "allow_mod"] }), signature].join(".");
    const answer = await inspect(altered);
    expect(answer.signature).toEqual({ state: "wrong", keyLabel: key.label });
    expect(answer.ledger).toMatchObject({ state: "altered", entry: { number }, claims });
    expect((await events()).at(-1)).toMatchObject({
      action: "token.inspected",
      detail: { found: "altered after issuing", signature: "wrong" },
      sha256: tokenSha256(altered),
      tokenNumber: number,
    });
  });

  it("says that its claims are the issued one's also to who is not told these: then it was damaged", async () => {
    const [auditor, support] = [await desk.addMember("auditor"), await desk.addMember("support")];
    const { token, claims } = await issueToken(desk.issuer, issueForm(key));
    const damaged = token.slice(0, -8) + "A".repeat(8);
    for (const actor of [auditor, support]) {
      const { ledger } = await inspectToken(actor, { token: damaged });
      expect(ledger).toMatchObject({ state: "altered", sameClaims: true });
      expect("claims" in ledger).toBe(actor === auditor);
    }
    const [header, , signature] = damaged.split(".");
    const other = [header, encode({ ...claims, version: 2, roles: ["rtc"] }), signature].join(".");
    expect((await inspectToken(support, { token: other })).ledger).not.toHaveProperty("sameClaims");
  });

  it("says in its record what a senseless signature is worth: anybody who knows the jti can write one", async () => {
    const { claims } = await issueToken(desk.issuer, issueForm(key));
    await inspect(sign({ apikey: newApiKey(), jti: claims.jti }, newSecret()));
    expect((await events()).slice(1)).toMatchObject([
      { action: "token.inspected", detail: { found: "altered after issuing", signature: "unknown-key" } },
    ]);
  });

  it("is no other token, though the bits of its last character that mean nothing were changed: no alarm for that", async () => {
    const { token, number } = await issueToken(desk.issuer, issueForm(key));
    const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const stray = `${token.slice(0, -1)}${digits[digits.indexOf(token.at(-1) ?? "") + 1]}`;
    for (const twin of [stray, `${token}=`])
      expect(await inspect(twin)).toMatchObject({
        signature: { state: "right" },
        ledger: { state: "issued", entry: { number } },
      });
    expect((await events()).slice(1).map(({ action, sha256 }) => [action, sha256])).toEqual(
      Array(2).fill(["token.inspected", tokenSha256(token)]),
    );
  });
});

describe("the signature is", () => {
  it("right by the secret's characters as they are", async () => {
    expect(await signatureOf(sign(claimsOf(key.apiKey), key.secret))).toMatchObject({
      state: "right",
      keyLabel: key.label,
    });
  });

  it("right whatever else the header says, and in whatever order", async () => {
    const header = { kid: "x", typ: "at+jwt", alg: "HS256" };
    expect(await signatureOf(sign(claimsOf(key.apiKey), key.secret, header))).toMatchObject({ state: "right" });
  });

  it("right by another key's secret than the one that apikey names", async () => {
    const other = await desk.addKey();
    expect(await signatureOf(sign(claimsOf(key.apiKey), other.secret))).toEqual({
      state: "right",
      keyLabel: other.label,
      retired: false,
      otherKey: true,
      namesOwn: true,
    });
  });

  it("right by a key's secret where apikey is missing or unknown: then too it is another key's", async () => {
    for (const apikey of [undefined, newApiKey(), 42])
      expect(await signatureOf(sign({ ...claimsOf(""), apikey }, key.secret))).toMatchObject({
        state: "right",
        otherKey: true,
      });
  });

  it("right, and never another key's, where apikey names its key with other capitals: which is told by itself", async () => {
    const inCapitals = claimsOf(key.apiKey.toUpperCase());
    expect(inCapitals.apikey).not.toBe(key.apiKey);
    expect(await inspect(sign(inCapitals, key.secret))).toMatchObject({
      signature: { state: "right", otherKey: false },
      keyInOtherCapitals: key.label,
      keyDisabled: false,
    });
    expect(await inspect(sign(inCapitals, newSecret()))).toMatchObject({
      signature: { state: "wrong", keyLabel: key.label },
      keyInOtherCapitals: key.label,
    });
    expect(await inspect(sign(claimsOf(key.apiKey), key.secret))).not.toHaveProperty("keyInOtherCapitals");
    const { apikey, ...rest } = claimsOf(key.apiKey);
    expect(await inspect(sign({ ...rest, APIKEY: apikey }, key.secret))).not.toHaveProperty("keyInOtherCapitals");
  });

  it("right by a retired secret, and says so", async () => {
    const before = await retire(key);
    expect(await signatureOf(sign(claimsOf(key.apiKey), before))).toEqual({
      state: "right",
      keyLabel: key.label,
      retired: true,
      retiredAt: expect.any(Number),
      otherKey: false,
    });
  });

  it.each([
    ["base64-decoded", (secret: string) => Buffer.from(secret, "base64")],
    ["hex-decoded", (secret: string) => Buffer.from(secret, "hex")],
    ["trailing-newline", (secret: string) => `${secret}\n`],
    ["trailing-newline", (secret: string) => `${secret}\r\n`],
    ["trailing-newline", (secret: string) => `${secret}\n\n`],
    ["white-space", (secret: string) => `${secret} `],
    ["white-space", (secret: string) => ` ${secret}`],
    ["white-space", (secret: string) => `${secret}  `],
    ["white-space", (secret: string) => `${secret} \r\n`],
    ["white-space", (secret: string) => ` ${secret}\n`],
    ["quoted", (secret: string) => `"${secret}"`],
    ["quoted", (secret: string) => `'${secret}'`],
    ["quoted", (secret: string) => `“${secret}”`],
    ["quoted", (secret: string) => `‘${secret}’`],
    ["quoted", (secret: string) => `"${secret}"\n`],
    ["byte-order-mark", (secret: string) => `\ufeff${secret}`],
    ["api-key-as-secret", (_: string, apiKey: string) => apiKey],
  ] as const)("a mistake that backends make: %s", async (mistake, wronged) => {
    const token = sign(claimsOf(key.apiKey), wronged(key.secret, key.apiKey));
    expect(await signatureOf(token)).toEqual({ state: "mistake", keyLabel: key.label, retired: false, mistake });
  });

  it("what files of settings give, and what comes along when it is copied", async () => {
    // Somebody of their own: the issuer's inspections of this minute are used up by the other tests.
    const member = await desk.addMember("issuer");
    const { secret } = key;
    for (const [mistake, wronged] of [
      ...[`"${secret}"\r\n`, `‘${secret}’\r\n`, `${secret}"`, `"${secret}`, `'${secret}\r\n`].map((each) => [
        "quoted",
        each,
      ]),
      ...[`\n${secret}`, `\r\n${secret}\r\n`, `\t${secret}`].map((each) => ["white-space", each]),
      ...[`\u200b${secret}`, `${secret}\u200b`, `${secret}\u200b\r\n`].map((each) => ["white-space", each]),
    ] as const) {
      const { signature } = await inspectToken(member, { token: sign(claimsOf(key.apiKey), wronged ?? "") });
      expect([wronged, signature]).toMatchObject([wronged, { state: "mistake", mistake }]);
    }
  });

  it("no mistake where a secret of ours has no base64 character: that would be the empty key, which anybody has", async () => {
    const id = newJti();
    const sealed = await seal("日".repeat(20), id);
    desk.raw((db) => db.prepare("UPDATE SecretVersion SET id = ?, sealed = ? WHERE keyId = ?").run(id, sealed, key.id));
    expect(await signatureOf(sign(claimsOf(key.apiKey), ""))).toEqual({ state: "wrong", keyLabel: key.label });
  });

  it.each([
    ["HS384", "hs384"],
    ["HS512", "hs512"],
  ] as const)("our secret with %s, told as the other mistakes are", async (algorithm, mistake) => {
    const claims = { apikey: key.apiKey, permissions: ["allow_join"] };
    const token = jwt.sign(claims, key.secret, { algorithm, expiresIn: 3600 });
    // Somebody of their own: the issuer's inspections of this minute are used up by the other tests.
    const member = await desk.addMember("issuer");
    const inspection = await inspectToken(member, { token });
    const { signature } = inspection;
    expect(signature).toEqual({ state: "mistake", keyLabel: key.label, retired: false, mistake });
    const verdict = judge(videosdk, readToken(token) as TokenReading, {
      server: { state: "answered", inspection },
      now: Math.floor(Date.now() / 1000),
    });
    expect([verdict.word, reasonOf(verdict)]).toEqual([
      "Bad signature",
      `Signed with the right secret of “${key.label}”, but with ${algorithm}.`,
    ]);
    const strange = await inspectToken(member, { token: jwt.sign(claims, newSecret(), { algorithm }) });
    expect(strange.signature.state).toBe("wrong");
  });

  it("of a very long token only with a secret of the key that it names: each form of each secret hashes all of it", async () => {
    const member = await desk.addMember("issuer");
    const long = { note: "x".repeat(4000) };
    const state = async (apikey: string, more: object) =>
      (await inspect(sign(claimsOf(apikey, more), `${key.secret};`), member)).signature.state;
    expect(await state(key.apiKey, long)).toBe("mistake");
    expect(await state(newApiKey(), {})).toBe("mistake");
    expect(await state(newApiKey(), long)).toBe("unknown-key");
  });

  it("a mistake with a retired secret", async () => {
    const before = await retire(key);
    expect(await signatureOf(sign(claimsOf(key.apiKey), `${before}\n`))).toEqual({
      state: "mistake",
      keyLabel: key.label,
      retired: true,
      mistake: "trailing-newline",
    });
  });

  it("wrong where apikey is ours and no secret of ours explains it", async () => {
    expect(await signatureOf(sign(claimsOf(key.apiKey), newSecret()))).toEqual({ state: "wrong", keyLabel: key.label });
    expect(await signatureOf(sign(claimsOf(key.apiKey), ""))).toEqual({ state: "wrong", keyLabel: key.label });
    expect(await signatureOf(sign(claimsOf(key.apiKey), [...key.secret].reverse().join("")))).toEqual({
      state: "wrong",
      keyLabel: key.label,
    });
  });

  it("wrong when a single bit of it is turned", async () => {
    const token = sign(claimsOf(key.apiKey), key.secret);
    const [header, payload, signature = ""] = token.split(".");
    const bytes = Buffer.from(signature, "base64url");
    for (const byte of [0, 15, 31]) {
      const turned = Buffer.from(bytes);
      turned[byte] = (turned[byte] ?? 0) ^ 1;
      expect(await signatureOf([header, payload, turned.toString("base64url")].join("."))).toMatchObject({
        state: "wrong",
      });
    }
  });

  it("of an unknown key where neither apikey nor the secret is ours", async () => {
    expect(await inspect(sign(claimsOf(newApiKey()), newSecret()))).toEqual({
      signature: { state: "unknown-key" },
      ledger: { state: "absent" },
      keyDisabled: null,
    });
    expect(await events()).toEqual([]);
  });

  it("of an unknown key on a desk that has none", async () => {
    const token = sign(claimsOf(key.apiKey), key.secret);
    desk.raw((db) => db.exec("DELETE FROM SecretVersion; DELETE FROM SigningKey"));
    expect(await signatureOf(token)).toEqual({ state: "unknown-key" });
  });
});

describe("what the token says of its own checking is not followed:", () => {
  const forged = "a key that an attacker has chosen, long enough";
  const jwk = { kty: "oct", alg: "HS256", k: Buffer.from(forged).toString("base64url") };

  it.each([
    ["a key in the header", { jwk }],
    ["an address of keys", { jku: "https://evil.example/jwks.json" }],
    ["a certificate", { x5c: [Buffer.from(forged).toString("base64")] }],
    ["an address of a certificate", { x5u: "https://evil.example/cert.pem" }],
    ["a key's name that is a path", { kid: "../../../../dev/null" }],
    ["a key's name that is a query", { kid: "' UNION SELECT 'x" }],
  ])("%s", async (_, more) => {
    const header = { alg: "HS256", ...more };
    for (const secret of [forged, "", Buffer.alloc(0), Buffer.from(forged).toString("base64")])
      expect(await signatureOf(sign(claimsOf(key.apiKey), secret, header))).toEqual({
        state: "wrong",
        keyLabel: key.label,
      });
  });

  it.each<[string, object]>([
    ["that demands what nobody understands", { alg: "HS256", crit: ["exp-in-header"], "exp-in-header": 1 }],
    ["that says the payload is not encoded", { alg: "HS256", b64: false }],
    ["of a token within a token", { alg: "HS256", cty: "JWT" }],
    ["with alg None", { alg: "None" }],
    ["with alg HS512", { alg: "HS512" }],
    ["with alg RS256", { alg: "RS256" }],
    ["with alg hs256", { alg: "hs256" }],
    ["with a list of algs", { alg: ["HS256"] }],
    ["without alg", { typ: "JWT" }],
    ["101 deep", { alg: "HS256", deep: JSON.parse(`${"[".repeat(101)}${"]".repeat(101)}`) }],
  ])("a header %s does not hide that our secret made the signature", async (_, header) => {
    const token = sign(claimsOf(key.apiKey), key.secret, header);
    expect(await signatureOf(token)).toMatchObject({ state: "right", keyLabel: key.label });
    expect((await events()).at(-1)).toMatchObject({ action: "token.signed_elsewhere", keyId: key.id });
  });

  it.each<[string, string]>([
    ["that is no text in UTF-8", Buffer.from([0x7b, 0xff, 0x7d]).toString("base64url")],
    ["101 deep", Buffer.from(`{"a":${"[".repeat(101)}${"]".repeat(101)}}`).toString("base64url")],
    ["that is no JSON", Buffer.from("{").toString("base64url")],
  ])("a payload %s does not hide it either", async (_, payload) => {
    const input = `${encode({ alg: "HS256" })}.${payload}`;
    const token = `${input}.${createHmac("sha256", key.secret).update(input).digest("base64url")}`;
    expect(await signatureOf(token)).toMatchObject({ state: "right", keyLabel: key.label });
    expect((await events()).at(-1)).toMatchObject({ action: "token.signed_elsewhere", keyId: key.id });
  });
});

describe("a token that was signed elsewhere with our secret", () => {
  it("is recorded once, however often it is pasted, also at once", async () => {
    const token = sign(claimsOf(key.apiKey), key.secret);
    await Promise.all([inspect(token), inspect(token), inspect(token, desk.admin)]);
    expect((await inspect(token)).ledger).toEqual({ state: "absent" });
    expect(await events()).toMatchObject([
      {
        action: "token.signed_elsewhere",
        outcome: "failed",
        keyId: key.id,
        keyLabel: key.label,
        sha256: tokenSha256(token),
        tokenNumber: null,
        detail: { apiKey: key.apiKey },
      },
    ]);
  });

  it("is another event for another token", async () => {
    await inspect(sign(claimsOf(key.apiKey), key.secret));
    await inspect(sign(claimsOf(key.apiKey), key.secret));
    expect((await events()).map(({ action }) => action)).toEqual(["token.signed_elsewhere", "token.signed_elsewhere"]);
  });

  it("is recorded under the key whose secret it was, whatever apikey says", async () => {
    await inspect(sign(claimsOf(newApiKey()), key.secret));
    expect(await events()).toMatchObject([{ keyId: key.id, detail: { apiKey: key.apiKey } }]);
  });

  it.each([
    ["as it is", (jti: string) => jti],
    ["in capitals", (jti: string) => jti.toUpperCase()],
  ])(
    "is recorded also when it carries the jti of one that we issued, %s, with the number it imitates",
    async (_, spell) => {
      const { claims, number } = await issueToken(desk.issuer, { ...issueForm(key), roomId: "a-room" });
      const forged = sign({ ...claims, jti: spell(String(claims.jti)), exp: Number(claims.exp) + 1 }, key.secret);
      for (const actor of [desk.auditor, desk.issuer]) {
        const answer = await inspect(forged, actor);
        expect(answer).toMatchObject({
          signature: { state: "right" },
          ledger: { state: "altered", entry: { number } },
        });
      }
      const looked = { action: "token.inspected", detail: { found: "altered after issuing", signature: "right" } };
      expect((await events()).slice(1)).toMatchObject([
        looked,
        {
          action: "token.signed_elsewhere",
          outcome: "failed",
          actorId: desk.auditor.id,
          keyId: key.id,
          tokenNumber: number,
          jti: claims.jti,
          room: "a-room",
          sha256: tokenSha256(forged),
          detail: { apiKey: key.apiKey, imitates: number },
        },
        { action: "case.opened", keyId: key.id, detail: { case: 1 } },
        looked,
      ]);
    },
  );

  it.each<[string, (jti: string) => unknown]>([
    ["in a list", (jti) => [jti]],
    ["in a list, behind another one", (jti) => [newJti(), jti]],
    ["in an object", (jti) => ({ id: jti.toUpperCase() })],
    ["as a URN", (jti) => `urn:uuid:${jti}`],
    ["without its dashes", (jti) => jti.replaceAll("-", "")],
  ])("imitates ours also with its jti %s, whatever else signs with the key", async (_, hold) => {
    await changeKey(desk.admin, { keyId: key.id, signsElsewhere: "yes" });
    const { claims, number } = await issueToken(desk.issuer, issueForm(key));
    const looker = await desk.addMember("auditor");
    const forged = sign({ ...claims, jti: hold(String(claims.jti)) }, key.secret);
    expect(await inspect(forged, looker)).toMatchObject({
      ledger: { state: "altered", entry: { number } },
      elsewhere: { caseNumber: expect.any(Number) },
    });
    expect(await recorded("token.signed_elsewhere")).toMatchObject([{ detail: { imitates: number } }]);
  });

  it.each<[string, (claims: Claims) => string | Buffer]>([
    ["Latin-1", (claims) => Buffer.from(JSON.stringify({ ...claims, name: "Ana\u00efs" }), "latin1")],
    [
      "a claim 101 deep",
      (claims) => `${JSON.stringify(claims).slice(0, -1)},"x":${"[".repeat(101)}${"]".repeat(101)}}`,
    ],
    [
      "a claim 12,000 deep",
      (claims) => `${JSON.stringify(claims).slice(0, -1)},"x":${"[".repeat(12_000)}${"]".repeat(12_000)}}`,
    ],
    ["a byte order mark in front", (claims) => `\ufeff${JSON.stringify(claims)}`],
  ])("imitates ours also where its payload is read by others only: %s", async (_, write) => {
    await changeKey(desk.admin, { keyId: key.id, signsElsewhere: "yes" });
    const { claims, number } = await issueToken(desk.issuer, issueForm(key));
    const input = `${encode({ alg: "HS256" })}.${Buffer.from(write({ ...claims, permissions: ["allow_join", "allow_mod"] })).toString("base64url")}`;
    const forged = `${input}.${createHmac("sha256", key.secret).update(input).digest("base64url")}`;
    expect(await inspect(forged, await desk.addMember("auditor"))).toMatchObject({
      signature: { state: "right", otherKey: false },
      ledger: { state: "altered", entry: { number } },
      elsewhere: { caseNumber: expect.any(Number) },
    });
    expect(await recorded("token.signed_elsewhere")).toMatchObject([{ detail: { imitates: number } }]);
    const facts = await desk.raw((db) => db.prepare("SELECT moderates FROM CaseToken").all());
    expect(facts).toEqual([{ moderates: 1 }]);
  });

  it("is recorded under the key that signed it, not under the one of the token that it imitates", async () => {
    const other = await desk.addKey();
    const { claims } = await issueToken(desk.issuer, issueForm(key));
    await inspect(sign({ ...claims, apikey: other.apiKey }, other.secret));
    expect(await recorded("token.signed_elsewhere")).toMatchObject([{ keyId: other.id }]);
  });

  it("is no event when only a mistake explains it", async () => {
    await inspect(sign(claimsOf(key.apiKey), `${key.secret}\n`));
    expect(await events()).toEqual([]);
  });

  it("is one all the same where nothing else signs with the key: whoever made the mistake has the secret", async () => {
    const alone = await desk.addKey();
    await changeKey(desk.admin, { keyId: alone.id, signsElsewhere: "no" });
    const looker = await desk.addMember("auditor");
    const inspection = await inspect(sign(claimsOf(alone.apiKey), `${alone.secret}\n`), looker);
    expect(inspection).toMatchObject({
      signature: { state: "mistake" },
      elsewhere: { signsElsewhere: "no", caseNumber: expect.any(Number) },
    });
    expect(await recorded("token.signed_elsewhere")).toMatchObject([{ keyId: alone.id }]);
  });

  it("is none where the API key signed, which stands in every token: anybody could raise it", async () => {
    const alone = await desk.addKey();
    await changeKey(desk.admin, { keyId: alone.id, signsElsewhere: "no" });
    const before = await events();
    const inspection = await inspect(sign(claimsOf(alone.apiKey), alone.apiKey), await desk.addMember("auditor"));
    expect(inspection).toMatchObject({ signature: { state: "mistake", mistake: "api-key-as-secret" } });
    expect(inspection).not.toHaveProperty("elsewhere");
    expect(await events()).toEqual(before);
  });
});

describe("refused, and nothing is recorded:", () => {
  const good = () => sign(claimsOf(key.apiKey), key.secret);
  it.each([
    ["nothing", () => ""],
    ["no token", () => "a text"],
    ["a token that is cut", () => good().split(".").slice(0, 2).join(".")],
    ["an unsigned token", () => `${good().split(".").slice(0, 2).join(".")}.`],
    ["alg none", () => `${encode({ alg: "none" })}.${good().split(".")[1]}.x`],
    ["Bearer in front", () => `Bearer ${good()}`],
    ["a line break behind", () => `${good()}\n`],
    ["quotes around it", () => `"${good()}"`],
    ["a fourth segment", () => `${good()}.x`],
  ])("%s", async (_, token) => {
    const { code } = await refusalOf(inspect(token()));
    expect(code).toBe("invalid");
    expect(await events()).toEqual([]);
  });

  it("more than the browser sends: 64 KiB", async () => {
    const { extra } = await refusalOf(inspect(good().padEnd(LONGEST_SENDABLE + 1, "A")));
    expect(extra.fields?.token).toBe("That is longer than any token: 65,536 characters at most.");
  });

  it.each([[undefined], [null], ["text"], [{}], [{ token: 1 }]])("what is no request: %j", async (input) => {
    expect((await refusalOf(inspectToken(desk.issuer, input))).code).toBe("invalid");
  });
});

describe("a strange token that is whole is answered, not refused:", () => {
  const raw = (payload: string | Buffer) => {
    const input = `${encode({ alg: "HS256" })}.${Buffer.from(payload).toString("base64url")}`;
    return `${input}.${createHmac("sha256", key.secret).update(input).digest("base64url")}`;
  };
  it.each([
    ["a payload that is a list", "[1]"],
    ["a payload that is no JSON", "{"],
    ["a payload that is not UTF-8", Buffer.from([0xff, 0xfe, 0x7b])],
    ["claims of the wrong kinds", '{"apikey":{},"jti":{"a":1},"exp":"x"}'],
    ["names of every object", '{"__proto__":{"apikey":"x"},"constructor":1,"jti":"toString"}'],
    ["a jti of 40 KB", JSON.stringify({ jti: "x".repeat(40_000) })],
  ])("%s", async (_, payload) => {
    const answer = await inspect(raw(payload));
    expect(answer).toMatchObject({ signature: { state: "right", otherKey: true }, ledger: { state: "absent" } });
  });

  it("of duplicate names the last counts, as for VideoSDK", async () => {
    const other = newApiKey();
    expect(await signatureOf(raw(`{"apikey":"${other}","apikey":"${key.apiKey}"}`))).toMatchObject({
      state: "right",
      otherKey: false,
    });
    expect(await signatureOf(raw(`{"apikey":"${key.apiKey}","apikey":"${other}"}`))).toMatchObject({
      state: "right",
      otherKey: true,
    });
  });
});

describe("who may", () => {
  it.each(["admin", "issuer", "auditor"] as const)("an %s", async (role) => {
    const { token } = await issueToken(desk.issuer, issueForm(key));
    expect(await inspect(token, desk[role])).toMatchObject({ ledger: { state: "issued" } });
  });
});

describe("when the look cannot be recorded, it is answered all the same, and says so:", () => {
  const lock = (work: () => Promise<unknown>) => {
    const db = new Database(desk.file);
    db.exec("BEGIN IMMEDIATE");
    return work().finally(() => db.close());
  };

  it("a token of ours, one that was signed elsewhere, and one that imitates ours", async () => {
    const { token, claims } = await issueToken(desk.issuer, issueForm(key));
    const before = await events();
    await lock(async () => {
      for (const [pasted, state] of [
        [token, "issued"],
        [sign(claimsOf(key.apiKey), key.secret), "absent"],
        [sign({ ...claims, exp: 1 }, key.secret), "altered"],
      ] as const)
        expect(await inspect(pasted)).toMatchObject({
          signature: { state: "right" },
          ledger: { state },
          unrecorded: "the database is locked by another program",
        });
    });
    expect(await events()).toEqual(before);
    expect(await inspect(token)).not.toHaveProperty("unrecorded");
  });

  it("what concerns nobody here is answered without a word about it", async () => {
    // Not one who has used up what a minute allows.
    const fresh = await desk.addMember("auditor");
    await lock(async () =>
      expect(await inspect(sign(claimsOf(newApiKey()), newSecret()), fresh)).not.toHaveProperty("unrecorded"),
    );
  });

  it("nothing is said of it to a program that may not use the key", async () => {
    const { token, claims } = await issueToken(desk.issuer, issueForm(key));
    const { actor } = await desk.addProgram({ keyIds: [(await desk.addKey()).id] });
    await lock(async () => {
      for (const pasted of [token, sign(claimsOf(key.apiKey), key.secret), sign({ ...claims, exp: 2 }, key.secret)])
        expect(await inspect(pasted, actor)).not.toHaveProperty("unrecorded");
    });
  });

  it("and a program is told that its keys alone were compared", async () => {
    const { actor } = await desk.addProgram({ keyIds: [(await desk.addKey()).id] });
    const pasted = sign(claimsOf(newApiKey()), key.secret);
    expect(await inspect(pasted, actor)).toMatchObject({ signature: { state: "unknown-key" }, ofSomeKeys: true });
    expect(await inspect(pasted, desk.admin)).not.toHaveProperty("ofSomeKeys");
  });

  it("but not for somebody who may not look", async () => {
    const stranger = { ...desk.auditor, role: "nobody" as never };
    await lock(async () => void (await failureOf(inspect(sign(claimsOf(key.apiKey), key.secret), stranger))));
  });
});

it("nobody guesses a secret by asking: beyond 120 a minute a member is refused, others are not", async () => {
  const guesser = await desk.addMember("auditor");
  const guess = () => sign(claimsOf(key.apiKey), newSecret());
  for (let count = 0; count < limits.inspections.most; count++) await inspect(guess(), guesser);
  expect((await refusalOf(inspect(guess(), guesser))).code).toBe("throttled");
  expect((await refusalOf(lookUpTokens(guesser, { sha256: [tokenSha256("a token")] }))).code).toBe("throttled");
  expect(await inspect(guess(), desk.admin)).toMatchObject({ signature: { state: "wrong" } });
  expect((await events()).map(({ action }) => action)).toEqual(["limit.reached"]);
});

it("no answer and no record holds a secret or the token", async () => {
  const { token, claims } = await issueToken(desk.issuer, issueForm(key));
  const tokens = [
    token,
    sign({ ...claims, exp: 1 }, key.secret),
    sign(claimsOf(key.apiKey), key.secret),
    sign(claimsOf(key.apiKey), "x"),
  ];
  const answers = [];
  // Not one who has used up what a minute allows.
  const actor = await desk.addMember("auditor");
  for (const each of tokens) answers.push(await inspect(each, actor));
  const said = JSON.stringify([answers, await events()]);
  for (const hidden of [key.secret, ...tokens.map((each) => each.split(".")[2] ?? "")])
    expect(said).not.toContain(hidden);
}, 120_000);
