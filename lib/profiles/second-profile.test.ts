/** A second vendor, with other claims, `iss` as its key and no permissions, goes the whole way: composed, issued, judged, found in a text and repaired, without a word of the first. */

import { afterAll, describe, expect, it } from "vitest";
import { compose, issueFormSchema, type KeyChoice } from "@/lib/composer/compose";
import { newJti } from "@/lib/composer/new-jti";
import { prepare } from "@/lib/composer/prepare";
import type { KeyPolicy } from "@/lib/composer/refusals";
import { issueTokenInput } from "@/lib/composer/schema";
import { type DecodedToken, decodeReading } from "@/lib/decoder/decode";
import { judgeSecrets } from "@/lib/decoder/judge-text";
import { keyOfDraft } from "@/lib/decoder/key-of-draft";
import { repair } from "@/lib/decoder/repair";
import { ALGORITHM } from "@/lib/jwt/check-header";
import { readToken } from "@/lib/jwt/read";
import { checkTimes } from "@/lib/jwt/times";
import { createKey } from "@/lib/keys/create";
import { listFingerprints } from "@/lib/keys/fingerprints";
import { openPolicy } from "@/lib/keys/policy";
import { findByJti } from "@/lib/ledger/find";
import { idIn } from "@/lib/profiles/given";
import { mend } from "@/lib/profiles/mend";
import type { Claims, Profile } from "@/lib/profiles/profile";
import { profileOfClaims, profiles, vendors } from "@/lib/profiles/registry";
import { scanText } from "@/lib/scan/scan";
import { openDesk, refusalOf, type TestKey } from "@/lib/test-desk";
import { plainText } from "@/lib/text/said";
import { inspectToken } from "@/lib/tokens/inspect";
import { issueToken } from "@/lib/tokens/issue";
import { signToken } from "@/lib/tokens/sign";

const textOf = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);

const harbor: Profile = {
  id: "harbor",
  name: "Harbor",
  alsoCalled: [],
  algorithm: "HS256",
  keyClaim: "iss",
  shapes: { key: /\bhk-\w+\b/, secret: /\bhs-\w+\b/ },
  secretNames: ["HARBOR_SECRET"],
  words: {
    dashboard: "Harbor's console",
    whereKeysAre: "From Harbor's console.",
    toStop: "To stop it, tell the harbor master.",
    keyDisabledToo: "the harbor master may know.",
    toStopKey: "tell the harbor master.",
    strayBits: "Harbor compares characters.",
    clockTolerance: "Harbor's clocks are right.",
    afterExpiry: { title: "Who is in stays in.", detail: "Harbor looks at the gate." },
    sending: "Harbor takes it in a cookie.",
    withoutBearer: "Harbor's cookie holds the token alone.",
  },
  fields: [
    { kind: "id", limits: "room", name: "berth", label: "Berth" },
    { kind: "id", limits: "subject", name: "sub", label: "Skipper" },
  ],
  templates: [],
  claimNames: ["iss", "berth", "sub"],
  recognises: ({ berth }) => berth !== undefined,
  buildClaims: ({ apiKey, given, issuedAt, expiresAt, jti }) => ({
    iss: apiKey,
    sub: idIn(given, "sub"),
    berth: idIn(given, "berth"),
    iat: issuedAt,
    exp: expiresAt,
    jti,
  }),
  keyIdOf: ({ iss }) => textOf(iss) ?? undefined,
  kindOf: () => "Boarding card",
  facts: ({ berth, sub }) => ({ room: textOf(berth), subject: textOf(sub), moderates: false, callsRest: false }),
  rules: ({ berth }) =>
    textOf(berth) === null
      ? [
          {
            code: "berth-missing",
            layer: "rules",
            severity: "error",
            path: "payload.berth",
            message: "No berth is named.",
            vendorError: { code: 17, name: "NO_BERTH" },
          },
        ]
      : [],
  answer: ({ does, ...given }) => {
    const error = "error" in given && given.error ? `: ${given.error.code} ${given.error.name}` : "";
    return [{ kind: "text", text: `Harbor ${does === "accepts" ? "lets it in" : does}${error}.` }];
  },
  differences: () => [],
  notesOf: () => ({ berth: "this berth only" }),
  describe: () => [{ kind: "text", text: "Whoever holds this token may land." }],
  caution: () => [],
  entry: ({ sub }) => (sub === "stowaway" ? "no" : "yes"),
  loadAbilities: async () => () => [],
  loadAfterLeak: async () => ["Tell the harbor master."],
  loadTargets: async () => ({
    lines: [],
    code: [],
    command: { help: "", warning: "", uselessFor: () => undefined, write: () => ({ before: "knock ", after: "" }) },
    link: { help: "", warning: "", uselessFor: () => undefined, write: ({ token }) => `harbor:${token}` },
  }),
  loadRepairing: async () => ({
    powers: () => [],
    repair(claims) {
      const mending = mend(claims);
      const given = { berth: mending.id("berth", ["dock"]), sub: mending.id("sub", ["skipper"]) };
      return mending.done(mending.key("iss"), given);
    },
  }),
};

