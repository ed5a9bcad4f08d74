/** What a policy allows, for whom, and beside which field it says no. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import {
  type Asked,
  effective,
  openPolicy,
  Policy,
  readPolicy,
  refusedByPolicy,
  templatesIn,
  writePolicy,
} from "./policy";

const asked: Asked = {
  ttlSeconds: 7200,
  permissions: ["allow_join", "allow_mod"],
  roles: ["rtc"],
  room: null,
  subject: null,
  purpose: "",
  templateId: null,
};
const refusedOf = (policy: Partial<Policy>, more: Partial<Asked> = {}) =>
  refusedByPolicy(videosdk, { ...openPolicy, ...policy }, { ...asked, ...more }, "Staging", videosdk.templates);

it("a template whose name has a comma is told as one", () => {
  const templates = ["Guest", "Kiosk, ward 7"].map((name) => ({ id: name, name }));
  expect(templatesIn(["Guest", "Kiosk, ward 7"], templates)).toBe("Guest or “Kiosk, ward 7”");
});

describe("a policy", () => {
  it("without limits refuses nothing", () => {
    expect(refusedOf({})).toEqual({});
  });

  it.each<[string, Partial<Policy>, Partial<Asked>, object]>([
    ["at its max lifetime", { maxTtlSeconds: 7200 }, {}, {}],
    [
      "one second beyond it",
      { maxTtlSeconds: 7200 },
      { ttlSeconds: 7201 },
      { expiresIn: '"Staging" allows at most 2 h. Choose a shorter lifetime.' },
    ],
    ["with what it allows", { permissions: ["allow_join", "allow_mod"], roles: ["rtc"] }, {}, {}],
    [
      "with a permission more",
      { permissions: ["allow_join"] },
      {},
      { permissions: '"Staging" does not allow Moderate (allow_mod). Choose something else, or another key.' },
    ],
    [
      "with another role",
      { roles: ["crawler"] },
      {},
      { roles: '"Staging" does not allow Meeting only (rtc). Choose something else, or another key.' },
    ],
    [
      "with no role, which means all of them",
      { roles: ["rtc"] },
      { roles: [] },
      { roles: '"Staging" allows Meeting only (rtc): choose that, or another key.' },
    ],
    [
      "without what it asks for, beside the vendor's own fields",
      { require: ["room", "subject", "purpose"] },
      {},
      Object.fromEntries(
        ["roomId", "participantId", "purpose"].map((field) => [field, '"Staging" asks for this. Fill it in.']),
      ),
    ],
    ["with what it asks for", { require: ["room", "purpose"] }, { room: "r", purpose: "p" }, {}],
    ["from a template that it allows", { templates: ["guest"] }, { templateId: "guest" }, {}],
    [
      "from another template",
      { templates: ["guest"] },
      { templateId: "server" },
      { template: '"Staging" takes Guest only. Choose that template, and change nothing in it.' },
    ],
    [
      "from another, where it allows two",
      { templates: ["guest", "server"] },
      { templateId: "participant" },
      { template: '"Staging" takes Guest or Server only. Choose one of them, and change nothing in it.' },
    ],
    [
      "from none, where it allows templates only",
      { templates: ["guest"] },
      {},
      { template: '"Staging" takes Guest only. Choose that template, and change nothing in it.' },
    ],
  ])("%s", (_, policy, more, expected) => {
    expect(refusedOf(policy, more)).toEqual(expected);
  });

  it("is kept as JSON, what it does not say being no limit; what is none is refused", () => {
    const policy = Policy.parse({ maxTtlSeconds: 3600, issuer: { permissions: ["ask_join"] } });
    expect(readPolicy(writePolicy(policy))).toEqual(policy);
    expect(readPolicy("{}")).toEqual(openPolicy);
    for (const text of ["", "null", "[]", '{"maxTtlSeconds":0}', '{"maxTtlSeconds":"1h"}', '{"require":["all"]}'])
      expect(() => readPolicy(text)).toThrow();
  });
});

describe("what holds for an issuer", () => {
  const limited = Policy.parse({
    maxTtlSeconds: 7200,
    permissions: ["allow_join", "ask_join"],
    require: ["purpose"],
    issuer: { maxTtlSeconds: 3600, permissions: ["ask_join", "allow_mod"], roles: ["rtc"], require: ["room"] },
  });

  it("is the narrower of both; for others the key's own", () => {
    expect(effective(limited, { kind: "member", role: "issuer" })).toEqual({
      maxTtlSeconds: 3600,
      defaultTtlSeconds: null,
      permissions: ["ask_join"],
      roles: ["rtc"],
      require: ["purpose", "room"],
      templates: null,
    });
    const { issuer: _, ...own } = limited;
    for (const actor of [
      { kind: "member", role: "admin" },
      { kind: "service", templateIds: null },
      { kind: "endpoint" },
      { kind: "system" },
    ] as const)
      expect(effective(limited, actor)).toEqual(own);
  });

  it("begins with the default that fits, and with none where none is said", () => {
    const of = (own: object, issuer: object) =>
      effective(Policy.parse({ ...own, issuer }), { kind: "member", role: "issuer" }).defaultTtlSeconds;
    expect(of({ maxTtlSeconds: 60 }, { defaultTtlSeconds: 7200 })).toBe(60);
    expect(of({}, { maxTtlSeconds: 2_592_000 })).toBeNull();
    expect(of({ defaultTtlSeconds: 3600 }, { maxTtlSeconds: 7200 })).toBe(3600);
    expect(of({ defaultTtlSeconds: 3600 }, { defaultTtlSeconds: 600 })).toBe(600);
    const own = Policy.parse({ maxTtlSeconds: 3600, defaultTtlSeconds: 7200 });
    expect(effective(own, { kind: "member", role: "admin" }).defaultTtlSeconds).toBe(3600);
  });

  const names = fc.option(fc.subarray(["allow_join", "ask_join", "allow_mod"]), { nil: null });
  const ttl = fc.option(fc.integer({ min: 1, max: 90_000 }), { nil: null });
  const limits = fc.record({
    maxTtlSeconds: ttl,
    defaultTtlSeconds: ttl,
    permissions: names,
    roles: fc.option(fc.subarray(["rtc", "crawler"]), { nil: null }),
    require: fc.subarray(["room", "subject", "purpose"] as const),
    templates: fc.option(fc.subarray(["guest", "server"]), { nil: null }),
  });
  const asks = fc.record({
    ttlSeconds: fc.integer({ min: 1, max: 100_000 }),
    permissions: fc.subarray(["allow_join", "ask_join", "allow_mod"]),
    roles: fc.subarray(["rtc", "crawler"]),
    room: fc.option(fc.constant("r"), { nil: null }),
    subject: fc.option(fc.constant("s"), { nil: null }),
    purpose: fc.constantFrom("", "p"),
    templateId: fc.constantFrom("guest", "server", null),
  });

  it("never allows what the key's own refuses, nor what the issuers' does", () => {
    const allowed = (policy: object, wish: Asked) =>
      Object.keys(refusedByPolicy(videosdk, { ...openPolicy, ...policy }, wish, "K")).length === 0;
    fc.assert(
      fc.property(limits, limits, asks, (own, issuer, wish) => {
        const policy = effective(Policy.parse({ ...own, issuer }), { kind: "member", role: "issuer" });
        expect(allowed(policy, wish)).toBe(allowed(own, wish) && allowed(issuer, wish));
      }),
      // Most wishes are refused for several reasons at once, and tell nothing of one.
      { numRuns: 5_000 },
    );
  });

  it("keeps the key's own limit where the issuers' would be wider, each for itself", () => {
    const own = { maxTtlSeconds: 3_600, permissions: ["allow_join"], roles: ["rtc"], templates: ["guest"] };
    const wider = {
      maxTtlSeconds: 86_400,
      permissions: ["allow_join", "allow_mod"],
      roles: ["rtc", "crawler"],
      templates: ["guest", "server"],
    };
    const issuer = { kind: "member", role: "issuer" } as const;
    expect(effective(Policy.parse({ ...own, issuer: wider }), issuer)).toMatchObject(own);
    expect(effective(Policy.parse({ ...wider, issuer: own }), issuer)).toMatchObject(own);
    expect(effective(Policy.parse({ issuer: own }), issuer)).toMatchObject(own);
    expect(effective(Policy.parse({ ...own, issuer: {} }), issuer)).toMatchObject(own);
  });
});
