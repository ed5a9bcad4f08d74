/** The form while one types: it says what the verb will say, no more and no less. */
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { IssueTokenInput } from "@/lib/composer/schema";
import { openPolicy } from "@/lib/keys/policy";
import { setKeyStatus } from "@/lib/keys/set-status";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { issueForm, openDesk, refusalOf } from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { compose, issueFormSchema, type KeyChoice } from "./compose";
import { newJti } from "./new-jti";
import { fieldOfPath, refusals } from "./refusals";

const desk = await openDesk();
const [free, limited, disabled] = [await desk.addKey(), await desk.addKey("2h"), await desk.addKey()];
await setKeyStatus(desk.admin, { keyId: disabled.id, disabled: true });
const { templates } = videosdk;
const choices: KeyChoice[] = [
  { ...free, profile: "videosdk", disabled: false, policy: openPolicy, templates },
  { ...limited, profile: "videosdk", disabled: false, policy: { ...openPolicy, maxTtlSeconds: 7200 }, templates },
  { ...disabled, profile: "videosdk", disabled: true, policy: openPolicy, templates },
];
const schema = issueFormSchema(choices);

const form = (more: Partial<IssueTokenInput> = {}): IssueTokenInput => ({ ...issueForm(free), ...more });
const now = Math.floor(Date.now() / 1000);
const composed = (more: Partial<IssueTokenInput> = {}) => compose(videosdk, choices, form(more), now);

describe("the preview", () => {
  it("is the payload that the verb signs, but for its instants", async () => {
    const typed = form({
      permissions: ["allow_mod", "allow_join"],
      roomId: " 2kyv-gzay-64pg ",
      roles: ["rtc"],
      expiresIn: "90m",
    });
    vi.useFakeTimers({ toFake: ["Date"], now: now * 1000 });
    const { claims } = await issueToken(desk.issuer, typed).finally(() => vi.useRealTimers());
    expect(JSON.stringify(compose(videosdk, choices, typed, now).claims)).toBe(JSON.stringify(claims));
  });

  it("says of a lifetime that cannot be read nothing else", () => {
    for (const expiresIn of ["1x", "", "2 fortnights", "0"]) {
      const { ttlSeconds, warnings } = composed({ expiresIn });
      expect(ttlSeconds).toBeUndefined();
      expect(warnings.expiresIn).toBeUndefined();
    }
  });

  it("does not tell whoever typed a unit what another library takes for milliseconds", () => {
    for (const expiresIn of ["1s", "30 seconds"]) expect(composed({ expiresIn }).warnings.expiresIn).toBeUndefined();
  });

  it("does not tell whoever ticks permissions what the official builder does without any", () => {
    const { notes } = composed({ permissions: ["allow_join", "allow_mod"] });
    expect(notes.map(({ code }) => code)).not.toContain("permissions-of-the-builder");
  });

  it("shows a payload also while something is missing or unreadable, and says what else is wrong with it", () => {
    const { errors, ...shown } = composed({ keyId: "", expiresIn: "", permissions: undefined });
    expect(shown).toMatchObject({
      claims: { apikey: "", permissions: [], iat: now, exp: now },
      ttlSeconds: undefined,
      unsignable: "no-key",
    });
    expect(errors).toEqual({ permissions: expect.stringMatching(/permits nothing/) });
  });

  it("says all at once what is wrong, whatever else can't be read", () => {
    const wrong = {
      permissions: ["ask_join", "allow_mod"],
      participantId: "a b",
      expiresIn: "1.5h",
      customClaims: '{"exp": 3}',
    };
    const policy = { ...openPolicy, maxTtlSeconds: 60, templates: ["guest"] };
    const only = [{ ...free, profile: "videosdk", disabled: false, policy, templates }];
    const { errors, warnings } = compose(videosdk, only, form(wrong), now);
    // Nothing of the lifetime, nor of a template that it might not fit: that it can't be read, the schema says.
    expect(Object.keys(errors).sort()).toEqual(["participantId", "permissions"]);
    expect(warnings).toEqual({});
    const { error } = issueFormSchema(only).safeParse(form(wrong));
    const told = error?.issues.map(({ path }) => path.join(".")) ?? [];
    expect([...told].sort()).toEqual(["customClaims", "expiresIn", "participantId", "permissions"]);
  });

  it("does not warn beside a field of what is refused there", () => {
    const { errors, warnings } = composed({ keyId: limited.id, expiresIn: "3d" });
    expect(errors.expiresIn).toMatch(/allows at most 2 h/);
    expect(warnings.expiresIn).toBeUndefined();
  });

  it("knows what nothing can be signed without", () => {
    expect(composed().unsignable).toBeUndefined();
    expect(composed({ keyId: disabled.id }).unsignable).toBe("disabled-key");
    expect(composed({ expiresIn: "soon" }).unsignable).toBe("no-lifetime");
    expect(composed({ keyId: "" }).unsignable).toBe("no-key");
  });

  it("warns beside the field of what is probably not meant, and lets it pass", () => {
    const typed = { roomId: "my-room", permissions: ["allow_mod" as const], expiresIn: "3d" };
    const { warnings, errors } = composed(typed);
    expect(Object.keys(warnings).sort()).toEqual(["expiresIn", "permissions", "roomId"]);
    expect(warnings.expiresIn).toMatch(/^3 d, .*short lifetimes/);
    expect(errors).toEqual({});
    expect(schema.safeParse(form(typed)).success).toBe(true);
  });

  it("keeps notes apart from warnings", () => {
    const { notes, warnings } = composed({ roles: ["crawler"] });
    expect(notes.map(({ code }) => code)).toContain("crawler-cannot-join");
    expect(warnings).toEqual({});
  });

  it("names the rule and the key's limit beside their fields", () => {
    const { errors } = composed({ keyId: limited.id, expiresIn: "3h", permissions: ["ask_join", "allow_join"] });
    expect(Object.keys(errors).sort()).toEqual(["expiresIn", "permissions"]);
    expect(errors.expiresIn).toBe(`"${limited.label}" allows at most 2 h. Choose a shorter lifetime.`);
  });
});

