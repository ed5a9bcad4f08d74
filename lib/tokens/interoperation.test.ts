/** Agreeing with what VideoSDK's own tools do: tokens of ours are accepted by them, and tokens of theirs are judged rightly by us. */
import { createHmac } from "node:crypto";
import { AccessTokenBuilder, Grant, generateToken, verifyToken } from "@videosdk.live/server-sdk";
import fc from "fast-check";
import jwt from "jsonwebtoken";
import { describe, expect, it } from "vitest";
import { newJti } from "@/lib/composer/new-jti";
import { judge, type Verdict } from "@/lib/decoder/verdict";
import { readToken, type TokenReading } from "@/lib/jwt/read";
import { limits } from "@/lib/limits";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { issueForm, newApiKey, newSecret, openDesk } from "@/lib/test-desk";
import { inspectToken } from "./inspect";
import { issueToken } from "./issue";

const desk = await openDesk();
const key = await desk.addKey();

const nowSeconds = () => Math.floor(Date.now() / 1000);

let inspections = 0;
let inspector = desk.issuer;

/** As the decode page does it: read, ask the server, judge. */
async function judged(token: string, now = nowSeconds()): Promise<Verdict> {
  const reading = readToken(token) as TokenReading;
  expect(reading).toMatchObject({ kind: "token", token });
  // One member may ask for so many a minute.
  if (++inspections % limits.inspections.most === 0) inspector = await desk.addMember("issuer");
  const inspection = await inspectToken(inspector, { token });
  return judge(videosdk, reading, { server: { state: "answered", inspection }, now });
}

const codes = ({ layers }: Verdict) => layers.flatMap(({ findings }) => findings.map(({ code }) => code));
const good = (more: object = {}) => ({ apikey: key.apiKey, permissions: ["allow_join"], ...more });

describe("every token that is issued", () => {
  const permissions = [["allow_join"], ["ask_join"], ["allow_mod"], ["allow_join", "allow_mod"]];
  const rooms = ["", "2kyv-gzay-64pg"];
  const participants = ["", "lxvdplwt"];
  const roles = [[], ["rtc"], ["crawler"], ["rtc", "crawler"]];
  const lifetimes = ["90", "15m", "2h", "24h", "7d", "1d 12h"];
  const compositions = permissions.flatMap((permission) =>
    rooms.flatMap((roomId) =>
      participants.flatMap((participantId) =>
        roles.map((role) => ({ permissions: permission, roomId, participantId, roles: role })),
      ),
    ),
  );

  it(`is accepted by jsonwebtoken and by VideoSDK's server SDK, claim by claim: all ${compositions.length} compositions`, async () => {
    const issued = await Promise.all(
      compositions.map((composition, index) =>
        issueToken(desk.issuer, { ...issueForm(key), ...composition, expiresIn: lifetimes[index % lifetimes.length] }),
      ),
    );
    for (const { token, claims } of issued) {
      expect(jwt.verify(token, key.secret, { algorithms: ["HS256"] })).toEqual(claims);
      expect(jwt.verify(token, key.secret, { complete: true }).header).toEqual({ alg: "HS256", typ: "JWT" });
      expect(verifyToken(token, key.secret)).toEqual(claims);
    }
  });

  it("is refused by both under any other secret", async () => {
    const { token } = await issueToken(desk.issuer, issueForm(key));
    const other = newSecret();
    expect(() => jwt.verify(token, other)).toThrow("invalid signature");
    expect(() => verifyToken(token, other)).toThrow("Invalid token signature");
  });

  it("is Valid to ourselves, and in the ledger", async () => {
    const { token } = await issueToken(desk.issuer, issueForm(key));
    const verdict = await judged(token);
    expect(verdict.word).toBe("Valid");
    expect(codes(verdict)).toEqual([]);
  });

  it("is expired to all three at the same second", async () => {
    const { token, claims } = await issueToken(desk.issuer, { ...issueForm(key), expiresIn: "60" });
    const exp = Number(claims.exp);
    expect((await judged(token, exp - 1)).word).toBe("Expires soon");
    expect((await judged(token, exp)).word).toBe("Expired");
    expect(() => jwt.verify(token, key.secret, { clockTimestamp: exp - 1 })).not.toThrow();
    expect(() => jwt.verify(token, key.secret, { clockTimestamp: exp })).toThrow("jwt expired");
  });
});

