import { describe, expect, it } from "vitest";
import type { Claims } from "@/lib/profiles/profile";
import { rules } from "@/lib/profiles/videosdk/rules";

const now = 1_795_532_700;
const sound = { apikey: "3f9c0b1e", permissions: ["allow_join"], iat: now, exp: now + 7200, jti: "j" };

/** `error apikey-missing payload.apikey 4001`: all of a finding but its prose. */
function broken(claims: Claims): string[] {
  return rules(claims, { now }).map(({ severity, code, path, vendorError }) =>
    [severity, code, path, vendorError?.code].filter(Boolean).join(" "),
  );
}

function without(name: keyof typeof sound): Claims {
  return Object.fromEntries(Object.entries(sound).filter(([key]) => key !== name));
}

it("quotes what a token says without its backticks, which would set it as code", () => {
  const [{ message } = { message: "" }] = rules({ ...sound, permissions: ["`allow` join"] }, { now });
  expect(message).toContain('"\\u0060allow\\u0060 join"');
});

type Row = [fact: string, claims: Claims, findings: string[]];

const rows: Record<string, Row[]> = {
  "sound payloads": [
    ["the least that is needed, with a jti", sound, []],
    ["all of it", { ...sound, version: 2, roomId: "2kyv-gzay-64pg", participantId: "lxvdplwt" }, []],
    ["version 2 without a scoped claim", { ...sound, version: 2 }, []],
    ["ask_join alone", { ...sound, permissions: ["ask_join"] }, []],
    [
      "allow_join with allow_mod is what the official builder gives without grants: said of any order",
      { ...sound, permissions: ["allow_mod", "allow_join"] },
      ["note permissions-of-the-builder payload.permissions"],
    ],
    [
      "allow_join with allow_mod, and a scope: somebody chose that",
      { ...sound, version: 2, permissions: ["allow_join", "allow_mod"], roles: [] },
      ["warning roles-empty payload.roles"],
    ],
    ["further claims are tolerated", { ...sound, iss: "us", user: { id: 1 }, nbf: now }, []],
    ["exactly 24 hours", { ...sound, exp: now + 86_400 }, []],
  ],
  apikey: [
    ["missing", without("apikey"), ["error apikey-missing payload.apikey 4001"]],
    ["a number", { ...sound, apikey: 5 }, ["error apikey-not-a-string payload.apikey 4001"]],
    ["null", { ...sound, apikey: null }, ["error apikey-not-a-string payload.apikey 4001"]],
    ["empty", { ...sound, apikey: "" }, ["error apikey-empty payload.apikey 4001"]],
    ["blank", { ...sound, apikey: " \n" }, ["error apikey-empty payload.apikey 4001"]],
    ["with a line break", { ...sound, apikey: "3f9c0b1e\n" }, ["error apikey-white-space payload.apikey 4001"]],
  ],
  "misspelt names": [
    ["apiKey", { ...without("apikey"), apiKey: "k" }, ["error claim-misspelt payload.apiKey 4001"]],
    ["api_key", { ...without("apikey"), api_key: "k" }, ["error claim-misspelt payload.api_key 4001"]],
    ["APIKEY", { ...without("apikey"), APIKEY: "k" }, ["error claim-misspelt payload.APIKEY 4001"]],
    ["api key", { ...without("apikey"), "api key": "k" }, ['error claim-misspelt payload["api key"] 4001']],
    [
      "permission",
      { ...without("permissions"), permission: ["allow_join"] },
      ["error claim-misspelt payload.permission 4008"],
    ],
    ["role", { ...sound, role: ["rtc"] }, ["warning claim-misspelt payload.role"]],
    ["room_id", { ...sound, room_id: "x" }, ["warning claim-misspelt payload.room_id"]],
    ["roomID", { ...sound, roomID: "x" }, ["warning claim-misspelt payload.roomID"]],
    ["room-id", { ...sound, "room-id": "x" }, ["warning claim-misspelt payload.room-id"]],
    ["meetingId", { ...sound, meetingId: "x" }, ["warning claim-misspelt payload.meetingId"]],
    ["participantID", { ...sound, participantID: "x" }, ["warning claim-misspelt payload.participantID"]],
    ["EXP", { ...sound, EXP: 1 }, ["warning claim-misspelt payload.EXP"]],
    ["beside the right one", { ...sound, apiKey: "k" }, ["warning claim-misspelt payload.apiKey"]],
    ["Version, not needed", { ...sound, Version: 2 }, ["warning claim-misspelt payload.Version"]],
    ["Version, needed", { ...sound, Version: 2, roomId: "2kyv-gzay-64pg" }, ["error claim-misspelt payload.Version"]],
    ["names that merely resemble", { ...sound, roomName: "x", api: "k", rolex: 1, experience: 1 }, []],
  ],
  permissions: [
    ["missing", without("permissions"), ["error permissions-missing payload.permissions 4008"]],
    ["a string", { ...sound, permissions: "allow_join" }, ["error permissions-not-an-array payload.permissions 4008"]],
    ["null", { ...sound, permissions: null }, ["error permissions-not-an-array payload.permissions 4008"]],
    ["empty", { ...sound, permissions: [] }, ["error permissions-empty payload.permissions 4008"]],
    ["unknown", { ...sound, permissions: ["publish"] }, ["error permission-unknown payload.permissions[0] 4008"]],
    [
      "an unknown one beside a known one",
      { ...sound, permissions: ["allow_join", "publish"] },
      ["error permission-unknown payload.permissions[1] 4008"],
    ],
    ["not a string", { ...sound, permissions: [1] }, ["error permission-not-a-string payload.permissions[0] 4008"]],
    [
      "wrong case, separators, white space",
      { ...sound, permissions: ["ALLOW_JOIN", "allow-mod", "askJoin", "allow_join "] },
      [0, 1, 2, 3].map((index) => `error permission-misspelt payload.permissions[${index}] 4008`),
    ],
    [
      "twice",
      { ...sound, permissions: ["allow_join", "allow_join"] },
      ["warning permission-duplicate payload.permissions[1]"],
    ],
    [
      "ask_join with allow_join",
      { ...sound, permissions: ["allow_join", "ask_join"] },
      ["error ask-join-not-alone payload.permissions[1] 4008"],
    ],
    [
      "ask_join with allow_mod",
      { ...sound, permissions: ["ask_join", "allow_mod"] },
      ["error ask-join-not-alone payload.permissions[0] 4008"],
    ],
    [
      "allow_mod without allow_join",
      { ...sound, permissions: ["allow_mod"] },
      ["warning allow-mod-without-allow-join payload.permissions[0]"],
    ],
  ],
  version: [
    ...(["roomId", "participantId", "roles"] as const).map((name): Row => {
      const value = name === "roles" ? ["crawler", "rtc"] : "2kyv-gzay-64pg";
      const note = name === "roles" ? ["note roles-both payload.roles"] : [];
      return [
        `missing beside ${name}`,
        { ...sound, [name]: value },
        ["error version-missing payload.version", ...note],
      ];
    }),
    ["a string, not needed", { ...sound, version: "2" }, ["warning version-as-string payload.version"]],
    [
      "a string, needed",
      { ...sound, version: "2", roomId: "2kyv-gzay-64pg" },
      ["error version-as-string payload.version"],
    ],
    ["1, not needed", { ...sound, version: 1 }, ["warning version-not-2 payload.version"]],
    ["1, needed", { ...sound, version: 1, participantId: "p" }, ["error version-not-2 payload.version"]],
    ["null", { ...sound, version: null }, ["warning version-not-a-number payload.version"]],
  ],
  roomId: [
    ["a custom id", { ...sound, version: 2, roomId: "standup" }, ["warning room-id-unusual payload.roomId"]],
    ["upper case", { ...sound, version: 2, roomId: "2KYV-GZAY-64PG" }, ["warning room-id-unusual payload.roomId"]],
    ["a number", { ...sound, version: 2, roomId: 7 }, ["error room-id-not-a-string payload.roomId 4022"]],
    ["empty", { ...sound, version: 2, roomId: "" }, ["warning room-id-empty payload.roomId"]],
    [
      "a trailing space",
      { ...sound, version: 2, roomId: "2kyv-gzay-64pg " },
      ["warning room-id-white-space payload.roomId"],
    ],
  ],
  participantId: [
    [
      "white space",
      { ...sound, version: 2, participantId: "a b" },
      ["error participant-id-white-space payload.participantId 4004"],
    ],
    ["empty", { ...sound, version: 2, participantId: "" }, ["error participant-id-empty payload.participantId 4004"]],
    [
      "a number",
      { ...sound, version: 2, participantId: 7 },
      ["error participant-id-not-a-string payload.participantId 4004"],
    ],
  ],
  roles: [
    ["a string", { ...sound, version: 2, roles: "rtc" }, ["error roles-not-an-array payload.roles"]],
    ["empty", { ...sound, version: 2, roles: [] }, ["warning roles-empty payload.roles"]],
    ["unknown", { ...sound, version: 2, roles: ["host"] }, ["error role-unknown payload.roles[0]"]],
    ["not a string", { ...sound, version: 2, roles: [{}] }, ["error role-not-a-string payload.roles[0]"]],
    ["RTC", { ...sound, version: 2, roles: ["RTC"] }, ["error role-misspelt payload.roles[0]"]],
    [
      "the legacy CRAWLER",
      { ...sound, version: 2, roles: ["CRAWLER"] },
      ["warning role-legacy-crawler payload.roles[0]"],
    ],
    ["both", { ...sound, version: 2, roles: ["crawler", "rtc"] }, ["note roles-both payload.roles"]],
    ["rtc: no server APIs", { ...sound, version: 2, roles: ["rtc"] }, ["note rtc-no-rest payload.roles[0]"]],
    [
      "crawler: no meeting, account-wide",
      { ...sound, version: 2, roles: ["crawler"] },
      ["note crawler-cannot-join payload.roles[0] 4024", "note crawler-account-wide payload.roles[0]"],
    ],
    [
      "crawler with a room that does not limit it",
      { ...sound, version: 2, roles: ["crawler"], roomId: "2kyv-gzay-64pg" },
      ["note crawler-cannot-join payload.roles[0] 4024", "warning crawler-scoped payload.roles[0]"],
    ],
    [
      "rtc twice",
      { ...sound, version: 2, roles: ["rtc", "rtc"] },
      ["warning role-duplicate payload.roles[1]", "note rtc-no-rest payload.roles[0]"],
    ],
  ],
  lifetime: [
    ["one second over 24 h", { ...sound, exp: now + 86_401 }, ["warning lifetime-over-24h payload.exp"]],
    ["without iat, what is left", { ...without("iat"), exp: now + 86_401 }, ["warning lifetime-over-24h payload.exp"]],
    ["without iat, 24 h left", { ...without("iat"), exp: now + 86_400 }, []],
    [
      "counted from iat, not from now",
      { ...sound, iat: now - 86_400, exp: now + 1 },
      ["warning lifetime-over-24h payload.exp"],
    ],
    ['expiresIn: "120" of jsonwebtoken', { ...sound, exp: now }, ["warning lifetime-under-a-minute payload.exp"]],
    ["59 seconds", { ...sound, exp: now + 59 }, ["warning lifetime-under-a-minute payload.exp"]],
    ["60 seconds", { ...sound, exp: now + 60 }, []],
    ["exp before iat is for the time layer", { ...sound, exp: now - 1 }, []],
    ["milliseconds are for the time layer", { ...sound, exp: now * 1000 }, []],
    ["a string is for the time layer", { ...sound, exp: String(now) }, []],
    ["no exp is for the time layer", without("exp"), []],
  ],
  jti: [
    ["missing", without("jti"), ["note jti-missing payload.jti"]],
    ["a number", { ...sound, jti: 5 }, ["warning jti-not-a-string payload.jti"]],
  ],
};

