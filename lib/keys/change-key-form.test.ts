/** The form that changes a key sends what was changed in it, and judges what it holds as the verb does. */
import { expect, it } from "vitest";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import {
  type ChangeKeyForm,
  changeAsked,
  changeKeyForm,
  changeKeySchema,
  overMeanwhile,
  withoutGone,
} from "./change-key-form";
import { openPolicy, type Policy } from "./policy";

const key = (policy: Partial<Policy> = {}) => ({ id: "key", label: "Staging", policy: { ...openPolicy, ...policy } });

/** What is asked for where this is changed in a form that began with this policy. */
function asked(change: (began: ChangeKeyForm) => Partial<ChangeKeyForm>, policy: Partial<Policy> = {}) {
  const began = changeKeyForm(videosdk, key(policy));
  return changeAsked({ ...began, ...change(began) }, videosdk, key(policy));
}

it("asks for nothing but what was changed: another tab may have changed the rest", () => {
  const policy = { maxTtlSeconds: 3_600, defaultTtlSeconds: 60 };
  expect(asked(() => ({}), policy)).toEqual({ keyId: "key" });
  expect(asked(() => ({ label: "Live" }), policy)).toEqual({ keyId: "key", label: "Live" });
  expect(asked(() => ({ defaultLifetime: "2m" }), policy)).toEqual({ keyId: "key", defaultLifetime: "2m" });
  // What a form begins with stands beside the max lifetime, by which it is judged.
  expect(asked(() => ({ maxLifetime: "" }), policy)).toMatchObject({ maxLifetime: "", defaultLifetime: "1 min" });
});

it("asks of what issuers may for nothing but what was changed, too, also where nothing was said of them before", () => {
  const policy = { issuer: { ...openPolicy, permissions: ["allow_join", "allow_mod"], require: ["room" as const] } };
  const permissions = ["allow_join"];
  for (const before of [policy, {}, { require: ["purpose" as const] }])
    expect(asked(({ issuer }) => ({ issuersLess: true, issuer: { ...issuer, permissions } }), before)).toEqual({
      keyId: "key",
      issuer: { permissions },
    });
  expect(asked(() => ({ issuersLess: true }))).toEqual({ keyId: "key", issuer: {} });
  expect(asked(() => ({ issuersLess: true, require: ["room"] }))).toMatchObject({ issuer: {}, require: ["room"] });
  // Unticked and ticked again, it is as it was.
  expect(asked(({ permissions }) => ({ permissions: [...permissions].reverse() }))).toEqual({ keyId: "key" });
  expect(asked(() => ({ label: "Live" }), policy)).toEqual({ keyId: "key", label: "Live" });
  expect(asked(() => ({ issuersLess: false }), policy)).toEqual({ keyId: "key", issuer: null });
});

it("what issuers may is within what everybody may, and comes to be no more by what everybody comes to", () => {
  const two = ["allow_join", "ask_join"];
  const stood = { ...openPolicy, permissions: ["allow_join", "allow_mod"] };
  // It goes with what everybody may not any more, and needs no word of its own.
  expect(asked(() => ({ permissions: two }), { issuer: stood }).issuer).toBeUndefined();
  // What was shown as not theirs is not theirs because everybody has it now.
  for (const issuer of [openPolicy, stood])
    expect(asked(() => ({ permissions: [...two, "allow_mod"] }), { permissions: two, issuer }).issuer).toEqual({
      permissions: issuer === stood ? ["allow_join"] : two,
    });
});

it("lets a key be renamed whose policy has come to leave nothing to issue", () => {
  const stuck = key({ templates: ["server"], roles: ["rtc"] });
  const began = changeKeyForm(videosdk, stuck);
  const schema = changeKeySchema(videosdk, videosdk.templates, stuck);
  expect(schema.safeParse({ ...began, label: "Another name" }).success).toBe(true);
  expect(schema.safeParse({ ...began, maxLifetime: "1h" }).error?.issues).toMatchObject([{ path: ["templates"] }]);
});

it("says what is wrong beside the field, in either part", () => {
  const began = changeKeyForm(videosdk, key());
  const schema = changeKeySchema(videosdk, videosdk.templates, key());
  const wrong = (form: object) =>
    schema.safeParse({ ...began, ...form }).error?.issues.map(({ path }) => path.join("."));
  expect(wrong({})).toBeUndefined();
  expect(wrong({ label: "", maxLifetime: "soon" })?.sort()).toEqual(["label", "maxLifetime"]);
  expect(wrong({ maxLifetime: "1h", issuersLess: true, issuer: { ...began.issuer, maxLifetime: "2h" } })).toEqual([
    "issuer.maxLifetime",
  ]);
  expect(wrong({ issuersLess: true, issuer: { ...began.issuer, permissions: [] } })).toEqual(["issuer.permissions"]);
  // At once, also beside what cannot be read.
  expect(wrong({ label: "", permissions: [] })).toEqual(["label", "permissions"]);
  const issuer = { ...began.issuer, roles: [], maxLifetime: "2h" };
  expect(wrong({ maxLifetime: "soon", defaultLifetime: "3h", issuersLess: true, issuer })).toEqual([
    "maxLifetime",
    "issuer.roles",
  ]);
  // Of everybody it is told all the same.
  const soon = { ...began.issuer, maxLifetime: "soon" };
  expect(wrong({ maxLifetime: "1h", defaultLifetime: "2h", issuersLess: true, issuer: soon })).toEqual([
    "issuer.maxLifetime",
    "defaultLifetime",
  ]);
});

it("leaves out of what was kept the templates that are gone since: nobody could untick them", () => {
  const stands = key({ templates: ["guest", "hidden"] });
  const began = changeKeyForm(videosdk, stands);
  const kept = {
    ...began,
    ...{ maxLifetime: "4h", templates: ["guest", "hidden", "deleted"], issuersLess: true },
    issuer: { ...began.issuer, templates: ["deleted"] },
  };
  const form = withoutGone(kept, videosdk.templates, began);
  // What stands in the policy may stay, as it may where the form is saved.
  expect(form).toEqual({ ...kept, templates: ["guest", "hidden"], issuer: { ...kept.issuer, templates: [] } });
  expect(changeKeySchema(videosdk, videosdk.templates, stands).safeParse(form).success).toBe(true);
});

it("what was typed stands over what somebody else changed meanwhile, and the rest is as it is now", () => {
  const before = changeKeyForm(videosdk, key());
  const issuer = { ...openPolicy, maxTtlSeconds: 3_600, permissions: ["allow_join"] };
  const now = changeKeyForm(videosdk, key({ defaultTtlSeconds: 1_800, require: ["room"], issuer }));
  const typed = { ...before, maxLifetime: "2h", issuer: { ...before.issuer, permissions: ["ask_join"] } };
  expect(overMeanwhile(typed, before, now)).toEqual({
    ...now,
    maxLifetime: "2h",
    defaultLifetime: before.defaultLifetime,
    issuer: { ...now.issuer, permissions: ["ask_join"] },
  });
  expect(overMeanwhile(before, before, now)).toEqual(now);
});
