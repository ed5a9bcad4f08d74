/** The verdict: every word with its reason, which one comes first, and never Valid of what nobody checked. */

import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Inspection, LedgerNote, Mistake, SignatureCheck } from "@/lib/decoder/inspection";
import { readToken, type TokenReading } from "@/lib/jwt/read";
import type { Claims } from "@/lib/profiles/profile";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { LONGEST_SENDABLE } from "@/lib/sizes";
import { groupDigits } from "@/lib/text/group-digits";
import { formatUtc } from "@/lib/text/instant";
import { plainText } from "@/lib/text/said";
import { keyNamed } from "./inspection-findings";
import { type Evidence, type ServerAnswer, whyNotSent } from "./ladder";
import { isAlwaysRefused } from "./refused-always";
import { conditionOf, judge, SOON_SECONDS, type Verdict, type VerdictWord } from "./verdict";

// Hundreds of tokens, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 30_000 });

const now = Date.UTC(2026, 10, 24, 12) / 1000;
const secret = "a secret of this test, long enough for HS256";

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
function sign(claims: object, header: object = { alg: "HS256", typ: "JWT" }): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
}

const good: Claims = {
  apikey: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
  permissions: ["allow_join"],
  iat: now - 60,
  exp: now + 7200,
  jti: "b3f7b0f2-1c62-4b3c-9e0c-6f7f8f1f6a10",
};
const token = (more: object = {}, header?: object) => sign({ ...good, ...more }, header);

const right: SignatureCheck = { state: "right", keyLabel: "Staging", retired: false, otherKey: false };
const entry = { number: 48213, keyLabel: "Staging", actorName: "Maya", revokedAt: null } as LedgerNote;
const answered = (more: Partial<Inspection> = {}): ServerAnswer => ({
  state: "answered",
  inspection: {
    signature: right,
    ledger: { state: "issued", entry },
    keyDisabled: false,
    ...more,
  },
});
type Said = NonNullable<Inspection["elsewhere"]>["signsElsewhere"];
const saying = (signsElsewhere: Said) => ({ elsewhere: { keyId: "k", signsElsewhere } });
const signed = (signature: SignatureCheck) => answered({ signature, ledger: { state: "absent" } });
const revoked = answered({ ledger: { state: "issued", entry: { ...entry, revokedAt: now - 10 } } });

function readingOf(text: string): TokenReading {
  const reading = readToken(text);
  if (reading.kind !== "token") throw new Error(`This is ${reading.kind}.`);
  return reading;
}
const verdictOf = (text: string, server: ServerAnswer = answered(), more: Partial<Evidence> = {}): Verdict =>
  judge(videosdk, readingOf(text), { server, now, ...more });

/** What a person should make of it, and what VideoSDK does, as they are read. */
const leadOf = ({ lead }: Verdict) => lead.map(plainText).join(" ");
const vendorOf = ({ vendor }: Pick<Verdict, "vendor">) =>
  vendor
    .map((part) => (part.kind === "time" ? formatUtc(part.epochSeconds) : part.kind === "left" ? "…" : part.text))
    .join("");

/** What stands in the payload's row of the key. */
const besideKey = (apikey: string, more: Partial<SignatureCheck>) =>
  keyNamed(
    videosdk,
    { ...good, apikey },
    { signature: { ...right, ...more } as SignatureCheck, ledger: { state: "absent" }, keyDisabled: false },
  );

const layerOf = ({ layers }: Verdict, name: string) => layers.find(({ layer }) => layer === name);

