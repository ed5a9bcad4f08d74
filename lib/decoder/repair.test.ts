/** Repairing: a refused token's claims as a draft that the form takes, granting no more than they did. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { issueTokenInput } from "@/lib/composer/schema";
import { checkTimes } from "@/lib/jwt/times";
import type { Claims } from "@/lib/profiles/profile";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { keyOfDraft } from "./key-of-draft";
import { repair, withhold } from "./repair";

const now = Date.UTC(2026, 10, 24, 12) / 1000;
const repairing = await videosdk.loadRepairing();
const mend = (claims: Claims) => repair(repairing, claims, checkTimes(claims, { now, clockToleranceSeconds: 0 }));
const good = { apikey: "k", permissions: ["allow_join"], iat: now, exp: now + 7200 };

describe("a token without a fault", () => {
  it("is the same draft, and nothing is said to be changed", () => {
    const claims = {
      ...good,
      version: 2,
      permissions: ["allow_join", "allow_mod"],
      roomId: "r",
      participantId: "p",
      roles: ["rtc"],
    };
    expect(mend(claims)).toEqual({
      values: {
        permissions: ["allow_join", "allow_mod"],
        roles: ["rtc"],
        roomId: "r",
        participantId: "p",
        expiresIn: "7200s",
      },
      apiKey: "k",
      changes: [],
      leftOut: [],
      powers: [{ label: "Moderation: `allow_mod`", field: "permissions", without: ["allow_join"] }],
    });
  });
});

describe("power over others or beyond a room", () => {
  const draft = mend({ ...good, permissions: "allow_join,allow_mod" });

  it("is withheld from who has not asked for it", () => {
    expect(draft.powers.map(({ field }) => field)).toEqual(["permissions", "roles"]);
    expect(withhold(draft, new Set()).values).toMatchObject({ permissions: ["allow_join"], roles: ["rtc"] });
    expect(withhold(draft, new Set(["permissions"])).values).toMatchObject({
      permissions: ["allow_join", "allow_mod"],
      roles: ["rtc"],
    });
    expect(withhold(draft, new Set(["permissions", "roles"])).values).toEqual(draft.values);
  });

  it("is no matter where there is none", () => {
    const modest = mend({ ...good, version: 2, roles: ["RTC"] });
    expect(modest.powers).toEqual([]);
    expect(withhold(modest, new Set()).values).toEqual(modest.values);
  });
});

describe("mended, and said so:", () => {
  it.each<[string, Claims, object, RegExp]>([
    [
      "a misspelt name",
      { apiKey: "k", Permissions: ["allow_join"] },
      { permissions: ["allow_join"] },
      /`apiKey` is now `apikey`/,
    ],
    ["role for roles", { role: "rtc" }, { roles: ["rtc"] }, /`role` is now `roles`/],
    [
      "permissions as text",
      { permissions: "allow_join,allow_mod" },
      { permissions: ["allow_join", "allow_mod"] },
      /`permissions` is now allow_join, allow_mod/,
    ],
    [
      "a misspelt value",
      { permissions: ["allowJoin"] },
      { permissions: ["allow_join"] },
      /`permissions` is now allow_join/,
    ],
    ["a legacy role", { roles: ["CRAWLER"] }, { roles: ["crawler"] }, /`roles` is now crawler/],
    ["an unknown permission", { permissions: ["all"] }, { permissions: [] }, /`permissions` is now empty: choose/],
    [
      "ask_join with others: the smaller grant",
      { permissions: ["allow_join", "ask_join"] },
      { permissions: ["ask_join"] },
      /^`permissions` is now ask_join\.$/,
    ],
    [
      "white space in an id",
      { participantId: " a b\n" },
      { participantId: "ab" },
      /`participantId` lost its white space/,
    ],
    ["white space around the API key", { apikey: " k\n" }, {}, /`apikey` lost its white space/],
    ["a number for an id", { roomId: 42 }, { roomId: "42" }, /`roomId` is now "42"/],
    [
      "a list for an id: no limit is lost in silence",
      { roomId: ["r"] },
      { roomId: "" },
      /`roomId` is now empty: choose/,
    ],
    ["null for an id", { participantId: null }, { participantId: "" }, /`participantId` is now empty: choose/],
    ["an empty id", { roomId: "" }, { roomId: "" }, /`roomId` is empty: choose/],
    ["an empty list", { permissions: [] }, { permissions: [] }, /^`permissions` is empty: choose\.$/],
    ["an empty list that nobody demands", { roles: [] }, { roles: [] }, /^`roles` is empty: choose\.$/],
    [
      "what is demanded and missing",
      { permissions: undefined },
      { permissions: [] },
      /^`permissions` is missing: choo/,
    ],
    ["a token id that is no text", { jti: 5 }, {}, /^`jti` is now a text\.$/],
    [
      "issued in the future",
      { iat: now + 5000, exp: now + 5600 },
      { expiresIn: "600s" },
      /^`iat` is now the time of issue/,
    ],
    ["a missing version", { roomId: "r" }, { roomId: "r" }, /`version` is now 2/],
    [
      "milliseconds",
      { iat: now, exp: (now + 600) * 1000 },
      { expiresIn: "600s" },
      /It is good for 10 min, as was meant/,
    ],
    ["no exp", { exp: undefined }, { expiresIn: "2h" }, /It now expires in 2h/],
    ["exp before iat", { iat: now, exp: now - 5 }, { expiresIn: "2h" }, /It now expires in 2h/],
    ["a century", { iat: now, exp: now + 4e9 }, { expiresIn: "2h" }, /It now expires in 2h/],
  ])("%s", (_, change, values, said) => {
    const claims: Claims = { ...good, ...change };
    for (const name of Object.keys(claims)) if (claims[name] === undefined) delete claims[name];
    if ("apiKey" in change) delete claims.apikey;
    if ("Permissions" in change) delete claims.permissions;
    const draft = mend(claims);
    expect(draft.values).toMatchObject(values);
    expect(draft.changes.join(" ")).toMatch(said);
  });
});

describe("left out, and said so:", () => {
  it.each<[string, Claims, string[]]>([
    [
      "claims that the form does not know",
      { user: { id: 1 }, region: "eu" },
      ["`user` is left out.", "`region` is left out."],
    ],
    ["nbf", { nbf: now + 60 }, ["`nbf` is left out."]],
    ["a version that nothing needs", { version: 2 }, ["`version` is left out."]],
    ["claims without a name", { "": 1, "  ": 2 }, ['`""` is left out.', '`"  "` is left out.']],
    ["a misspelt claim beside the right one", { apiKey: "other" }, ["`apiKey` is left out."]],
  ])("%s", (_, more, leftOut) => {
    const draft = mend({ ...good, ...more });
    expect(draft).toMatchObject({ changes: [], leftOut });
    expect(keyOfDraft(draft, [{ id: "1", apiKey: "k" }]).said).toEqual(leftOut);
  });

  it("what a new token has anew is no loss", () => {
    expect(mend({ ...good, jti: "x" }).leftOut).toEqual([]);
  });

  it("a thousand claims in a few lines", () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`x${index}`, 1]));
    const { leftOut } = mend({ ...good, ...many });
    expect(leftOut).toHaveLength(11);
    expect(leftOut.at(-1)).toBe("990 further claims are left out.");
  });
});

describe("the key that signs", () => {
  const keys = [
    { id: "1", apiKey: "a" },
    { id: "2", apiKey: "k" },
  ];

  it("is the one that the claims name", () => {
    expect(keyOfDraft(mend(good), keys)).toEqual({ keyId: "2", said: ["Nothing had to be corrected."] });
  });

  it("is also the one that they name with other capitals, and that is said", () => {
    expect(keyOfDraft(mend({ ...good, apikey: "K" }), keys)).toEqual({
      keyId: "2",
      said: ["The API key is now written with its own capitals."],
    });
  });

  it("is not chosen for anybody who named another one, or none", () => {
    expect(keyOfDraft(mend({ ...good, apikey: "foreign" }), keys)).toEqual({
      keyId: "",
      said: ["No key of this desk has the API key `foreign` that it names: choose the key that signs."],
    });
    for (const apikey of ["", 7, null])
      expect(keyOfDraft(mend({ ...good, apikey }), keys)).toEqual({
        keyId: "",
        said: ["It names no API key: choose the key that signs."],
      });
  });
});

describe("whatever the claims", () => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom({ toString: 1 }, { toString: null, valueOf: null }, [{ toString: 1 }]),
  );
  const names = fc.constantFrom(
    "permissions",
    "permission",
    "roles",
    "role",
    "roomId",
    "room",
    "participantId",
    "apikey",
    "apiKey",
    "iat",
    "exp",
    "__proto__",
    "toString",
  );
  const anything = fc.array(fc.tuple(names, value)).map((members) => Object.fromEntries(members) as Claims);

  it("it never throws, and the form takes the draft or says why beside a field", () => {
    fc.assert(
      fc.property(anything, (claims) => {
        const { values } = mend(claims);
        const parsed = issueTokenInput(videosdk).safeParse({
          keyId: crypto.randomUUID(),
          jti: crypto.randomUUID(),
          ...values,
        });
        for (const issue of parsed.error?.issues ?? []) expect(issue.message).toMatch(/at most 128 characters/);
      }),
      { numRuns: 200 },
    );
  });

  it("it grants no permission that was not there in some spelling", () => {
    fc.assert(
      fc.property(anything, (claims) => {
        const written = JSON.stringify(claims)
          .toLowerCase()
          .replace(/[^a-z]/g, "");
        for (const permission of mend(claims).values.permissions ?? [])
          expect(written).toContain(permission.replace("_", ""));
      }),
      { numRuns: 200 },
    );
  });

  it("ask_join is never beside another permission", () => {
    const lists = fc.array(fc.constantFrom("allow_join", "ask_join", "allow_mod", "AskJoin", "x"));
    fc.assert(
      fc.property(lists, (permissions) => {
        const mended = mend({ ...good, permissions }).values.permissions ?? [];
        if (mended.includes("ask_join")) expect(mended).toEqual(["ask_join"]);
      }),
    );
  });
});
