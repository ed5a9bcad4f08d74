import { describe, expect, it } from "vitest";
import { openPolicy } from "@/lib/keys/policy";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { secondsOf } from "@/lib/text/parse-duration";
import { fieldsOf, lifetimeOf, templateOf } from "./template";

const moderator = { permissions: ["allow_join", "allow_mod"], roles: ["rtc"], expiresIn: "2h", template: "moderator" };
type Form = typeof moderator;
const { templates } = videosdk;
const templateIn = ({ expiresIn, ...form }: Pick<Form, "expiresIn" | "template">) =>
  templateOf(videosdk, { ...form, ttlSeconds: secondsOf(expiresIn) }, { policy: openPolicy, templates })?.name ?? "";
const from = (change: { [field in keyof Form]?: Form[field] | undefined }) =>
  templateIn({ ...moderator, ...change } as Form);

describe("a form comes from a template", () => {
  it.each(videosdk.templates)("that filled it in: $name", (template) => {
    expect(templateIn(fieldsOf(template, openPolicy))).toBe(template.name);
  });

  it.each([
    ["however its lifetime is spelled", { expiresIn: "120m" }],
    ["in whatever order its permissions were ticked", { permissions: ["allow_mod", "allow_join"] }],
  ])("%s", (_, change) => expect(from(change)).toBe("Moderator"));
});

describe("a form comes from none", () => {
  it.each([
    ["when none was chosen, though it says the same", { template: "" }],
    ["when another was", { template: "guest" }],
    ["when there is no such template", { template: "Moderator" }],
    ["with a permission less", { permissions: ["allow_join"] }],
    ["with another permission", { permissions: ["allow_join", "ask_join"] }],
    ["with a role more", { roles: ["rtc", "crawler"] }],
    ["without its role", { roles: undefined }],
    ["with another lifetime", { expiresIn: "3h" }],
    ["with a lifetime that can't be read", { expiresIn: "soon" }],
  ])("%s", (_, change) => expect(from(change)).toBe(""));
});

describe("a key that allows less time", () => {
  const key = { maxTtlSeconds: 3600 };
  const lifetimes = (limit: { maxTtlSeconds: number | null }) =>
    Object.fromEntries(videosdk.templates.map((template) => [template.id, lifetimeOf(template, limit)]));

  it("shortens a template, and never lengthens one", () => {
    expect(lifetimes(key)).toEqual({
      participant: "1h",
      moderator: "1h",
      guest: "1h",
      developer: "1h",
      server: "15m",
    });
    expect(lifetimes({ maxTtlSeconds: null }).participant).toBe("2h");
  });

  it("leaves the template what it is: one is in force with its short life, and not with its own", () => {
    const inForce = (ttlSeconds: number) =>
      templateOf(videosdk, { ...moderator, ttlSeconds }, { policy: key, templates })?.name;
    expect(inForce(3600)).toBe("Moderator");
    expect(inForce(7200)).toBeUndefined();
  });
});