profiles.set(harbor.id, harbor);
afterAll(() => {
  profiles.delete(harbor.id);
});

const desk = await openDesk();
const [key, other] = [await desk.addKey("", "harbor"), await desk.addKey()];

const now = Math.floor(Date.now() / 1000);
const form = (more: object = {}) => ({
  keyId: key.id,
  berth: "b7",
  sub: "ada",
  expiresIn: "2h",
  template: "",
  purpose: "",
  jti: newJti(),
  ...more,
});
const policy: KeyPolicy & TestKey = { ...key, disabled: false, policy: openPolicy, templates: [] };
const noVideoSdk = (what: unknown) => expect(JSON.stringify(what)).not.toMatch(/videosdk/i);

/** As the decoder's page does it, where a backend signs with the same secret. */
async function decodeHere(token: string, at = Math.floor(Date.now() / 1000)): Promise<DecodedToken> {
  const inspected = await inspectToken(desk.issuer, { token });
  const inspection = { ...inspected, elsewhere: { keyId: key.id, signsElsewhere: "yes" as const } };
  const decoded = decodeReading(readToken(token, vendors), { server: { state: "answered", inspection }, now: at });
  if (decoded.kind !== "token") throw new Error("This is no token.");
  return decoded;
}

describe("adding a key", () => {
  it("refuses in its own words what is no key and no secret of its", async () => {
    const given = { profile: "harbor", label: "Pier", apiKey: `hs-${"x".repeat(40)}`, secret: "" };
    const { extra } = await refusalOf(createKey(desk.admin, given));
    expect(extra.fields).toMatchObject({ secret: "Paste the secret from Harbor's console." });
    const swapped = await refusalOf(createKey(desk.admin, { ...given, secret: `hk-${"x".repeat(40)}` }));
    expect(swapped.extra.fields).toEqual({
      apiKey: expect.stringMatching(/^This looks like the secret\./),
      secret: "This is an API key, not the secret. The secret stands beside it in Harbor's console.",
    });
  });
});

describe("composing", () => {
  const choices: KeyChoice[] = [
    { ...policy, profile: "harbor" },
    { ...other, profile: "videosdk", disabled: false, policy: openPolicy, templates: [] },
  ];

  it("prepares its own claims, in its own order, with the facts for the ledger", () => {
    const typed = issueTokenInput(harbor).parse(form({ sub: " ada " }));
    const prepared = prepare(harbor, policy, typed, now);
    expect(JSON.stringify(prepared.claims)).toBe(
      `{"iss":"${key.apiKey}","sub":"ada","berth":"b7","iat":${now},"exp":${now + 7200},"jti":"${typed.jti}"}`,
    );
    expect(prepared.facts).toEqual({ room: "b7", subject: "ada", moderates: false, callsRest: false });
    expect(prepared.refused).toEqual({});
  });

  it("says what its rules refuse beside its own field", () => {
    const { refused } = prepare(harbor, policy, issueTokenInput(harbor).parse(form({ berth: "" })), now);
    expect(refused).toEqual({ berth: "No berth is named." });
    expect(compose(harbor, choices, form({ berth: "" }), now).errors).toEqual(refused);
  });

  it("the form has the fields of the key that is chosen", () => {
    const refusedFields = (typed: ReturnType<typeof form>) =>
      issueFormSchema(choices)
        .safeParse(typed)
        .error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    expect(refusedFields(form())).toBeUndefined();
    expect(refusedFields(form({ berth: "b".repeat(129) }))).toEqual(["berth: Use a berth of at most 128 characters."]);
    expect(refusedFields(form({ keyId: other.id }))?.join()).toMatch(/^permissions: /);
  });
});

