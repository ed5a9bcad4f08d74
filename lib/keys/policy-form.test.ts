/** A policy as a form, and back; what a form may not make of it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { effective, noLimits, openPolicy, type Policy } from "./policy";
import { ALL_AT_ONCE, formOfLimits, LimitsForm, policyFrom } from "./policy-form";

const ids = videosdk.templates.map(({ id }) => id);
const open = LimitsForm.parse(formOfLimits(videosdk, noLimits));
const from = (change: object, before: Policy = openPolicy) => policyFrom(videosdk, ids, before, change);

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
        expect(from(form)).toEqual({ policy, refused: {} });
      }),
    );
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
});

it("what says the same of issuers as of everybody is not kept", () => {
  expect(from({ ...open, maxLifetime: 60, issuer: { ...open, maxLifetime: 60 } }).policy.issuer).toBeUndefined();
  const narrower = from({
    ...open,
    permissions: ["allow_join", "ask_join"],
    issuer: { ...open, permissions: ["ask_join"] },
  });
  expect(effective(narrower.policy, { kind: "member", role: "issuer" }).permissions).toEqual(["ask_join"]);
});
