import { expect, it } from "vitest";
import { openPolicy } from "@/lib/keys/policy";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { firstTemplate } from "./judge";

const key = { label: "Key", apiKey: "k", disabled: false, policy: openPolicy };
const first = (templates: typeof videosdk.templates, policy = openPolicy) =>
  firstTemplate(videosdk, { ...key, policy, templates }, { keyId: "k", expiresIn: 600 }, 1_000)?.id;

it("a new endpoint begins with what reaches not far, whatever the team has put first", () => {
  const named = (...ids: string[]) => ids.flatMap((id) => videosdk.templates.filter((each) => each.id === id));
  expect(first(named("moderator", "developer", "participant", "guest"))).toBe("participant");
  expect(first(named("moderator", "guest", "participant"))).toBe("guest");
  expect(first(named("moderator", "developer"))).toBe("moderator");
  expect(first(named("guest", "participant"), { ...openPolicy, permissions: ["allow_join"] })).toBe("participant");
  expect(first([])).toBeUndefined();
});
