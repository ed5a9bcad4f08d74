/** A policy as a form, and back; what a form may not make of it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { effective, noLimits, openPolicy, type Policy } from "./policy";
import { ALL_AT_ONCE, formOfLimits, LimitsForm, policyFrom, warningOfTicked } from "./policy-form";

const ids = videosdk.templates.map(({ id }) => id);
const open = LimitsForm.parse(formOfLimits(videosdk, noLimits));
const from = (change: object, before: Policy = openPolicy) => policyFrom(videosdk, videosdk.templates, before, change);

describe("a policy and its form", () => {
  it("an open one has all ticked, and comes back open", () => {
    expect(open.permissions).toEqual(["allow_join", "ask_join", "allow_mod"]);
    expect(open.roles).toContain(ALL_AT_ONCE);
    expect(from(open)).toEqual({ policy: openPolicy, refused: {} });
  });

  it("any policy that a form made comes back as it was", () => {
    const some = (names: readonly string[]) =>
      fc.option(fc.subarray([...names], { minLength: 1, maxLength: names.length - 1 }), { nil: null });
    const limits = fc.record({
      maxTtlSeconds: fc.constantFrom(null, 3_600, 90_061),
      defaultTtlSeconds: fc.constantFrom(null, 60, 900),
      permissions: some(open.permissions),
      roles: some(["rtc", "crawler"]),
      require: fc.subarray(["room" as const, "subject" as const, "purpose" as const]),
      templates: some(ids),
    });
    fc.assert(
      fc.property(limits, (policy) => {
        const form = LimitsForm.parse(formOfLimits(videosdk, policy));
        const { policy: made, refused } = from(form);
        expect(made).toEqual(policy);
        // Templates of which none is allowed are a mistake.
        expect(Object.keys(refused)).toEqual(refused.templates ? ["templates"] : []);
      }),
    );
  });

  it("tells a lifetime as the issue form does", () => {
    const form = formOfLimits(videosdk, { ...noLimits, maxTtlSeconds: 86_400, defaultTtlSeconds: 5_400 });
    expect(form).toMatchObject({ maxLifetime: "24h", defaultLifetime: "1 h 30 min" });
    const longer = { ...form, maxLifetime: 86_400, defaultLifetime: 86_401 };
    expect(from(longer).refused.defaultLifetime).toContain("at most 24 h,");
  });

  it("what the form does not say stays", () => {
    const before: Policy = { ...openPolicy, require: ["room"], issuer: { ...noLimits, permissions: ["allow_join"] } };
    expect(from({ maxLifetime: 60 }, before).policy).toEqual({ ...before, maxTtlSeconds: 60 });
    expect(from({ issuer: null }, before).policy).toEqual({ ...openPolicy, require: ["room"] });
  });

  it("both roles at once are every role, also where one of them is not ticked", () => {
    expect(from({ ...open, roles: ["rtc", ALL_AT_ONCE] }).policy.roles).toBeNull();
    expect(from({ ...open, roles: ["crawler", "rtc"] }).policy.roles).toEqual(["rtc", "crawler"]);
  });
});

describe("a policy that leaves nothing to issue", () => {
  const serverOnly = { templates: ["server"], roles: ["rtc"] };
  it("is refused, and says which template asks for what is not ticked", () => {
    expect(from({ ...open, ...serverOnly }).refused).toEqual({
      templates: "Nothing could be issued: Server asks for what is not ticked above. Tick that, or another template.",
    });
    expect(from({ ...open, ...serverOnly, templates: ["server", "developer"] }).refused.templates).toContain(
      "Developer, Server ask for",
    );
    expect(from({ ...open, ...serverOnly, templates: ["server", "guest"] }).refused).toEqual({});
    // A template takes the key's lifetime, and what must be given can be.
    expect(from({ ...open, maxLifetime: 60, require: ["room", "purpose"], templates: ["server"] }).refused).toEqual({});
  });

  it("is refused for issuers, too, beside what is theirs", () => {
    const issuer = { ...open, permissions: ["ask_join"] };
    const change = { ...open, templates: ["participant"], issuer };
    expect(Object.keys(from(change).refused)).toEqual(["issuer.templates"]);
    expect(from({ ...change, templates: ["participant", "guest"] }).refused).toEqual({});
  });

  it("is said again by whoever changes its limits, and by nobody else", () => {
    const before: Policy = { ...openPolicy, templates: ["server"], roles: ["rtc"] };
    expect(from({}, before).refused).toEqual({});
    expect(Object.keys(from({ maxLifetime: 60 }, before).refused)).toEqual(["templates"]);
  });

  it("or only what is good for nothing is warned of", () => {
    expect(warningOfTicked(videosdk, "permissions", ["allow_mod"])).toMatch(/^allow_mod stands without .* Add allow_j/);
    for (const ticked of [[], ["ask_join", "allow_mod"], ["allow_join"]])
      expect(warningOfTicked(videosdk, "permissions", ticked)).toBeUndefined();
    expect(warningOfTicked(videosdk, "roles", ["crawler"])).toBeUndefined();
  });
});

describe("refused, by field:", () => {
  it.each([
    ["permissions", { permissions: [] }],
    ["permissions", { permissions: ["allow_all"] }],
    ["roles", { roles: [] }],
    ["templates", { templates: ["nobody-has-it"] }],
    ["defaultLifetime", { maxLifetime: 60, defaultLifetime: 61 }],
    ["issuer.permissions", { issuer: { ...open, permissions: [] } }],
    ["issuer.defaultLifetime", { issuer: { ...open, maxLifetime: 60, defaultLifetime: 61 } }],
    ["issuer.maxLifetime", { maxLifetime: 60, issuer: { ...open, maxLifetime: 61 } }],
    ["issuer.defaultLifetime", { maxLifetime: 60, issuer: { ...open, maxLifetime: null, defaultLifetime: 61 } }],
    [
      "issuer.permissions",
      { permissions: ["allow_join"], issuer: { ...open, permissions: ["allow_join", "allow_mod"] } },
    ],
    ["issuer.roles", { roles: ["rtc"], issuer: { ...open, roles: ["crawler"] } }],
    ["issuer.templates", { templates: ["guest"], issuer: { ...open, templates: ["developer"] } }],
  ])("%s of %j", (field, change) => {
    expect(Object.keys(from({ ...open, ...change }).refused)).toEqual([field]);
  });

  it("an unknown name with those that there are", () => {
    expect(from({ permissions: ["allow_all"] }).refused.permissions).toBe(
      "VideoSDK knows no such permission. It knows allow_join, ask_join, allow_mod.",
    );
  });
});

it("of what issuers may stays what the form does not say, and is no mistake of its where it was narrowed since", () => {
  const stood = { ...noLimits, maxTtlSeconds: 3_600, permissions: ["allow_join", "allow_mod"], roles: ["crawler"] };
  const before: Policy = { ...openPolicy, roles: ["rtc"], issuer: stood };
  const { policy, refused } = from({ issuer: { permissions: ["allow_join"] } }, before);
  expect(refused).toEqual({});
  expect(policy.issuer).toEqual({ ...stood, permissions: ["allow_join"] });
  expect(Object.keys(from({ issuer: { roles: ["crawler"] } }, before).refused)).toEqual(["issuer.roles"]);
});

it("a shorter max lifetime is told of what a form begins with, in either part", () => {
  const begins = { ...noLimits, defaultTtlSeconds: 7_200 };
  expect(Object.keys(from({ maxLifetime: 3_600 }, { ...openPolicy, ...begins }).refused)).toEqual(["defaultLifetime"]);
  const ofIssuers = { ...openPolicy, issuer: begins };
  expect(Object.keys(from({ issuer: { maxLifetime: 3_600 } }, ofIssuers).refused)).toEqual(["issuer.defaultLifetime"]);
  expect(from({ require: ["room"] }, { ...openPolicy, ...begins, maxTtlSeconds: 3_600 }).refused).toEqual({});
});

it("what says the same of issuers as of everybody is not kept", () => {
  expect(from({ ...open, maxLifetime: 60, issuer: { ...open, maxLifetime: 60 } }).policy.issuer).toBeUndefined();
  const narrower = from({
    ...open,
    permissions: ["allow_join", "ask_join"],
    issuer: { ...open, permissions: ["ask_join"] },
  });
  expect(effective(narrower.policy, { kind: "member", role: "issuer" }).permissions).toEqual(["ask_join"]);
  // As many are not the same ones.
  const other: Policy = { ...openPolicy, issuer: { ...noLimits, permissions: ["ask_join"] } };
  const narrowed = from({ permissions: ["allow_join"] }, other);
  expect(effective(narrowed.policy, { kind: "member", role: "issuer" }).permissions).toEqual([]);
  // Who would lock them out is told so; who renames the key is not.
  expect(Object.keys(narrowed.refused)).toEqual(["issuer.permissions"]);
  expect(from({}, narrowed.policy).refused).toEqual({});
});

it("what was taken from issuers is not given back by what everybody loses and gets again", () => {
  const taken: Policy = { ...openPolicy, issuer: { ...noLimits, permissions: ["allow_join", "ask_join"] } };
  const without = from({ permissions: ["allow_join", "ask_join"] }, taken);
  const again = from({ permissions: open.permissions }, without.policy);
  expect(effective(again.policy, { kind: "member", role: "issuer" }).permissions).toEqual(["allow_join", "ask_join"]);
});