for (const [subject, facts] of Object.entries(rows)) {
  describe(`VideoSDK's rules: ${subject}`, () => {
    it.each(facts)("%s", (_fact, claims, findings) => {
      expect(broken(claims)).toEqual(findings);
    });
  });
}

describe("findings", () => {
  it("have a reason, and a remedy wherever there is something to mend", () => {
    for (const [, claims] of Object.values(rows).flat()) {
      for (const finding of rules(claims, { now })) {
        expect(finding.layer).toBe("rules");
        expect(finding.message).toMatch(/^\S.*[^.]\.$/);
        expect(finding.message).not.toMatch(/!|undefined|\[object/);
        if (finding.severity !== "note") expect(finding.remedy, finding.code).toMatch(/\.$/);
      }
    }
  });

  it("name what is meant and what is there", () => {
    const [finding] = rules({ ...without("apikey"), apiKey: "k" }, { now });
    expect(finding?.message).toContain("called apikey, not apiKey");
    const [list] = rules({ ...sound, permissions: "ask_join" }, { now });
    expect(list?.remedy).toContain('["ask_join"]');
  });

  it("stay few and short, however large the payload", () => {
    const many = rules({ ...sound, permissions: Array(200_000).fill("x".repeat(1000)) }, { now });
    expect(many).toHaveLength(11);
    expect(many.at(-1)).toMatchObject({ code: "permissions-too-many", path: "payload.permissions" });
    expect(many.at(-1)?.message).toContain("199,990 more");
    expect(Math.max(...many.map(({ message }) => message.length))).toBeLessThan(200);
    const names = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`role${"_".repeat(index % 30)}${" ".repeat(index / 30)}`, 1]),
    );
    expect(rules({ ...sound, ...names }, { now })).toHaveLength(10);
  });

  it("call repeated values a warning, even when there are many", () => {
    const found = broken({ ...sound, permissions: Array(30).fill("allow_join") });
    expect(found.at(-1)).toBe("warning permissions-too-many payload.permissions");
  });
});

it("never says that a token lives for 24 h and should live for 24 h", () => {
  const messageOf = (lifetime: number) =>
    rules({ ...sound, exp: now + lifetime }, { now }).find(({ code }) => code === "lifetime-over-24h")?.message;
  expect(messageOf(86_401)).toMatch(/^1 d 1 s,/);
  expect(messageOf(86_400.5)).toMatch(/^1 d 1 s,/);
  expect(messageOf(25 * 3600)).toMatch(/^1 d 1 h,/);
});

it("tells how long one that is composed to start later lives to the minute: that is another text only then", () => {
  const messageAt = (passed: number) =>
    rules(
      { ...sound, iat: now + passed, nbf: now + 86_400, exp: now + 93_600 },
      { now: now + passed, composing: true },
    ).find(({ code }) => code === "lifetime-over-24h")?.message;
  expect(messageAt(1)).toMatch(/^1 d 2 h,/);
  expect(messageAt(59)).toBe(messageAt(1));
  expect(messageAt(60)).toMatch(/^1 d 1 h 59 min,/);
});