describe("the field of a finding", () => {
  it.each([
    ["payload.permissions[1]", "permissions"],
    ["payload.roomId", "roomId"],
    ["payload.exp", "expiresIn"],
    ["payload.iat", "expiresIn"],
    ["payload.apikey", "keyId"],
    ["payload", "form"],
    [undefined, "form"],
  ])("%s is %s", (path, field) => {
    expect(fieldOfPath(videosdk, path)).toBe(field);
  });

  it("has one message, the first", () => {
    const claims = { apikey: "x", permissions: ["a", "b"], iat: now, exp: now + 60 };
    const fields = refusals(
      videosdk,
      claims,
      { label: "Staging", disabled: false, policy: openPolicy, templates },
      {
        ...{
          ttlSeconds: 60,
          permissions: ["a", "b"],
          roles: [],
          room: null,
          subject: null,
          purpose: "",
          templateId: null,
        },
      },
    );
    expect(Object.keys(fields)).toEqual(["permissions"]);
    expect(fields.permissions).toContain('"a"');
    expect(fields.permissions).not.toContain('"b"');
  });
});

describe("form and verb agree", () => {
  const text = fc.constantFrom(
    "",
    "2kyv-gzay-64pg",
    " padded ",
    "two words",
    "x".repeat(128),
    "x".repeat(129),
    "ünïcödé",
    "\u0000",
    "'; --",
  );
  const changed = fc.record({
    keyId: fc.constantFrom(limited.id, disabled.id, "", "no uuid"),
    permissions: fc.array(fc.constantFrom("allow_join", "ask_join", "allow_mod", "all"), { maxLength: 3 }),
    roomId: text,
    participantId: text,
    roles: fc.array(fc.constantFrom("rtc", "crawler"), { maxLength: 3 }),
    expiresIn: fc.constantFrom("7200", "7201", "7d", "1", "0", "", "1.5h", "3650d", "3651d", " 15 min "),
    purpose: fc.constantFrom("", "A demo", "x".repeat(200), "x".repeat(201)),
  });
  const names = ["keyId", "permissions", "roomId", "participantId", "roles", "expiresIn", "purpose"];
  const forms = fc.tuple(changed, fc.subarray(names, { maxLength: 3 })).map(([values, some]) => ({
    ...issueForm(free),
    ...Object.fromEntries(Object.entries(values).filter(([name]) => some.includes(name))),
  }));

  it("what the form lets pass, the verb issues; what it refuses, the verb refuses beside the same fields", async () => {
    const seen = { issued: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(forms, async (typed) => {
        const input = { ...typed, jti: newJti() };
        const checked = schema.safeParse(input);
        if (checked.success) {
          seen.issued += 1;
          await expect(issueToken(desk.issuer, input)).resolves.toMatchObject({ claims: { jti: input.jti } });
        } else {
          seen.refused += 1;
          const { fields = {} } = (await refusalOf(issueToken(desk.issuer, input))).extra;
          const told = new Map(
            checked.error.issues.map((issue) => [issue.path.join("."), issue.message]).reverse() as [string, string][],
          );
          expect(Object.keys(fields).length).toBeGreaterThan(0);
          // The form says more at once: the rules also while a field is too long.
          for (const [field, message] of Object.entries(fields)) expect(told.get(field)).toBe(message);
        }
      }),
      { numRuns: 80 },
    );
    expect(Math.min(seen.issued, seen.refused)).toBeGreaterThan(5);
  });
});