describe("issuing", () => {
  it("enters it like any other, without what only another vendor's form has", async () => {
    const typed = form({ permissions: ["allow_join"], roomId: "2kyv-gzay-64pg" });
    const issued = await issueToken(desk.issuer, typed);
    expect(issued.profile).toBe("harbor");
    expect(Object.keys(issued.claims)).toEqual(["iss", "sub", "berth", "iat", "exp", "jti"]);
    const row = await findByJti(typed.jti);
    expect(row).toMatchObject({
      number: issued.number,
      claims: issued.claims,
      room: "b7",
      subject: "ada",
      profile: "harbor",
    });
  });

  it("is refused beside its own fields by a policy that asks for them", () => {
    const asking: typeof policy = { ...policy, policy: { ...openPolicy, require: ["room", "subject", "purpose"] } };
    const typed = issueTokenInput(harbor).parse(form({ berth: "", sub: "" }));
    const asks = `"${key.label}" asks for this. Fill it in.`;
    expect(prepare(harbor, asking, typed, now).refused).toEqual({ berth: asks, sub: asks, purpose: asks });
  });

  it("is refused by its own rules", async () => {
    const { extra } = await refusalOf(issueToken(desk.issuer, form({ berth: "" })));
    expect(extra.fields).toEqual({ berth: "No berth is named." });
  });
});

describe("judging", () => {
  it("knows its key by `iss`, and speaks of it by its own name", async () => {
    const decoded = await decodeHere((await issueToken(desk.issuer, form())).token);
    expect(decoded).toMatchObject({ profile: "harbor", sentence: [{ text: "Whoever holds this token may land." }] });
    expect(decoded.verdict).toMatchObject({ word: "Valid", tone: "ok", vendor: [{ text: "Harbor lets it in." }] });
    noVideoSdk(decoded);
  });

  it.each<[what: string, change: Claims, word: string, reason: RegExp]>([
    ["another key's name", { iss: "hk-another" }, "Bad signature", /but `iss` names another key/],
    ["a broken rule", { berth: "" }, "Breaks Harbor's rules", /^No berth is named\. Harbor refuses: 17 NO_BERTH\.$/],
    ["its end", { exp: now - 1 }, "Expired", /^The token expired at .* ago\. Harbor refuses\.$/],
  ])("%s", async (_, change, word, reason) => {
    const claims = { iss: key.apiKey, sub: "ada", berth: "b7", iat: now - 60, exp: now + 7200, ...change };
    const decoded = await decodeHere(await signToken(claims, key.secret, harbor.algorithm));
    expect(decoded.verdict.word).toBe(word);
    const { lead, vendor } = decoded.verdict;
    const answer = vendor.map((part) => (part.kind === "text" ? part.text : "")).join("");
    expect([...lead.map(plainText), answer].join(" ")).toMatch(reason);
    noVideoSdk(decoded);
  });

  it.each([
    ["ada", "yes"],
    ["stowaway", "no"],
  ])("of %s knows by the vendor's own word for it whether one gets in: %s", async (sub, join) => {
    const claims = { iss: key.apiKey, sub, berth: "b7", iat: now - 60, exp: now + 7200 };
    const { verdict } = await decodeHere(await signToken(claims, key.secret, harbor.algorithm));
    expect(verdict.answer).toMatchObject({ does: "accepts", join });
  });

  it("goes by the key where the claims say nothing, and by the claims where there is no key of ours", async () => {
    const bare = await decodeHere(await signToken({ iss: key.apiKey, exp: now + 7200 }, key.secret, ALGORITHM));
    expect(bare.profile).toBe("harbor");
    const foreign = await decodeHere(
      await signToken({ berth: "b7", exp: now + 7200 }, "nobody's secret, long enough.", ALGORITHM),
    );
    expect(foreign).toMatchObject({ profile: "harbor", verdict: { word: "Unknown key" } });
    expect(profileOfClaims({ sub: "whoever" }).id).toBe("videosdk");
    expect(profileOfClaims(undefined).id).toBe("videosdk");
  });

  it("says in its name what is wrong with its header, and with what stands around it", async () => {
    const claims = Buffer.from(JSON.stringify({ berth: "b7", exp: now + 7200 })).toString("base64url");
    const header = Buffer.from('{"alg":"RS256","typ":"other"}').toString("base64url");
    const reading = readToken(`Bearer ${header}.${claims}.c2lnbmF0dXJl`, vendors);
    const said = reading.kind === "token" ? reading.findings.map(({ message, remedy }) => `${message} ${remedy}`) : [];
    expect(said.filter((text) => text.includes("Harbor"))).toHaveLength(3);
    noVideoSdk(said);
  });

  it("takes its decoded payload for claims", () => {
    expect(readToken('{"berth":"b7"}', vendors)).toMatchObject({ kind: "not-a-token", what: "claims" });
    expect(readToken('{"berth":"b7"}')).toMatchObject({ kind: "not-a-token", what: "json" });
  });
});

