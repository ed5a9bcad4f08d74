import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type EffectivePolicy, openPolicy } from "@/lib/keys/policy";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { beginWith, firstKey } from "./begin";
import { compose, type KeyChoice } from "./compose";

const key = (id: string, policy: Partial<EffectivePolicy> = {}, disabled = false): KeyChoice => ({
  ...{ id, label: id, apiKey: `api-${id}`, profile: "videosdk", disabled },
  policy: { ...openPolicy, ...policy },
  templates: videosdk.templates,
});

describe("a form begins", () => {
  it("as a participant, with none of the account's rights", () => {
    expect(beginWith(key("a"))).toEqual({
      keyId: "a",
      permissions: ["allow_join"],
      roles: ["rtc"],
      roomId: "",
      participantId: "",
      expiresIn: "2h",
      template: "participant",
      purpose: "",
      startsAt: "",
      customClaims: "",
    });
  });

  it("with the template that is asked for, also one that the key does not take: the form says why", () => {
    expect(beginWith(key("a"), "server")).toMatchObject({ template: "server", roles: ["crawler"], expiresIn: "15m" });
    expect(beginWith(key("a", { roles: ["rtc"] }), "server")).toMatchObject({ template: "server" });
  });

  it("with what the key allows: its max lifetime, its first template, or its own default", () => {
    expect(beginWith(key("a", { maxTtlSeconds: 1_800 }))).toMatchObject({
      template: "participant",
      expiresIn: "30 min",
    });
    expect(beginWith(key("a", { templates: ["guest"] }))).toMatchObject({ template: "guest", expiresIn: "1h" });
    expect(beginWith(key("a", { defaultTtlSeconds: 600 }))).toMatchObject({ expiresIn: "10 min" });
    // With another lifetime than the template's it would be refused from the start.
    const only = key("a", { templates: ["guest"], defaultTtlSeconds: 600 });
    expect(beginWith(only)).toMatchObject({ template: "guest", expiresIn: "1h" });
    expect(compose(videosdk, [only], { ...beginWith(only), jti: randomUUID() }, 1_800_000_000).errors).toEqual({});
  });

  it("with what is open, where no template is", () => {
    const closed = beginWith(key("a", { templates: [], roles: ["crawler"], maxTtlSeconds: 60 }));
    expect(closed).toMatchObject({ template: "", permissions: [], roles: ["crawler"], expiresIn: "1 min" });
  });
});

describe("the first key", () => {
  const [old, last, off] = [key("old"), key("last"), key("off", {}, true)];
  it("is the one that was used last", () => expect(firstKey([old, last, off], "last")).toBe(last));
  it("is never a disabled one where another is there", () => expect(firstKey([off, old], "off")).toBe(old));
  it("is the oldest for who has issued nothing", () => expect(firstKey([old, last], undefined)).toBe(old));
  it("is a disabled one where there is no other", () => expect(firstKey([off], undefined)).toBe(off));
  it("is none where there is none", () => expect(firstKey([], "last")).toBeUndefined());
});