describe("each word, with its reason:", () => {
  it("Valid, with its number, until when, and green", () => {
    const verdict = verdictOf(token());
    expect(verdict).toMatchObject({
      word: "Valid",
      title: "Valid, and issued here as No.\u00a048,213",
      tone: "ok",
      lead: [],
    });
    expect(vendorOf(verdict)).toBe("VideoSDK accepts it until 2026-11-24 14:00 UTC: another …");
    expect(vendorOf({ vendor: verdict.vendorOfToken })).toBe(
      "VideoSDK accepts the token No.\u00a048,213 until 2026-11-24 14:00 UTC: another …",
    );
    expect(verdict.layers.map(({ layer, state }) => `${layer} ${state}`)).toEqual([
      "form ok",
      "signature ok",
      "time ok",
      "rules ok",
      "ledger ok",
      "revocation ok",
    ]);
    expect(layerOf(verdict, "signature")?.summary).toBe("Right, by the secret of “Staging”.");
    expect(layerOf(verdict, "ledger")?.summary).toBe("Issued here, as No.\u00a048,213.");
  });

  it("Expires soon, from ten minutes before to the last second", () => {
    const wordFor = (left: number) => verdictOf(token({ exp: now + left })).word;
    expect(SOON_SECONDS).toBe(600);
    expect([601, 600, 1].map(wordFor)).toEqual(["Valid", "Expires soon", "Expires soon"]);
    expect(verdictOf(token({ iat: now - 600, exp: now + 60 }))).toMatchObject({
      title: "Expires soon: No.\u00a048,213",
      tone: "warn",
    });
  });

  it("Expired, from its second on, in grey, with since when, what VideoSDK answers and that a running meeting goes on", () => {
    expect(verdictOf(token({ exp: now + 1 })).word).not.toBe("Expired");
    const verdict = verdictOf(token({ exp: now - 60, iat: now - 7200 }));
    expect(verdict).toMatchObject({ word: "Expired", title: "Expired: No.\u00a048,213", tone: "mute" });
    expect(leadOf(verdict)).toBe("The token expired at 2026-11-24 11:59 UTC, 1 min ago.");
    expect(vendorOf(verdict)).toMatch(/refuses it: 4002 INVALID_TOKEN, “Token is invalid or expired”/);
    expect(vendorOf(verdict)).toContain("A meeting that is running goes on");
    expect(layerOf(verdict, "time")?.state).toBe("over");
  });

  it("Not valid yet, until its nbf, with the instant", () => {
    const verdict = verdictOf(token({ nbf: now + 60 }));
    expect(verdict).toMatchObject({ word: "Not valid yet", tone: "warn" });
    expect(leadOf(verdict)).toContain("not valid before 2026-11-24 12:01 UTC, in 1 min");
    expect(vendorOf(verdict)).toBe("VideoSDK refuses it until 2026-11-24 12:01 UTC: 4002 INVALID_TOKEN.");
    expect(verdictOf(token({ nbf: now })).word).toBe("Valid");
  });

  it.each<[string, object, RegExp]>([
    ["no exp", { exp: undefined }, /There is no `exp`/],
    ["exp in milliseconds", { exp: (now + 7200) * 1000 }, /in milliseconds.*year 58868.*probably 2026-11-24 14:00 UTC/],
    ["exp in microseconds", { exp: (now + 7200) * 1e6 }, /in microseconds.*probably 2026-11-24 14:00 UTC/],
    ["exp centuries away", { exp: 2e11 }, /exp/],
  ])("Never expires, in amber, for %s", (_, more, reason) => {
    const verdict = verdictOf(token(more));
    expect(verdict).toMatchObject({ word: "Never expires", tone: "warn" });
    expect(leadOf(verdict)).toMatch(reason);
    expect(vendorOf(verdict)).toMatch(/^VideoSDK accepts it for ever/);
  });

  it("a warning makes even one of ours amber, and is said at once", () => {
    const verdict = verdictOf(token({ exp: now + 30 * 86_400 }));
    expect(verdict).toMatchObject({
      word: "Valid, with a warning",
      title: "Valid, with a warning: No.\u00a048,213",
      tone: "warn",
    });
    expect(leadOf(verdict)).toContain("30 d");
  });

  it.each([`"${good.apikey}"`, `apikey=${good.apikey}`, `{${good.apikey}}`, `${good.apikey};`, "Staging", "7c9e6679"])(
    "says of %s that it is no API key, and not that it names another one",
    (apikey) => {
      const verdict = verdictOf(token({ apikey }), signed({ ...right, otherKey: true }));
      expect(leadOf(verdict)).toMatch(
        /Signed with the secret of “Staging”, but `apikey` is no API key as VideoSDK gives them\. Set `apikey` to that key's API key alone/,
      );
      expect(besideKey(apikey, { otherKey: true })).toBe("not an API key");
    },
  );

  it("says of another key of this desk that it is another one, however it is called", () => {
    const server = signed({ ...right, otherKey: true, namesOwn: true });
    expect(leadOf(verdictOf(token({ apikey: "prod-key-2026" }), server))).toMatch(/but `apikey` names another key/);
    expect(besideKey("prod-key-2026", { otherKey: true, namesOwn: true })).toBe("another key than signed it");
    expect(besideKey("prod-key-2026", { otherKey: false })).toBe("Staging");
  });

  it("Breaks the rules, not another key's, for an API key in other capitals", () => {
    const server = answered({ ledger: { state: "absent" }, keyInOtherCapitals: "Staging" });
    const verdict = verdictOf(token({ apikey: "7C9E6679-7425-40DE-944B-E07FC1F90AE7" }), server);
    expect(verdict).toMatchObject({ word: "Breaks VideoSDK's rules", tone: "bad" });
    expect(leadOf(verdict)).toBe(
      "`apikey` is the API key of “Staging” with other capitals: VideoSDK compares each letter. Write the API key exactly as it stands in VideoSDK's dashboard.",
    );
    expect(vendorOf(verdict)).toBe("VideoSDK refuses it: 4001 INVALID_API_KEY.");
    expect(conditionOf(verdict)).toBe("If it named its key letter for letter");
    expect(layerOf(verdict, "signature")?.state).toBe("ok");
    expect(layerOf(verdict, "rules")?.findings[0]?.range).toBeDefined();
  });

  it("Breaks the rules for the claim's name in capitals, although the signature is right", () => {
    const { apikey, ...rest } = good;
    const verdict = verdictOf(sign({ APIKEY: apikey, ...rest }), signed({ ...right, otherKey: true }));
    expect(verdict.word).toBe("Breaks VideoSDK's rules");
    expect(leadOf(verdict)).toMatch(/^The claim is called apikey, not APIKEY/);
  });

  it.each<[string, SignatureCheck, RegExp]>([
    [
      "by another secret",
      { state: "wrong", keyLabel: "Staging" },
      /`apikey` is that of “Staging”, but its secret did not make this signature/,
    ],
    [
      "of another key",
      { ...right, otherKey: true },
      /Signed with the secret of “Staging”, but `apikey` names another key/,
    ],
    ["by a retired secret", { ...right, retired: true }, /^Signed with a retired secret of “Staging”/],
    ...(
      [
        ["base64-decoded", /right secret of “Staging”, but base64-decoded first/],
        ["hex-decoded", /right secret of “Staging”, but decoded from hexadecimal first/],
        ["trailing-newline", /right secret of “Staging”, but with a line break after it/],
        ["capitals", /right secret of “Staging”, but in other capitals/],
        ["quoted", /right secret of “Staging”, but with quotes around it/],
        ["signs", /right secret of “Staging”, but with signs around it that do not belong to it/],
        ["encoded", /right secret of “Staging”, but encoded first/],
        ["utf-16", /right secret of “Staging”, but as UTF-16/],
        ["api-key-as-secret", /Signed with the API key of “Staging” instead of its secret/],
      ] as [Mistake, RegExp][]
    ).map(([mistake, reason]): [string, SignatureCheck, RegExp] => [
      mistake,
      { state: "mistake", keyLabel: "Staging", retired: false, mistake },
      reason,
    ]),
  ])("Bad signature %s", (_, signature, reason) => {
    const verdict = verdictOf(token(), signed(signature));
    expect(verdict).toMatchObject({ word: "Bad signature", tone: "bad" });
    expect(leadOf(verdict)).toMatch(reason);
    expect(vendorOf(verdict)).toBe("VideoSDK refuses it: 4002 INVALID_TOKEN.");
    expect(layerOf(verdict, "signature")?.state).toBe("bad");
  });

  it("Bad signature by the wrong use of a retired secret says retired", () => {
    const signature = { state: "mistake", keyLabel: "Staging", retired: true, mistake: "quoted" } as const;
    expect(leadOf(verdictOf(token(), signed(signature)))).toContain("retired secret");
  });

  it.each([
    ["none", /nobody signed it/],
    ["HS512", /HS512.*HS256/],
    ["RS256", /private key/],
    ["hs256", /exact/],
  ])("Bad signature for alg %s, whatever the server says; it is asked all the same", (alg, reason) => {
    const text = token({}, { alg });
    expect(whyNotSent(readingOf(text))).toBeUndefined();
    for (const server of [{ state: "unavailable", reason: "" } as const, answered()]) {
      const verdict = verdictOf(text, server);
      expect(verdict.word).toBe("Bad signature");
      expect(leadOf(verdict)).toMatch(reason);
    }
  });

  it.each<[string, object]>([
    ["alg HS512", { alg: "HS512" }],
    ["crit", { alg: "HS256", crit: ["x"], x: 1 }],
    ["a payload that is not encoded", { alg: "HS256", b64: false }],
  ])("Altered after issuing before %s, when our secret signed it: some readers overlook that", (_, header) => {
    const verdict = verdictOf(token({}, header), answered({ ledger: { state: "altered", entry, claims: good } }));
    expect(verdict).toMatchObject({ word: "Altered after issuing", tone: "bad", alarm: "altered" });
    expect(vendorOf(verdict)).toContain("refuses it");
  });

  it("that our secret signed it elsewhere, for a form that some readers overlook", () => {
    const header = { alg: "HS256", crit: ["x"], x: 1 };
    const said = (signsElsewhere: Said) =>
      verdictOf(token({}, header), answered({ ledger: { state: "absent" }, ...saying(signsElsewhere) }));
    expect(said("no")).toMatchObject({ word: "Signed with your secret, not issued here", alarm: "elsewhere" });
    expect(said(null).word).toBe("Malformed");
    expect(layerOf(said(null), "ledger")?.state).toBe("warn");
  });

  describe.each(["jwk", "jku", "x5c", "x5u"])("a key in the header (%s)", (name) => {
    const text = token({}, { alg: "HS256", [name]: {} });

    it("is asked about all the same, with our secrets alone: whoever adds one must not escape the alarm", () => {
      expect(whyNotSent(readingOf(text))).toBeUndefined();
      const server = answered({ ledger: { state: "altered", entry, claims: good } });
      expect(verdictOf(text, server).word).toBe("Altered after issuing");
    });

    it("is said in red while nothing of ours is known to have signed it", () => {
      for (const server of [{ state: "unavailable", reason: "" } as const, signed({ state: "unknown-key" })]) {
        const verdict = verdictOf(text, server);
        expect(verdict).toMatchObject({ word: "Signature not checked", tone: "bad" });
        expect(leadOf(verdict)).toMatch(/never trusted.*hostile/);
      }
    });

    it("does not make a wrong signature better", () => {
      expect(verdictOf(text, signed({ state: "wrong", keyLabel: "Staging" })).word).toBe("Bad signature");
    });

    it("does not make a right signature wrong, and is never green", () => {
      const verdict = verdictOf(text, answered());
      expect(verdict).toMatchObject({ word: "Valid, with a warning", tone: "warn" });
      expect(leadOf(verdict)).toContain("never trusted");
      expect(vendorOf(verdict)).toContain("accepts it");
      expect(layerOf(verdict, "signature")?.state).toBe("warn");
    });
  });

  it("Bad signature for another last character with the same bytes: VideoSDK compares characters", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const text = token();
    const twin = text.slice(0, -1) + alphabet.charAt(alphabet.indexOf(text.slice(-1)) ^ 1);
    expect(readingOf(twin).segments.signature?.bytes).toEqual(readingOf(text).segments.signature?.bytes);
    const offline: ServerAnswer = { state: "unavailable", reason: "" };
    for (const verdict of [verdictOf(twin), verdictOf(twin, offline, { ownSecret: true })]) {
      expect(verdict).toMatchObject({ word: "Bad signature", tone: "bad" });
      expect(leadOf(verdict)).toContain("VideoSDK compares characters");
      expect(layerOf(verdict, "signature")?.state).toBe("bad");
    }
  });

  it("Not valid yet, and never: nobody is told until when it is refused", () => {
    const refused = (nbf: number) => vendorOf(verdictOf(token({ iat: now, exp: now + 600, nbf }), signed(right)));
    expect(refused(now + 300)).toMatch(/refuses it until/);
    expect(refused(now + 700)).toMatch(/refuses it: 4002/);
  });

  it("Unknown key", () => {
    const verdict = verdictOf(token(), signed({ state: "unknown-key" }));
    expect(verdict).toMatchObject({ word: "Unknown key", tone: "warn" });
    expect(leadOf(verdict)).toBe("None of this desk's secrets signed it.");
    expect(vendorOf(verdict)).toContain("cannot be told here");
    // Whoever may use some of the keys is not told what the others signed, nor what is not so.
    const few = { signature: { state: "unknown-key" }, ledger: { state: "absent" }, ofSomeKeys: true } as const;
    const ofSome = verdictOf(token(), answered(few));
    expect(leadOf(ofSome)).toBe("None of the secrets that you may use signed it.");
  });

  it("Unknown key still says what is certain without the key", () => {
    const verdict = verdictOf(token({ exp: now - 1 }), signed({ state: "unknown-key" }));
    expect(verdict).toMatchObject({ word: "Expired", tone: "mute" });
    expect(vendorOf(verdict)).toContain("refuses it");
  });

  it("Revoked, and that VideoSDK does not know of it", () => {
    const verdict = verdictOf(token(), revoked);
    expect(verdict).toMatchObject({ word: "Revoked", title: "Revoked: No.\u00a048,213", tone: "warn" });
    expect(leadOf(verdict)).toMatch(
      /Marked as revoked here, but VideoSDK does not know of that\..*disable the API key in VideoSDK's dashboard/,
    );
    expect(vendorOf(verdict)).toContain("accepts it until");
    expect(layerOf(verdict, "revocation")).toMatchObject({ state: "warn", findings: [{ code: "revoked" }] });
  });

  it.each([
    ["It was on a slide.", "by Maya: “It was on a slide.” VideoSDK does not"],
    ["on a slide", "by Maya: “on a slide”. VideoSDK does not"],
    [null, "by Maya. VideoSDK does not"],
  ])("Revoked, and why, in sentences with one end each: %s", (revokedReason, said) => {
    const noted = { ...entry, revokedAt: now - 10, revokedByName: "Maya", revokedReason };
    const verdict = verdictOf(token(), answered({ ledger: { state: "issued", entry: noted } }));
    expect(layerOf(verdict, "revocation")?.findings[0]?.message).toContain(`Marked as revoked here ${said}`);
  });

  it("Key disabled here, in amber, and that VideoSDK does not know of that", () => {
    for (const exp of [now + 7200, now + 60]) {
      const verdict = verdictOf(token({ exp }), answered({ keyDisabled: true }));
      expect(verdict).toMatchObject({
        word: "Key disabled here",
        title: "Key disabled here: No.\u00a048,213",
        tone: "warn",
      });
      expect(leadOf(verdict)).toContain("4053 APIKEY_DEACTIVATED");
      expect(vendorOf(verdict)).toContain("accepts it until");
      expect(layerOf(verdict, "revocation")?.state).toBe("warn");
    }
  });

  describe("Signed with your secret, not issued here:", () => {
    const word = "Signed with your secret, not issued here";
    const elsewhere = (signsElsewhere: Said, more: object = {}) =>
      verdictOf(token(more), answered({ ledger: { state: "absent" }, ...saying(signsElsewhere) }));

    it.each<[string, Said, string, string, string | undefined, RegExp]>([
      ["in red where nothing else signs", "no", "bad", "bad", "elsewhere", /somebody else has its secret/],
      [
        "in amber, as a question, where nobody has said",
        null,
        "warn",
        "warn",
        "elsewhere",
        /^Either a backend of yours/,
      ],
      ["as a note where a backend signs too", "yes", "mute", "unknown", undefined, /A backend of yours signs/],
    ])("%s", (_, signsElsewhere, tone, state, alarm, lead) => {
      const verdict = elsewhere(signsElsewhere);
      expect(verdict).toMatchObject({ word, title: word, tone });
      expect(verdict.alarm).toBe(alarm);
      expect(leadOf(verdict)).toMatch(lead);
      expect(vendorOf(verdict)).toContain("accepts it until");
      expect(layerOf(verdict, "ledger")).toMatchObject({ state, findings: [{ code: "signed-elsewhere" }] });
    });

    it("in red comes before everything that is wrong with it, in amber after what makes VideoSDK refuse it", () => {
      const broken = { permissions: [] };
      expect(elsewhere("no", broken)).toMatchObject({ word, tone: "bad" });
      expect(vendorOf(elsewhere("no", broken))).toContain("4008");
      expect(elsewhere(null, broken).word).toBe("Breaks VideoSDK's rules");
      expect(elsewhere(null, { exp: now - 1 })).toMatchObject({ word, tone: "warn" });
      expect(elsewhere("yes", { exp: now - 1 }).word).toBe("Expired");
    });

    it("is never green", () => {
      for (const signsElsewhere of ["no", "yes", null] as const)
        for (const more of [{}, { exp: now + 60 }, { exp: undefined }, { iat: now + 3000 }])
          expect(elsewhere(signsElsewhere, more).tone).not.toBe("ok");
    });
  });

  describe("Altered after issuing", () => {
    const issued = { ...good, permissions: ["allow_join"], version: 2, roomId: "2kyv-gzay-64pg", roles: ["rtc"] };
    const altered = { state: "altered", entry, claims: issued } as const;
    const verdictBy = (signature: SignatureCheck, more: object = {}) =>
      verdictOf(token(more), answered({ signature, ledger: altered }));

    it.each<[string, object, string]>([
      ["a longer life", { ...issued, exp: now + 7200 + 30 * 86_400 }, "30 days more"],
      ["the REST API", { ...issued, roles: undefined }, "the REST API"],
      ["moderation", { ...issued, permissions: ["allow_join", "allow_mod"] }, "moderation"],
      ["any room", { ...issued, roomId: undefined }, "any room instead of 2kyv-gzay-64pg"],
      ["another room", { ...issued, roomId: "9xqa-lkpe-01zz" }, "room 9xqa-lkpe-01zz instead of 2kyv-gzay-64pg"],
      ["no end", { ...issued, exp: undefined }, "no end"],
      ["no API key", { ...issued, apikey: undefined }, "no API key"],
      ["a shorter life", { ...issued, exp: now + 3600 }, "1 hour less"],
      ["hardly longer a life", { ...issued, exp: now + 7200.5 }, "a part of a second more"],
      ["another claim", { ...issued, note: "x" }, "a further `note`"],
      [
        "several at once",
        { ...issued, exp: now + 7200 + 30 * 86_400, roles: undefined },
        "30 days more and the REST API",
      ],
    ])("says in words what it asks for: %s", (_, claims, words) => {
      for (const signature of [right, { state: "wrong", keyLabel: "Staging" } as const]) {
        const verdict = verdictBy(signature, claims);
        expect(verdict).toMatchObject({ word: "Altered after issuing", title: "Altered after issuing", tone: "bad" });
        expect(leadOf(verdict)).toMatch(/^No\.\s48,213, altered: it asks for /);
        expect(leadOf(verdict)).toContain(`it asks for ${words}.`);
        expect(leadOf(verdict)).not.toMatch(/\d{10}|[Cc]opy the secret/);
        expect(JSON.stringify(verdict)).not.toContain("Copy the secret again");
      }
    });

    it("says of one whose claims are the same no more than it knows: its header, their spelling or its signature is another", () => {
      expect(leadOf(verdictBy(right, issued))).toMatch(
        /^No\.\s48,213, altered: its claims are the same, but it is not as it was issued\./,
      );
    });

    it("marks each claim that was altered once, and its id where none of them is left to mark", () => {
      const marked = (claims: object) => {
        const [finding] = layerOf(verdictBy(right, claims), "ledger")?.findings ?? [];
        return [finding?.path, ...(finding?.alsoPaths ?? [])];
      };
      const paths = marked({ ...issued, exp: now + 86_400, permissions: ["ask_join", "allow_mod"], roles: undefined });
      expect(paths.sort()).toEqual(["payload.exp", "payload.permissions"]);
      expect(marked({ ...issued, roles: undefined })).toEqual(["payload.jti"]);
    });

    it("says of a right signature that whoever did it has the secret, and that VideoSDK accepts it", () => {
      const verdict = verdictBy(right);
      expect(verdict.alarm).toBe("altered");
      expect(leadOf(verdict)).toMatch(/Whoever did that has the secret of “Staging”\.$/);
      expect(vendorOf(verdict)).toContain("accepts it until");
      expect(layerOf(verdict, "ledger")).toMatchObject({ state: "bad", findings: [{ code: "altered-after-issuing" }] });
    });

    it.each<[string, object]>([
      ["expired", { exp: now - 1 }],
      ["not yet valid", { nbf: now + 60 }],
      ["of an unreadable time", { exp: "x" }],
      ["of a broken rule", { permissions: [] }],
    ])("also of one %s, without saying that VideoSDK accepts it", (_, more) => {
      const verdict = verdictBy(right, more);
      expect(verdict.word).toBe("Altered after issuing");
      expect(vendorOf(verdict)).not.toContain("accepts");
    });

    it("also by a retired secret or that of another key, which is named", () => {
      expect(leadOf(verdictBy({ ...right, retired: true } as SignatureCheck))).toMatch(
        /has a retired secret of “Staging”\.$/,
      );
      expect(verdictBy({ ...right, otherKey: true } as SignatureCheck).word).toBe("Altered after issuing");
    });

    it("whoever signed it, without accusing anybody of having a secret that they need not have", () => {
      for (const signature of [{ state: "unknown-key" }, { state: "wrong", keyLabel: "Staging" }] as const) {
        const verdict = verdictBy(signature);
        expect(verdict).toMatchObject({ word: "Altered after issuing", tone: "bad", alarm: "altered" });
        expect(leadOf(verdict) + vendorOf(verdict)).not.toMatch(/has the secret|accepts it until/);
      }
    });

    it("by a mistake with our secret says that whoever did it has the secret all the same", () => {
      const mistaken = (mistake: Mistake) =>
        leadOf(verdictBy({ state: "mistake", keyLabel: "Staging", retired: false, mistake }));
      expect(mistaken("quoted")).toMatch(/Whoever did that has the secret of “Staging”/);
      expect(mistaken("api-key-as-secret")).not.toMatch(/has the secret/);
    });

    it("is no alarm when only the signature was damaged on its way, and never sends anybody to the secret", () => {
      const ledger = { state: "altered", entry, sameClaims: true, claims: { ...good } } as const;
      const verdict = verdictOf(token(), answered({ signature: { state: "wrong", keyLabel: "Staging" }, ledger }));
      expect(verdict).toMatchObject({ word: "Bad signature", tone: "bad" });
      expect(verdict.alarm).toBeUndefined();
      expect(leadOf(verdict)).toMatch(/claims are those of No\.\s48,213.*Copy the token again, whole/);
      expect(JSON.stringify(verdict)).not.toContain("Copy the secret");
      expect(verdictOf(token(), answered({ ledger })).word).toBe("Altered after issuing");
    });
  });

  it.each<[string, unknown, RegExp]>([
    ["missing", undefined, /apikey is missing/],
    ["called apiKey", undefined, /called apikey, not apiKey/],
    ["empty", "", /apikey is empty/],
    ["white space", "  ", /apikey is empty/],
    ["a number", 7, /apikey is 7/],
    ["null", null, /apikey is null/],
    ["a list", ["k"], /apikey is an array/],
    ["with white space in it", `${good.apikey} `, /apikey contains white space/],
  ])(
    "an apikey that is %s names no key: said first, and in its own row alone that the signature is right",
    (name, apikey, reason) => {
      const renamed = name === "called apiKey" ? { apiKey: good.apikey } : {};
      const text = token({ apikey, ...renamed });
      const verdict = verdictOf(text, signed({ ...right, otherKey: true } as SignatureCheck));
      expect(verdict).toMatchObject({ word: "Breaks VideoSDK's rules", tone: "bad" });
      expect(leadOf(verdict)).toMatch(reason);
      const summary = "The signature itself is right, by the secret of “Staging”.";
      expect(layerOf(verdict, "signature")).toMatchObject({ state: "ok", findings: [], summary });
      expect(leadOf(verdict)).not.toContain(summary);
    },
  );

  it.each([
    ["two segments", token().split(".").slice(0, 2).join("."), /third segment is missing/],
    ["an empty signature", `${token().split(".").slice(0, 2).join(".")}.`, /signature is empty/],
    ["a cut signature", token().slice(0, -5), /it was cut/],
    ["a cut payload", token().replace(/\.([\w-]+)\./, (_, payload) => `.${payload.slice(0, -9)}.`), /payload/],
    [
      "a demand that nobody understands",
      token({}, { alg: "HS256", crit: ["x"], x: 1 }),
      /demands that "x" be understood/,
    ],
    ["a payload that is a list", sign([1]), /a list instead of a JSON object/],
    ["exp in quotes", token({ exp: String(now + 60) }), /`exp` is a number in quotes/],
    ["nbf that is no number", token({ nbf: null }), /`nbf` is null/],
  ])("Malformed: %s", (_, text, reason) => {
    const verdict = verdictOf(text);
    expect(verdict).toMatchObject({ word: "Malformed", tone: "bad" });
    expect(leadOf(verdict)).toMatch(reason);
    expect(vendorOf(verdict)).toBe("VideoSDK refuses it: 4002 INVALID_TOKEN.");
  });

  it.each([
    ["Latin-1", Buffer.from(JSON.stringify({ ...good, name: "Ana\u00efs" }), "latin1")],
    ["a claim 101 deep", Buffer.from(`{"x":${"[".repeat(101)}${"]".repeat(101)}}`)],
  ])("Malformed, and not said to be refused, where libraries read it all the same: %s", (_, payload) => {
    const input = `${encode({ alg: "HS256" })}.${payload.toString("base64url")}`;
    const text = `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
    const verdict = verdictOf(text, signed(right));
    expect(verdict).toMatchObject({ word: "Malformed", tone: "bad" });
    expect(vendorOf(verdict)).toBe("Whether VideoSDK accepts it is not documented.");
    expect(isAlwaysRefused(verdict)).toBe(false);
    expect(vendorOf(verdictOf(text, signed({ state: "wrong", keyLabel: "Staging" })))).toMatch(/refuses it: 4002/);
    // What it asks for cannot be told where it cannot be read.
    const imitating = answered({ ledger: { state: "altered", entry, claims: good } });
    expect(leadOf(verdictOf(text, imitating))).toMatch(
      /altered: it is not as it was issued\. Whoever did that has the secret/,
    );
  });

  it.each([
    ["4008", { permissions: ["ask_join", "allow_join"] }, /refuses it when somebody joins: 4008 INVALID_PERMISSIONS/],
    ["4001", { apikey: "" }, /4001 INVALID_API_KEY/],
    ["4004", { version: 2, participantId: "a b" }, /4004 INVALID_PARTICIPANT_ID/],
    ["no number", { roomId: "2kyv-gzay-64pg" }, /not documented/],
  ])("Breaks VideoSDK's rules, with the error that a client shows: %s", (_, more, reason) => {
    const verdict = verdictOf(token(more));
    expect(verdict).toMatchObject({ word: "Breaks VideoSDK's rules", tone: "bad" });
    expect(vendorOf(verdict)).toMatch(reason);
    expect(verdict.lead.length).toBeGreaterThan(1);
    expect(layerOf(verdict, "rules")?.state).toBe("bad");
  });

  it.each([
    ["a known refusal before one that is not documented", { roomId: 5, participantId: "ann" }, "room-id-not-a-string"],
    [
      "an error before a warning, whatever the order of the claims",
      { version: 2, roomId: "a b", participantId: "a b" },
      "participant-id-white-space",
    ],
  ])("Breaks VideoSDK's rules: %s leads", (_, more, first) => {
    const verdict = verdictOf(token(more));
    const found = layerOf(verdict, "rules")?.findings ?? [];
    expect(found[0]?.code).toBe(first);
    expect(verdict.lead[0]?.message).toBe(found[0]?.message);
  });

  it("Checking, while the server is asked, whatever can be seen before, and then the answer", () => {
    const pending: ServerAnswer = { state: "pending" };
    for (const more of [{}, { permissions: [] }, { exp: now - 1 }, { exp: undefined }]) {
      const verdict = verdictOf(token(more), pending);
      expect(verdict).toMatchObject({ word: "Checking…", title: "Checking…", tone: "mute" });
      expect(verdictOf(token(more), pending, { ownSecret: true }).word).toBe("Checking…");
    }
    // What is never sent is not waited for.
    expect(verdictOf(token().slice(0, -5), pending).word).toBe("Malformed");
  });

  it("Signature not checked, when it cannot be, with the reason", () => {
    const verdict = verdictOf(token(), { state: "unavailable", reason: "The server could not be reached." });
    expect(verdict).toMatchObject({ word: "Signature not checked", tone: "mute" });
    expect(leadOf(verdict)).toMatch(/right\. The server could not be reached\./);
    expect(vendorOf(verdict)).toContain("cannot be told");
  });
});

describe("what is worth knowing beside the word", () => {
  it("a token that is not in this ledger, where nothing more can be said", () => {
    const verdict = verdictOf(token(), signed({ state: "unknown-key" }));
    expect(layerOf(verdict, "ledger")).toMatchObject({
      state: "unknown",
      findings: [],
      summary: "Not in the ledger.",
    });
  });

  it("a token that never expires", () => {
    const { exp: _, ...endless } = good;
    const verdict = verdictOf(sign(endless));
    expect(verdict.word).toBe("Never expires");
    expect(layerOf(verdict, "time")).toMatchObject({ state: "warn", summary: "Never expires." });
  });

  it("every finding that has a claim has a place in the text", () => {
    const verdict = verdictOf(token({ permissions: ["ask_join", "allow_mod"], exp: now * 1000 }));
    const findings = verdict.layers
      .flatMap((layer) => layer.findings)
      .filter(({ path }) => /^payload\.(exp|permissions)/.test(path ?? ""));
    expect(findings.length).toBeGreaterThan(1);
    for (const { range } of findings) expect(range?.end).toBeGreaterThan(range?.start ?? 0);
  });
});

describe("what the word leaves open", () => {
  it.each([
    ["allow_mod alone", { permissions: ["allow_mod"] }],
    ["crawler", { version: 2, roles: ["crawler"] }],
  ])("%s says that nobody can join", (_, claims) => {
    expect(vendorOf(verdictOf(token(claims)))).toMatch(
      /^VideoSDK accepts it, but nobody can join a meeting with it, until/,
    );
  });

  it.each([
    ["an instant in milliseconds", { exp: now * 1000 }],
    ["an instant in the future", { iat: now + 7200, exp: now + 9000 }],
    ["a doubtful room", { version: 2, roomId: "my room" }],
  ])("Signature not checked with %s does not call everything right", (_, claims) => {
    const offline: ServerAnswer = { state: "unavailable", reason: "" };
    const verdict = verdictOf(token(claims), offline);
    expect(verdict.word).toBe("Signature not checked");
    expect(leadOf(verdict)).toMatch(/has warnings/);
    expect(leadOf(verdictOf(token(), offline))).toMatch(/are right/);
  });

  it("of a token and a key that are both unknown here, no revocation is known either", () => {
    const absent = { ledger: { state: "absent" }, keyDisabled: null } as const;
    const unknown = verdictOf(token(), answered({ ...absent, signature: { state: "unknown-key" } }));
    expect(layerOf(unknown, "revocation")).toMatchObject({ state: "unknown" });
    expect(layerOf(verdictOf(token()), "revocation")).toMatchObject({ state: "ok" });
  });

  it("an unsigned token is named, also with an empty signature", () => {
    const verdict = verdictOf(token({}, { alg: "none" }).replace(/[^.]*$/, ""));
    expect(verdict.word).toBe("Malformed");
    expect(leadOf(verdict)).toMatch(/unsigned: its header says `alg` none.*Sign it with HS256/);
  });

  it("a cut signature is cut, and nothing is said of its last character", () => {
    const text = token();
    for (const length of [1, 2, 3]) {
      const verdict = verdictOf(text.slice(0, -length));
      const codes = verdict.layers.flatMap(({ findings }) => findings.map(({ message }) => message));
      expect(codes.join()).not.toMatch(/last character/);
    }
  });
});

describe("one's own secret", () => {
  it("makes it Valid without the server, and says by whose", () => {
    for (const server of [{ state: "unavailable", reason: "" } as const, signed({ state: "unknown-key" })]) {
      const verdict = verdictOf(token(), server, { ownSecret: true });
      expect(verdict).toMatchObject({ word: "Valid", title: "Valid, by the secret that you pasted" });
      expect(layerOf(verdict, "signature")).toMatchObject({
        state: "ok",
        summary: "Right, by the secret that you pasted.",
      });
    }
  });

  it("says that it counts only if it is the key's, where this desk does not know the key", () => {
    const own = verdictOf(token(), signed({ state: "unknown-key" }), { ownSecret: true });
    expect(vendorOf(own)).toMatch(/^VideoSDK accepts it, if the secret that you pasted is that of its API key, until/);
    expect(vendorOf(verdictOf(token(), answered(), { ownSecret: true }))).not.toContain("pasted");
  });

  it.each<SignatureCheck>([
    { state: "wrong", keyLabel: "Staging" },
    { state: "mistake", mistake: "api-key-as-secret", keyLabel: "Staging", retired: false },
    { ...right, otherKey: true } as SignatureCheck,
    { ...right, retired: true } as SignatureCheck,
  ])("does not overrule what this desk knows of the key: %j", (signature) => {
    const verdict = verdictOf(token(), signed(signature), { ownSecret: true });
    expect(verdict.word).toBe("Bad signature");
    expect(verdict.lead).toEqual(verdictOf(token(), signed(signature)).lead);
    expect(layerOf(verdict, "signature")?.state).toBe("bad");
  });

  it("does not heal a broken rule, a wrong time or a hostile header", () => {
    const own = { ownSecret: true };
    const offline: ServerAnswer = { state: "unavailable", reason: "" };
    expect(verdictOf(token({ permissions: [] }), offline, own).word).toBe("Breaks VideoSDK's rules");
    expect(verdictOf(token({ exp: now - 1 }), offline, own).word).toBe("Expired");
    expect(verdictOf(token({}, { alg: "HS256", jwk: {} }), offline, own)).toMatchObject({
      word: "Signature not checked",
      tone: "bad",
    });
    expect(verdictOf(token({}, { alg: "none" }), offline, own).word).toBe("Bad signature");
  });
});

describe("which word comes first", () => {
  type Fault = { word: VerdictWord; claims?: object; header?: object; server?: ServerAnswer };
  const absent: Partial<Inspection> = { ledger: { state: "absent" } };
  const elsewhere = "Signed with your secret, not issued here";
  const ladder: Fault[] = [
    { word: "Altered after issuing", server: answered({ ledger: { state: "altered", entry, claims: { x: 1 } } }) },
    { word: elsewhere, server: answered({ ...absent, ...saying("no") }) },
    { word: "Malformed", header: { alg: "HS256", crit: ["x"], x: 1 } },
    { word: "Bad signature", server: signed({ state: "wrong", keyLabel: "Staging" }) },
    { word: "Breaks VideoSDK's rules", claims: { permissions: [] } },
    { word: elsewhere, server: answered(absent) },
    { word: "Expired", claims: { exp: now - 1 } },
    { word: "Not valid yet", claims: { nbf: now + 100_000 } },
    { word: "Signature not checked", server: { state: "unavailable", reason: "" } },
    { word: "Unknown key", server: signed({ state: "unknown-key" }) },
    { word: "Revoked", server: revoked },
    { word: "Key disabled here", server: answered({ keyDisabled: true }) },
    { word: "Never expires", claims: { exp: undefined } },
    { word: "Expires soon", claims: { iat: now - 600, exp: now + 60 } },
    { word: elsewhere, server: answered({ ...absent, ...saying("yes") }) },
    { word: "Valid, with a warning", claims: { exp: now + 30 * 86_400 } },
    { word: "Valid" },
  ];
  // Of two answers of the server only one can be given.
  const pairs = ladder
    .flatMap((first, index) => ladder.slice(index + 1).map((second) => [first, second] as const))
    .filter(([first, second]) => !(first.server && second.server) && first.word !== second.word)
    .filter(([first, second]) => !(first.claims && second.claims && "exp" in first.claims && "exp" in second.claims));
  it.each(pairs.map(([first, second]) => [first.word, second.word, first, second] as const))(
    "%s before %s",
    (_, __, first, second) => {
      const text = token({ ...second.claims, ...first.claims }, first.header ?? second.header);
      expect(verdictOf(text, first.server ?? second.server ?? answered()).word).toBe(first.word);
    },
  );
});

describe("a token that is too long to be sent", () => {
  const ofLength = (length: number) => {
    const room = (count: number) => token({ version: 2, roomId: "x".repeat(count) });
    const base = room(0).length;
    let text = room(Math.floor(((length - base) * 3) / 4));
    for (let count = Math.floor(((length - base) * 3) / 4); text.length < length; count++) text = room(count);
    return text;
  };

  it("is asked about up to 64 KB", () => {
    const text = ofLength(LONGEST_SENDABLE - 3);
    expect(LONGEST_SENDABLE).toBe(65_536);
    expect(text.length).toBeLessThanOrEqual(LONGEST_SENDABLE);
    expect(whyNotSent(readingOf(text))).toBeUndefined();
    expect(verdictOf(text).word).toBe("Valid, with a warning");
  });

  it("is not checked beyond, and says its length, whatever the server would say", () => {
    const text = ofLength(LONGEST_SENDABLE + 1);
    const verdict = verdictOf(text);
    expect(verdict).toMatchObject({ word: "Signature not checked", tone: "bad" });
    expect(leadOf(verdict)).toContain(`${groupDigits(text.length)} characters`);
  });

  it("of 1 MB is judged too", () => {
    expect(verdictOf(ofLength(1_000_000)).word).toBe("Signature not checked");
  });
});

describe("whatever the token and whatever the server said", () => {
  const signatures = fc.constantFrom<SignatureCheck>(
    right,
    { ...right, retired: true },
    { ...right, otherKey: true },
    { state: "wrong", keyLabel: "Staging" },
    { state: "mistake", keyLabel: "Staging", retired: false, mistake: "quoted" },
    { state: "unknown-key" },
  );
  const ledgers = fc.constantFrom<Inspection["ledger"]>(
    { state: "absent" },
    { state: "issued", entry },
    { state: "issued", entry: { ...entry, revokedAt: now } },
    { state: "altered", entry, claims: good },
  );
  const servers = fc.oneof(
    fc.constant<ServerAnswer>({ state: "pending" }),
    fc.constant<ServerAnswer>({ state: "unavailable", reason: "Because." }),
    fc
      .record({
        signature: signatures,
        ledger: ledgers,
        keyDisabled: fc.boolean(),
        elsewhere: fc.constantFrom<Said>("no", "yes", null).map((said) => saying(said).elsewhere),
      })
      .map((inspection) => answered(inspection)),
  );
  const instant = fc.oneof(
    fc.integer({ min: now - 10, max: now + 10 }),
    fc.integer({ min: now + 500, max: now + 9000 }),
    fc.jsonValue(),
  );
  const claims = fc.record(
    {
      apikey: fc.oneof(fc.constant(good.apikey), fc.jsonValue()),
      permissions: fc.oneof(fc.subarray(["allow_join", "ask_join", "allow_mod"]), fc.jsonValue()),
      version: fc.constantFrom(2, "2", 1),
      roomId: fc.constantFrom("2kyv-gzay-64pg", "", 7),
      roles: fc.subarray(["rtc", "crawler", "CRAWLER"]),
      iat: instant,
      nbf: instant,
      exp: instant,
      jti: fc.jsonValue(),
    },
    { requiredKeys: ["permissions"] },
  );
  const headers = fc.oneof(
    { weight: 4, arbitrary: fc.constant({ alg: "HS256", typ: "JWT" }) },
    {
      weight: 1,
      arbitrary: fc.record(
        { alg: fc.constantFrom("HS256", "none", "HS512", 7), jwk: fc.jsonValue(), crit: fc.jsonValue() },
        { requiredKeys: [] },
      ),
    },
  );
  // A good token with one or two claims changed, mostly: otherwise hardly any would be accepted.
  const oneOff = fc.tuple(claims, fc.array(fc.constantFrom(...Object.keys(good), "nbf", "roles"), { maxLength: 2 }));
  const nearlyGood = oneOff.map(([some, names]) => ({
    ...good,
    ...Object.fromEntries(Object.entries(some).filter(([name]) => names.includes(name))),
  }));
  const tokens = fc.tuple(
    fc.oneof(
      { weight: 4, arbitrary: nearlyGood },
      { weight: 1, arbitrary: claims },
      { weight: 1, arbitrary: fc.dictionary(fc.string(), fc.jsonValue()) },
    ),
    headers,
  );

  const accepting = ["Valid", "Valid, with a warning", "Expires soon", "Never expires", "Key disabled here", "Revoked"];

  it("it is called accepted only if the signature was checked and is right", () => {
    let accepted = 0;
    fc.assert(
      fc.property(tokens, servers, fc.boolean(), ([some, header], server, ownSecret) => {
        const verdict = verdictOf(sign(some, header), server, { ownSecret });
        if (!accepting.includes(verdict.word)) return;
        accepted += 1;
        const signature = server.state === "answered" ? server.inspection.signature : undefined;
        const checked = signature?.state === "right" && !signature.otherKey && !signature.retired;
        expect(checked || ownSecret).toBe(true);
        expect(verdict.layers.filter(({ state }) => state === "bad")).toEqual([]);
      }),
      { numRuns: 600 },
    );
    expect(accepted).toBeGreaterThan(40);
  });

  it("there are six layers, top to bottom, a word of the list, a reason, and its tone", () => {
    const tones: Record<VerdictWord, Verdict["tone"] | RegExp> = {
      "Checking…": "mute",
      Valid: "ok",
      "Valid, with a warning": "warn",
      "Expires soon": "warn",
      "Never expires": "warn",
      "Key disabled here": "warn",
      "Unknown key": "warn",
      Revoked: "warn",
      Expired: "mute",
      "Not valid yet": "warn",
      "Altered after issuing": "bad",
      // By what the key says.
      "Signed with your secret, not issued here": /bad|warn|mute/,
      "Bad signature": "bad",
      Malformed: "bad",
      "Breaks VideoSDK's rules": "bad",
      // Red when the token brings its own key.
      "Signature not checked": /mute|bad/,
    };
    fc.assert(
      fc.property(tokens, servers, ([some, header], server) => {
        const verdict = verdictOf(sign(some, header), server);
        expect(verdict.tone).toMatch(tones[verdict.word] ?? "no word of the list");
        const worst = ["bad", "warn"].find((state) => verdict.layers.some((layer) => layer.state === state));
        if (verdict.word !== "Checking…" && worst === "bad") expect(verdict.tone).toBe("bad");
        if (worst) expect([verdict.word, verdict.tone]).not.toEqual(["Valid", "ok"]);
        if (verdict.tone === "ok") expect(verdict.layers.every(({ state }) => /ok|unknown/.test(state))).toBe(true);
        if (verdict.layers.some(({ findings }) => findings.some(({ code }) => code.endsWith("-in-header"))))
          expect(verdict.tone).not.toBe("ok");
        expect(verdict.vendor.length).toBeGreaterThan(0);
        if (verdict.tone !== "ok") expect(leadOf(verdict)).toMatch(/\S/);
        expect(verdict.layers.map(({ layer }) => layer)).toEqual([
          "form",
          "signature",
          "time",
          "rules",
          "ledger",
          "revocation",
        ]);
        for (const { state, findings } of verdict.layers)
          if (state === "bad") expect(findings.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  it("any text at all is judged without throwing", () => {
    const parts = fc
      .tuple(fc.json(), fc.json(), fc.string())
      .map((texts) => texts.map((text) => Buffer.from(text).toString("base64url")).join("."));
    fc.assert(
      fc.property(parts, servers, (text, server) => {
        const reading = readToken(text);
        if (reading.kind === "token") expect(judge(videosdk, reading, { server, now }).word).not.toBe("Valid");
      }),
      { numRuns: 200 },
    );
  });
});
