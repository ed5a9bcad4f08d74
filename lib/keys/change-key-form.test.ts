/** The form that changes a key sends what was changed in it, and judges what it holds as the verb does. */
import { expect, it } from "vitest";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { changeAsked, changeKeyForm, changeKeySchema, withoutGone } from "./change-key-form";
import { openPolicy, type Policy } from "./policy";

const key = (policy: Partial<Policy> = {}) => ({ id: "key", label: "Staging", policy: { ...openPolicy, ...policy } });

it("asks for nothing but what was changed: another tab may have changed the rest", () => {
  const began = changeKeyForm(videosdk, key({ maxTtlSeconds: 3_600 }));
  expect(changeAsked(began, began)).toEqual({ keyId: "key" });
  expect(changeAsked({ ...began, label: "Live" }, began)).toEqual({ keyId: "key", label: "Live" });
  expect(changeAsked({ ...began, maxLifetime: "" }, began)).toEqual({ keyId: "key", maxLifetime: "" });
  expect(changeAsked({ ...began, issuersLess: true }, began)).toHaveProperty("issuer");
});

it("what issuers may goes with what everybody may", () => {
  const began = changeKeyForm(videosdk, key({ issuer: { ...openPolicy, permissions: ["allow_join", "allow_mod"] } }));
  const asked = changeAsked({ ...began, permissions: ["allow_join", "ask_join"] }, began);
  expect(asked.issuer).toMatchObject({ permissions: ["allow_join"] });
  expect(changeAsked({ ...began, issuersLess: false }, began)).toEqual({ keyId: "key", issuer: null });
});

it("asks of what issuers may for nothing but what was changed, too", () => {
  const began = changeKeyForm(videosdk, key({ issuer: { ...openPolicy, permissions: ["allow_join", "allow_mod"] } }));
  const issuer = { ...began.issuer, permissions: ["allow_join"] };
  expect(changeAsked({ ...began, issuer }, began)).toEqual({ keyId: "key", issuer: { permissions: ["allow_join"] } });
  expect(changeAsked({ ...began, label: "Live" }, began)).toEqual({ keyId: "key", label: "Live" });
  // Where nothing was said of them before, all of it.
  const none = changeKeyForm(videosdk, key());
  expect(changeAsked({ ...none, issuersLess: true }, none)).toEqual({ keyId: "key", issuer: none.issuer });
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
