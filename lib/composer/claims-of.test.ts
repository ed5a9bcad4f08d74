/** A later start and custom claims, from the form to what the policy speaks of. */
import { expect, it } from "vitest";
import { openPolicy } from "@/lib/keys/policy";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { compose } from "./compose";
import { newJti } from "./new-jti";
import { prepare } from "./prepare";
import { issueTokenInput } from "./schema";

const now = 1_800_000_000;
const later = (seconds: number) => new Date((now + seconds) * 1000).toISOString();
const key = (policy = {}) => ({
  ...{ apiKey: "an-api-key", label: "Staging", disabled: false, templates: videosdk.templates },
  policy: { ...openPolicy, ...policy },
});
const prepared = (form: object, policy = {}) =>
  prepare(
    videosdk,
    key(policy),
    issueTokenInput(videosdk).parse({
      ...{ keyId: "k", permissions: ["ask_join"], roles: ["rtc"], expiresIn: "1h", template: "guest", jti: newJti() },
      ...form,
    }),
    now,
  );

it("a token that starts later lives from then on, and counts for the key's max lifetime from now on", () => {
  const { claims, asked, refused } = prepared({ startsAt: later(3_600), template: "" });
  expect(claims).toMatchObject({ iat: now, nbf: now + 3_600, exp: now + 7_200 });
  expect(Object.keys(claims).indexOf("nbf")).toBe(Object.keys(claims).indexOf("iat") + 1);
  expect(asked.ttlSeconds).toBe(7_200);
  expect(refused).toEqual({});
  const less = prepared({ startsAt: later(3_600), template: "" }, { maxTtlSeconds: 7_199 });
  expect(less.refused.expiresIn).toMatch(/, counted from now\. Let it start earlier, or choose a shorter lifetime\.$/);
  expect(prepared({}).claims).not.toHaveProperty("nbf");
});

it("a start that has passed, or that nobody will remember, is refused", () => {
  for (const seconds of [-60, 0, 366 * 86_400])
    expect(Object.keys(prepared({ startsAt: later(seconds), template: "" }).refused)).toEqual(["startsAt"]);
});

it("a later start is none of what a template fills in, and gets past no policy that wants one unchanged", () => {
  for (const template of ["guest", ""])
    expect(prepared({ startsAt: later(3_600), template }, { templates: ["guest"] }).refused).toHaveProperty("template");
});

it.each(["tomorrow", "2026-11-27T09:00", "2026-13-01T00:00:00Z", "2027-02-30T00:00:00Z", "Feb 3 2027 Z"])(
  "%j is no start",
  (startsAt) => {
    const parsed = issueTokenInput(videosdk).safeParse({ keyId: "k", expiresIn: "1h", jti: newJti(), startsAt });
    expect(parsed.error?.issues.map(({ path }) => path.join())).toEqual(["startsAt"]);
  },
);

it.each(["2027-01-01T00:00Z", "2027-01-01T00:00:00Z", "2027-01-01T00:00:00.000Z"])("%j is a start", (startsAt) => {
  const parsed = issueTokenInput(videosdk).safeParse({ keyId: "k", expiresIn: "1h", jti: newJti(), startsAt });
  expect(parsed.data?.startsAt).toBe(Date.UTC(2027, 0, 1) / 1000);
});

it("custom claims are signed behind the others, and are no template's", () => {
  const { claims, refused, asked } = prepared({ customClaims: '{"team": "red"}', template: "" });
  expect(Object.keys(claims).at(-1)).toBe("team");
  expect(claims.team).toBe("red");
  expect(refused).toEqual({});
  expect(asked.templateId).toBeNull();
  expect(Object.keys(prepared({ customClaims: '{"team": "red"}' }).refused)).toEqual(["template"]);
  expect(
    Object.keys(prepared({ customClaims: '{"team": 1}', template: "" }, { templates: ["guest"] }).refused),
  ).toEqual(["template"]);
});

it("a misspelt claim of the vendor's is told beside the custom claims", () => {
  const form = { keyId: "k", template: "", permissions: ["allow_join"], expiresIn: "1h", jti: newJti() };
  const choice = { id: "k", profile: "videosdk", ...key() };
  const { warnings } = compose(videosdk, [choice], { ...form, customClaims: '{"room-id": "abcd-efgh-ijkl"}' }, now);
  expect(warnings.customClaims).toContain("room-id");
});