describe("a token of jsonwebtoken", () => {
  it('with expiresIn "2h" is accepted, though not of this ledger', async () => {
    const verdict = await judged(jwt.sign(good(), key.secret, { expiresIn: "2h" }));
    expect(verdict.answer).toMatchObject({ does: "accepts", join: "yes" });
    expect(codes(verdict).sort()).toEqual(["jti-missing", "signed-elsewhere"]);
  });

  it('with expiresIn "120", which is 120 milliseconds, is expired before anybody has it, and it says why', async () => {
    const token = jwt.sign(good(), key.secret, { expiresIn: "120" as never });
    const { iat, exp } = jwt.decode(token) as { iat: number; exp: number };
    expect(exp - iat).toBeLessThan(1);
    const verdict = await judged(token, iat + 1);
    expect(verdict.answer).toMatchObject({ does: "refuses", why: "expired" });
    const lifetime = verdict.layers
      .flatMap(({ findings }) => findings)
      .find(({ code }) => code === "lifetime-under-a-minute");
    expect(lifetime?.message).toContain('expiresIn: "120" means 120 milliseconds');
  });

  it("with expiresIn 120, a number, lives for 120 seconds", async () => {
    const now = nowSeconds();
    const { answer } = await judged(jwt.sign(good({ iat: now }), key.secret, { expiresIn: 120 }));
    expect(answer).toMatchObject({ does: "accepts", until: now + 120 });
  });

  it("without expiresIn never expires, and that is said", async () => {
    const verdict = await judged(jwt.sign(good(), key.secret));
    expect(verdict.answer).toMatchObject({ does: "accepts", until: undefined });
    expect(codes(verdict)).toContain("exp-missing");
  });

  it("with notBefore is not valid yet, to both", async () => {
    const token = jwt.sign(good(), key.secret, { expiresIn: "2h", notBefore: "1h" });
    expect((await judged(token)).answer).toMatchObject({ does: "refuses", why: "not-yet" });
    expect(() => jwt.verify(token, key.secret)).toThrow("jwt not active");
  });

  it.each([
    ["base64-decoded", () => Buffer.from(key.secret, "base64")],
    ["hex-decoded", () => Buffer.from(key.secret, "hex")],
    ["trailing-newline", () => `${key.secret}\n`],
    ["quoted", () => `"${key.secret}"`],
    ["api-key-as-secret", () => key.apiKey],
  ])("signed with the secret used wrongly (%s) is a bad signature, and told why", async (mistake, wronged) => {
    const token = jwt.sign(good(), wronged(), { expiresIn: "2h" });
    expect(() => jwt.verify(token, key.secret)).toThrow("invalid signature");
    const verdict = await judged(token);
    expect(verdict.word).toBe("Bad signature");
    expect(codes(verdict)).toContain(`signature-${mistake}`);
  });

  it("of another project is of an unknown key", async () => {
    expect((await judged(jwt.sign(good({ apikey: newApiKey() }), newSecret(), { expiresIn: "2h" }))).word).toBe(
      "Unknown key",
    );
  });

  it("by another algorithm is a bad signature without being sent", () => {
    const server = { state: "unavailable", reason: "" } as const;
    const reading = readToken(jwt.sign(good(), key.secret, { algorithm: "HS512" })) as TokenReading;
    expect(judge(videosdk, reading, { server, now: nowSeconds() }).word).toBe("Bad signature");
    const unsigned = readToken(jwt.sign(good(), "", { algorithm: "none" })) as TokenReading;
    expect(judge(videosdk, unsigned, { server: { state: "pending" }, now: nowSeconds() }).word).toBe("Malformed");
  });
});