describe("scanning", () => {
  it("finds it in a log, with its key, place and person", async () => {
    const { token } = await issueToken(desk.issuer, form());
    const { tokens } = await scanText(`GET /gate?token=${token} 200\n`, { now, fingerprints: [] });
    expect(tokens).toMatchObject([{ apiKey: key.apiKey, room: "b7", subject: "ada" }]);
    const broken = await signToken({ iss: key.apiKey, berth: "", exp: now + 7200 }, key.secret, ALGORITHM);
    const judged = await scanText(broken, { now, fingerprints: [] });
    expect(judged.tokens[0]?.lasting.word).toBe("Breaks Harbor's rules");
    noVideoSdk([tokens, judged.tokens]);
  });
});

it("a secret of its key in a text is to be regenerated where it comes from", async () => {
  const fingerprints = await listFingerprints(desk.issuer);
  const { secrets } = await scanText(`SECRET=${key.secret}`, { now, fingerprints });
  expect(
    judgeSecrets(secrets, false)
      ?.lead.map(({ message }) => message)
      .join(" "),
  ).toContain("Harbor's console");
});

describe("repairing", () => {
  it("makes a form of it that can be issued", async () => {
    const claims = { iss: ` ${key.apiKey}`, Dock: "b 7", sub: 12, iat: now, exp: (now + 600) * 1000, cargo: "tea" };
    const draft = repair(await harbor.loadRepairing(), claims, checkTimes(claims, { now, clockToleranceSeconds: 0 }));
    expect(draft).toEqual({
      values: { berth: "b7", sub: "12", expiresIn: "600s" },
      apiKey: key.apiKey,
      changes: [
        "`Dock` is now `berth`.",
        "`berth` lost its white space.",
        '`sub` is now "12".',
        "`iss` lost its white space.",
        "It is good for 10 min, as was meant.",
      ],
      leftOut: ["`cargo` is left out."],
      powers: [],
    });
    const { keyId } = keyOfDraft(draft, [other, key]);
    const issued = await issueToken(desk.issuer, { ...draft.values, keyId, jti: newJti() });
    expect(issued.claims).toMatchObject({ iss: key.apiKey, sub: "12", berth: "b7" });
  });
});
