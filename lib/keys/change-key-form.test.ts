/** The form that changes a key sends what was changed in it, and judges what it holds as the verb does. */
import { describe, expect, it } from "vitest";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import {
  type ChangeKeyForm,
  changeAsked,
  changeKeyForm,
  changeKeySchema,
  leftOutIn,
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
  const narrowed = changeKeyForm(videosdk, key({ issuer: { ...openPolicy, templates: ["guest"] } }));
  const { issuer } = withoutGone({ ...narrowed, issuer: kept.issuer }, videosdk.templates, narrowed);
  expect(issuer.templates).toEqual(["guest"]);
  // Where all of them are gone, what holds stands: none would be any.
  expect(withoutGone({ ...kept, templates: ["deleted"] }, videosdk.templates, began).templates).toEqual(
    began.templates,
  );
  expect(changeKeySchema(videosdk, videosdk.templates, stands).safeParse(form).success).toBe(true);
});

describe("what was typed over what somebody else changed meanwhile", () => {
  /** The form now, where it was changed so, by whoever typed and by somebody else. */
  function over(
    typed: (began: ChangeKeyForm) => Partial<ChangeKeyForm>,
    now: Partial<Policy>,
    before: Partial<Policy> = {},
  ) {
    const [began, stands] = [before, now].map((policy) => changeKeyForm(videosdk, key(policy))) as [
      ChangeKeyForm,
      ChangeKeyForm,
    ];
    const form = overMeanwhile({ ...began, ...typed(began) }, began, stands);
    const changed = Object.entries(form).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(stands[name as keyof ChangeKeyForm]),
    );
    return { changed: Object.fromEntries(changed), stands };
  }

  it("is all that differs from what holds now", () => {
    const issuer = { ...openPolicy, maxTtlSeconds: 3_600, permissions: ["allow_join"] };
    const now = { defaultTtlSeconds: 1_800, require: ["room" as const], issuer };
    expect(over(() => ({}), now).changed).toEqual({});
    expect(over(() => ({ label: "Mine", maxLifetime: "2h" }), now).changed).toEqual({
      label: "Mine",
      maxLifetime: "2h",
    });
  });

  it("is not what stands already, however it is written", () => {
    const typed = { label: " Live ", maxLifetime: "60m", defaultLifetime: "1800" };
    const now = { maxTtlSeconds: 3_600, defaultTtlSeconds: 1_800 };
    expect(over(() => typed, now).changed).toEqual({ label: "Live" });
    expect(over(() => ({ ...typed, maxLifetime: "61m" }), now).changed).toEqual({ label: "Live", maxLifetime: "61m" });
    // What cannot be read is told where it stands.
    expect(over(() => ({ maxLifetime: "soon" }), {}).changed).toEqual({ maxLifetime: "soon" });
  });

  it("is judged tick by tick: what somebody else took away is given back by nobody who did not ask for it", () => {
    const without = (name: string) => (began: ChangeKeyForm) => ({
      permissions: began.permissions.filter((each) => each !== name),
    });
    expect(over(without("allow_join"), { permissions: ["allow_join", "ask_join"] }).changed).toEqual({
      permissions: ["ask_join"],
    });
    const two = { permissions: ["allow_join", "ask_join"] };
    expect(
      over(({ permissions }) => ({ permissions: [...permissions, "allow_mod"] }), { permissions: ["ask_join"] }, two)
        .changed,
    ).toEqual({ permissions: ["ask_join", "allow_mod"] });
    expect(over(() => ({ require: ["purpose"] }), { require: ["room"] }).changed).toEqual({
      require: ["room", "purpose"],
    });
  });

  it.each<[string, before: string[], typed: string[], now: string[], stands: string[], leftOut?: string[]]>([
    ["two that narrow to what has nothing in common", ["p", "m"], ["m"], ["p"], ["p"], ["m"]],
    ["two that narrow any to what has nothing in common", [], ["m"], ["p"], ["p"], ["m"]],
    ["two that narrow any to what has something in common", [], ["m", "p"], ["p", "s"], ["p"], ["m"]],
    ["one that narrows any to a part of what another does", [], ["p", "m"], ["p"], ["p"], ["m"]],
    ["each takes one away", ["p", "m", "s"], ["p", "s"], ["m", "s"], ["s"]],
    ["each adds one", ["p"], ["p", "m"], ["p", "s"], ["p", "s", "m"]],
    ["one asks for any", ["p", "m"], [], ["p"], []],
    ["one narrows while another makes it any", ["p", "m"], ["p"], [], ["p"]],
    ["any, untouched here, while another narrows it", [], [], ["p"], ["p"]],
    ["nobody has touched them here", ["p", "m"], ["m", "p"], ["p"], ["p"]],
    ["nor here, where others were ticked meanwhile", ["p"], ["p"], ["m"], ["m"]],
    ["two that say the same", [], ["p"], ["p"], ["p"]],
  ])("does not make any template of two limits: %s", (_, before, typed, now, stands, left = []) => {
    const merged = over(() => ({ templates: typed }), { templates: now }, { templates: before });
    expect({ ...merged.stands, ...merged.changed }.templates).toEqual(stands);
    // Whoever ticked what came to nothing is told.
    const form = (templates: string[], issuersLess = true) => {
      const began = changeKeyForm(videosdk, key());
      return { ...began, templates, issuersLess, issuer: { ...began.issuer, templates } };
    };
    const told = left.length > 0 ? { templates: left } : {};
    const toldOfBoth = left.length > 0 ? { ...told, "issuer.templates": left } : {};
    expect(leftOutIn(form(typed), form(before), form(now))).toEqual(toldOfBoth);
    // What is not said of issuers any more comes to nothing without a word.
    expect(leftOutIn(form(typed, false), form(before), form(now))).toEqual(told);
    const of = (templates: string[]) => ({ issuer: { ...openPolicy, templates } });
    const ofIssuers = over(({ issuer }) => ({ issuer: { ...issuer, templates: typed } }), of(now), of(before));
    expect({ ...ofIssuers.stands, ...ofIssuers.changed }.issuer.templates).toEqual(stands);
  });

  it("stands of issuers, too, where nothing is said of them any more", () => {
    const issuer = { ...openPolicy, permissions: ["ask_join"] };
    const typed = over((began) => ({ issuer: { ...began.issuer, maxLifetime: "33m" } }), {}, { issuer });
    expect(typed.changed).toEqual({ issuersLess: true, issuer: { ...typed.stands.issuer, maxLifetime: "33m" } });
    expect(over(() => ({ label: "Mine" }), {}, { issuer }).changed).toEqual({ label: "Mine" });
    expect(
      over(() => ({ issuersLess: false }), { issuer: { ...issuer, require: ["room"] } }, { issuer }).changed,
    ).toEqual({
      issuersLess: false,
    });
  });
});