describe("a token of VideoSDK's server SDK", () => {
  const options = { apiKey: key.apiKey, secretKey: key.secret };
  const builder = () => new AccessTokenBuilder({ apiKey: key.apiKey, secret: key.secret });

  it("by generateToken alone is accepted for the REST API: a crawler of 24 hours", async () => {
    const verdict = await judged(generateToken(options));
    expect(verdict.answer).toMatchObject({ does: "accepts", join: "no" });
    expect(codes(verdict)).toEqual(
      expect.arrayContaining(["crawler-cannot-join", "crawler-account-wide", "signed-elsewhere"]),
    );
  });

  it('with expiresIn "120" lives for 120 seconds: the SDK counts otherwise than jsonwebtoken', async () => {
    const verdict = await judged(generateToken({ ...options, expiresIn: "120" }));
    expect(verdict.answer).toMatchObject({ does: "accepts", until: (verdict.times.createdAt ?? 0) + 120 });
  });

  it("by its builder without grants is accepted, with permissions that nobody asked for", async () => {
    const token = builder().expiresIn("2h").toJwt();
    expect(readToken(token)).toMatchObject({
      claims: { permissions: ["allow_join", "allow_mod"], roles: ["rtc"], version: 2 },
    });
    expect((await judged(token)).answer.does).toBe("accepts");
  });

  it("by its builder with room, participant and grants is accepted", async () => {
    const token = builder()
      .setParticipant("lxvdplwt")
      .forRoom("2kyv-gzay-64pg")
      .grant(Grant.AllowJoin, Grant.AllowMod)
      .expiresIn("15m")
      .toJwt();
    const verdict = await judged(token);
    expect(verdict.answer).toMatchObject({ does: "accepts", join: "yes" });
    expect(codes(verdict).sort()).toEqual(["jti-missing", "rtc-no-rest", "signed-elsewhere"]);
  });

  it("for its API is accepted, scoped or not, and the useless scope is said", async () => {
    expect((await judged(builder().forApi().toJwt())).answer.does).toBe("accepts");
    expect(codes(await judged(builder().forApi().forRoom("2kyv-gzay-64pg").toJwt()))).toContain("crawler-scoped");
  });

  it("that its own verifier accepts, but VideoSDK does not, is told so", async () => {
    const refusedThough = async (token: string) => {
      expect(verifyToken(token, key.secret)).toBeDefined();
      return (await judged(token)).word;
    };
    expect(await refusedThough(builder().grant(Grant.AskJoin, Grant.AllowJoin).toJwt())).toBe(
      "Breaks VideoSDK's rules",
    );
    expect(await refusedThough(builder().setParticipant("two words").toJwt())).toBe("Breaks VideoSDK's rules");
    expect(await refusedThough(generateToken({ ...options, permissions: [] }))).toBe("Breaks VideoSDK's rules");
    expect(await refusedThough(generateToken({ ...options, version: 1, claims: { roomId: "2kyv-gzay-64pg" } }))).toBe(
      "Breaks VideoSDK's rules",
    );
    const later = generateToken({ ...options, claims: { nbf: nowSeconds() + 600 } });
    expect(verifyToken(later, key.secret)).toBeDefined();
    expect((await judged(later)).answer).toMatchObject({ does: "refuses", why: "not-yet" });
    expect(await refusedThough(generateToken({ ...options, apiKey: newApiKey() }))).toBe("Bad signature");
  });
});

it("whatever we say is accepted, both of them accept", async () => {
  const now = nowSeconds();
  const instant = fc.oneof(
    fc.constant(now - 60),
    fc.constant(now + 7200),
    fc.integer({ min: now + 30, max: now + 1e7 }),
    fc.constantFrom(now * 1000, now + 7200.5, 0, -1, String(now), null),
  );
  const changed = fc.record({
    permissions: fc.constantFrom(["ask_join"], ["allow_join", "allow_mod"], [], ["ask_join", "allow_join"]),
    version: fc.constantFrom(2, "2"),
    roomId: fc.constantFrom("2kyv-gzay-64pg", "é", ""),
    roles: fc.constantFrom(["rtc"], ["crawler"], ["CRAWLER"]),
    iat: instant,
    nbf: instant,
    exp: instant,
    jti: fc.constantFrom(newJti(), 7, "x"),
  });
  const base = good({ version: 2, iat: now - 60, exp: now + 7200 });
  const claims = fc
    .tuple(
      changed,
      fc.subarray(["permissions", "version", "roomId", "roles", "iat", "nbf", "exp", "jti"], { maxLength: 3 }),
    )
    .map(([values, names]) => ({
      ...base,
      ...Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name))),
    }));
  const header = fc.constantFrom<object>(
    { alg: "HS256", typ: "JWT" },
    { typ: "JWT", alg: "HS256" },
    { alg: "HS256" },
    { alg: "HS256", kid: "a" },
    { alg: "HS256", typ: "at+jwt" },
    { alg: "HS256", zip: "DEF" },
  );
  const lastCharacter = fc.constantFrom(0, 0, 0, 0, 0, 1, 2, 3);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(claims, header, lastCharacter, async (some, head, bits) => {
      const input = [head, some].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
      const signature = createHmac("sha256", key.secret).update(input).digest("base64url");
      const last = alphabet.charAt(alphabet.indexOf(signature.slice(-1)) ^ bits);
      const token = `${input}.${signature.slice(0, -1)}${last}`;
      const { answer } = await judged(token);
      // For ever: they read `exp` in milliseconds as seconds too.
      if (answer.does !== "accepts") return;
      accepted += 1;
      expect(() => jwt.verify(token, key.secret), JSON.stringify(some)).not.toThrow();
      expect(() => verifyToken(token, key.secret), JSON.stringify(some)).not.toThrow();
    }),
    { numRuns: 100 },
  );
  expect(accepted).toBeGreaterThan(15);
});
