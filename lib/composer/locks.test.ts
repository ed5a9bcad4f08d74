/** What a key's policy locks in the form is what the verb would refuse, and nothing else. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EffectivePolicy, openPolicy, refusedByPolicy } from "@/lib/keys/policy";
import type { Profile } from "@/lib/profiles/profile";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { secondsOf } from "@/lib/text/parse-duration";
import {
  asTemplateHasIt,
  boundTo,
  isBeside,
  isLocked,
  isRequired,
  limitsInWords,
  lockOfTemplate,
  type NamesField,
} from "./locks";
import { lifetimeOf } from "./template";

const fieldOf = (name: string) => videosdk.fields.find((field) => field.name === name) as NamesField;
const [may, goodFor] = [fieldOf("permissions"), fieldOf("roles")];
const template = (id: string) => videosdk.templates.find((each) => each.id === id) as Profile["templates"][number];
const policyOf = (some: Partial<EffectivePolicy>): EffectivePolicy => ({ ...openPolicy, ...some });

const limited = policyOf({
  maxTtlSeconds: 86_400,
  permissions: ["allow_join", "ask_join"],
  roles: ["rtc"],
  require: ["room", "purpose"],
});

it("an open policy locks nothing, asks for nothing and has no limits to tell", () => {
  const open = policyOf({});
  for (const each of videosdk.templates) expect(lockOfTemplate(videosdk, open, each)).toBeUndefined();
  for (const { names } of goodFor.ways ?? []) expect(isLocked(goodFor, open, names)).toBe(false);
  expect(isRequired(videosdk, open, "roomId")).toBe(false);
  expect(limitsInWords(videosdk, open, videosdk.templates)).toEqual([]);
});

it("a limited key says its limits in a few words each, by the names on the form", () => {
  expect(limitsInWords(videosdk, limited, videosdk.templates).map(({ words }) => words)).toEqual([
    "up to 24 h",
    "Room ID required",
    "Join directly or Ask to join",
    "Meeting only",
    "Purpose required",
  ]);
  expect(limitsInWords(videosdk, policyOf({ templates: ["guest", "server"] }), videosdk.templates)).toEqual([
    { kind: "only", words: "Guest or Server, unchanged" },
  ]);
  expect(isRequired(videosdk, limited, "roomId")).toBe(true);
  expect(isRequired(videosdk, limited, "purpose")).toBe(true);
  expect(isRequired(videosdk, limited, "participantId")).toBe(false);
});

describe("a lock has its reason on its face:", () => {
  it.each([
    ["moderator", "This key: Join directly or Ask to join"],
    ["server", "This key: Meeting only"],
    ["participant", undefined],
    ["guest", undefined],
  ])("%s", (id, reason) => expect(lockOfTemplate(videosdk, limited, template(id))).toBe(reason));

  it("a template that is not on the key's list", () => {
    const policy = policyOf({ templates: ["guest"] });
    expect(lockOfTemplate(videosdk, policy, template("participant"))).toBe("Not with this key");
    expect(lockOfTemplate(videosdk, policy, template("guest"))).toBeUndefined();
  });
});

it("no role at all stands for every one of them, and is locked with any of them", () => {
  expect(isLocked(goodFor, limited, [])).toBe(true);
  expect(isLocked(goodFor, limited, ["rtc"])).toBe(false);
  expect(isLocked(goodFor, limited, ["crawler"])).toBe(true);
  expect(isLocked(may, limited, [])).toBe(false);
});

it("what is locked would be refused, and what is open would not", () => {
  const some = (...names: string[]) => fc.option(fc.subarray(names), { nil: null });
  const policies = fc.record({
    permissions: some("allow_join", "ask_join", "allow_mod"),
    roles: some("rtc", "crawler"),
    templates: some(...videosdk.templates.map(({ id }) => id)),
    maxTtlSeconds: fc.constantFrom(null, 60, 3_600, 86_400),
  });
  fc.assert(
    fc.property(policies, fc.constantFrom(...videosdk.templates), (limits, each) => {
      const policy = policyOf(limits);
      const { permissions, roles } = each.given as { permissions: string[]; roles: string[] };
      const refused = refusedByPolicy(
        videosdk,
        policy,
        {
          ...{ permissions, roles, room: null, subject: null, purpose: "", templateId: each.id },
          ttlSeconds: secondsOf(lifetimeOf(each, policy)) ?? 0,
        },
        "Staging",
      );
      expect(lockOfTemplate(videosdk, policy, each) !== undefined).toBe(Object.keys(refused).length > 0);
    }),
  );
});

it("a key that takes only templates binds the form to the one it names: all else is locked, and says as whose", () => {
  const only = policyOf({ templates: ["guest"] });
  const bound = boundTo(only, videosdk.templates, "guest");
  if (!bound) throw new Error("It is bound to none.");
  const left = (field: NamesField, offered: readonly (readonly string[])[]) =>
    offered.filter((names) => !isBeside(field, bound, names));
  expect(
    left(
      may,
      may.choices.map(({ value }) => [value]),
    ),
  ).toEqual([["ask_join"]]);
  expect(
    left(
      goodFor,
      (goodFor.ways ?? []).map(({ names }) => names),
    ),
  ).toEqual([["rtc"]]);
  expect(asTemplateHasIt(bound)).toBe("this key: as Guest has it");
  expect(boundTo(only, videosdk.templates, "participant")).toBeUndefined();
  expect(boundTo(only, videosdk.templates, "")).toBeUndefined();
  expect(boundTo(policyOf({}), videosdk.templates, "guest")).toBeUndefined();
  // One that all rights of an account come with has no name for it.
  const developer = boundTo(policyOf({ templates: ["developer"] }), videosdk.templates, "developer");
  expect((goodFor.ways ?? []).filter(({ names }) => developer && !isBeside(goodFor, developer, names))).toHaveLength(1);
});
