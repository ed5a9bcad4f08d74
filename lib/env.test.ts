/** Every setting's good and bad values, and what a bad one is told. */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { parseSettings, SettingsError, settingNames } from "./env";

const key = () => randomBytes(32).toString("base64url");
const required = { AUTH_SECRET: key(), SEALING_KEYS: `k1:${key()}` };
const parse = (more: Record<string, string | undefined> = {}) => parseSettings({ ...required, ...more });

function refusal(more: Record<string, string | undefined>): string {
  try {
    parse(more);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as Error).message;
  }
  throw new Error("It was accepted.");
}

describe("with the two secrets alone, a setting has its default", () => {
  it.each([
    ["HOST", "127.0.0.1"],
    ["PORT", 3000],
    ["DATABASE_URL", "file:./data/claimcheck.db"],
    ["PUBLIC_URL", undefined],
    ["SESSION_IDLE_MINUTES", 120],
    ["SESSION_HOURS", 12],
    ["LOG_LEVEL", "info"],
  ] as const)("%s: %s", (name, value) => {
    expect(parse()[name]).toBe(value);
  });

  it("and an empty value counts as absent", () => {
    const empty = Object.fromEntries(settingNames.map((name) => [name, ""]));
    expect(parseSettings({ ...empty, ...required })).toMatchObject({
      HOST: "127.0.0.1",
      PORT: 3000,
      LOG_LEVEL: "info",
    });
    expect(refusal({ AUTH_SECRET: "" })).toBe("AUTH_SECRET is missing.");
    for (const copied of [
      "your-secret-key-at-least-32-characters-long",
      "changeme-please-4711-abcdef-ghijkl-mn",
      "replace-this-with-a-long-random-string",
      "qwertyuiopasdfghjklzxcvbnm123456",
    ])
      expect(refusal({ AUTH_SECRET: copied })).toMatch(/^AUTH_SECRET must be random: words of examples/);
  });

  it("refuses an AUTH_SECRET that is a sealing key too", () => {
    const drawn = key();
    expect(refusal({ AUTH_SECRET: drawn, SEALING_KEYS: `k2:${key()},k1:${drawn}` })).toBe(
      "AUTH_SECRET must be another than the key in SEALING_KEYS: draw one for each.",
    );
  });

  it("and nobody is trusted as a proxy", () => {
    expect(parse().TRUSTED_PROXIES.trusts("127.0.0.1", 0)).toBe(false);
  });
});

describe("accepts", () => {
  it.each(["127.0.0.1", "0.0.0.0", "::", "::1", "localhost", "desk.example.com", "a"])("HOST %s", (HOST) => {
    expect(parse({ HOST }).HOST).toBe(HOST);
  });

  it.each([
    ["0", 0],
    ["8080", 8080],
    ["65535", 65535],
  ])("PORT %s", (PORT, port) => {
    expect(parse({ PORT }).PORT).toBe(port);
  });

  it.each(["file:./x.db", "file:/var/lib/claimcheck.db", "file:x", "file:///var/lib/claimcheck.db"])(
    "DATABASE_URL %s",
    (DATABASE_URL) => {
      expect(parse({ DATABASE_URL }).DATABASE_URL).toBe(DATABASE_URL);
    },
  );

  it("an AUTH_SECRET of 32 characters", () => {
    const secret = randomBytes(24).toString("base64url");
    expect(secret).toHaveLength(32);
    expect(parse({ AUTH_SECRET: secret }).AUTH_SECRET).toBe(secret);
  });

  it("an AUTH_SECRET as openssl draws it", () => {
    for (let count = 0; count < 200; count++)
      for (const encoding of ["hex", "base64", "base64url"] as const) {
        const secret = randomBytes(32).toString(encoding);
        expect(parse({ AUTH_SECRET: secret }).AUTH_SECRET).toBe(secret);
      }
  });

  it("a keyring of several keys, in the order given, with space around the commas", () => {
    const [one, two] = [key(), key()];
    const keys = parse({ SEALING_KEYS: `2026-11:${one} , old_1:${two}` }).SEALING_KEYS;
    expect(keys.map(({ kid }) => kid)).toEqual(["2026-11", "old_1"]);
    expect(keys.map(({ bytes }) => Buffer.from(bytes).toString("base64url"))).toEqual([one, two]);
  });

  it("a key that anybody can guess behind a random one, for what it has sealed", () => {
    const weak = Buffer.alloc(32).toString("base64url");
    expect(parse({ SEALING_KEYS: `k2:${key()},k1:${weak}` }).SEALING_KEYS).toHaveLength(2);
  });

  it.each([
    ["https://desk.example.com", "https://desk.example.com"],
    ["https://desk.example.com/", "https://desk.example.com"],
    ["http://10.0.0.4:3000", "http://10.0.0.4:3000"],
  ])("PUBLIC_URL %s", (PUBLIC_URL, origin) => {
    expect(parse({ PUBLIC_URL }).PUBLIC_URL?.origin).toBe(origin);
  });

  it("TRUSTED_PROXIES as addresses, subnets and names of ranges, and trusts no other", () => {
    const { trusts, addresses } = parse({
      TRUSTED_PROXIES: "10.0.0.0/8, 192.0.2.1,2001:db8::/32 ,loopback",
    }).TRUSTED_PROXIES;
    expect(addresses).toHaveLength(4);
    for (const inside of ["10.1.2.3", "192.0.2.1", "2001:db8::5", "127.0.0.1", "::ffff:10.9.9.9"])
      expect(trusts(inside, 0), inside).toBe(true);
    for (const outside of ["11.0.0.1", "192.0.2.2", "2001:db9::5"]) expect(trusts(outside, 0), outside).toBe(false);
  });

  it.each([
    ["SESSION_IDLE_MINUTES", 5],
    ["SESSION_IDLE_MINUTES", 1_440],
    ["SESSION_HOURS", 1],
    ["SESSION_HOURS", 168],
  ] as const)("%s %s", (name, value) => {
    expect(parse({ [name]: `${value}` })[name]).toBe(value);
  });

  it.each(["fatal", "error", "warn", "info", "debug", "silent"])("LOG_LEVEL %s", (LOG_LEVEL) => {
    expect(parse({ LOG_LEVEL }).LOG_LEVEL).toBe(LOG_LEVEL);
  });
});

describe("refuses in one line that names the setting and never repeats its value:", () => {
  const short = randomBytes(31).toString("base64url");
  const long = randomBytes(33).toString("base64url");
  it.each([
    ["HOST", "-bad-"],
    ["HOST", "http://127.0.0.1"],
    ["HOST", "127.0.0.1:3000"],
    ["HOST", "two words"],
    ["HOST", "::1%lo"],
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["PORT", "3000.5"],
    ["PORT", "0x50"],
    ["PORT", "http"],
    ["PORT", " 80"],
    ["DATABASE_URL", "postgres://db/claimcheck"],
    ["DATABASE_URL", "./claimcheck.db"],
    ["DATABASE_URL", "file:"],
    ["DATABASE_URL", "file: \r"],
    ["DATABASE_URL", "file:x.db?connection_limit=1"],
    ["DATABASE_URL", "file://data/claimcheck.db"],
    ["AUTH_SECRET", undefined],
    ["AUTH_SECRET", "x".repeat(31)],
    ["AUTH_SECRET", "a".repeat(32)],
    ["AUTH_SECRET", "0123456789abcdef".repeat(4)],
    ["AUTH_SECRET", "the dog of my neighbour barks at night"],
    ["AUTH_SECRET", "administrationadministration2026!"],
    ["SEALING_KEYS", undefined],
    ["SEALING_KEYS", "not a keyring"],
    ["SEALING_KEYS", `k1:${short}`],
    ["SEALING_KEYS", `k1:${long}`],
    ["SEALING_KEYS", `k1:${randomBytes(32).toString("base64")}`],
    ["SEALING_KEYS", `:${key()}`],
    ["SEALING_KEYS", `bad kid:${key()}`],
    ["SEALING_KEYS", `k1:${key()}:more`],
    ["SEALING_KEYS", `k1:${key()},`],
    ["SEALING_KEYS", `k1:${key()},k1:${key()}`],
    ["SEALING_KEYS", "several,bad,ones"],
    ["SEALING_KEYS", `k1:${Buffer.alloc(32).toString("base64url")}`],
    ["SEALING_KEYS", `k1:${Buffer.alloc(32, "0123").toString("base64url")},k2:${key()}`],
    ["SEALING_KEYS", `k1:${Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString("base64url")}`],
    ["PUBLIC_URL", "team.example.org"],
    ["PUBLIC_URL", "ftp://team.example.org"],
    ["PUBLIC_URL", "https://team.example.org/desk"],
    ["PUBLIC_URL", "https://team.example.org/?a=1"],
    ["PUBLIC_URL", "https://team.example.org/#a"],
    ["PUBLIC_URL", "https://user:pass@team.example.org"],
    ["PUBLIC_URL", "https://:pass@team.example.org"],
    ["PUBLIC_URL", "https://*.example.org"],
    ["PUBLIC_URL", "https://desk.example.org,team.example.org"],
    ["TRUSTED_PROXIES", "10.0.0.0/33"],
    ["TRUSTED_PROXIES", "proxy.example.com"],
    ["TRUSTED_PROXIES", "10.0.0.1 10.0.0.2"],
    ["SESSION_IDLE_MINUTES", "4"],
    ["SESSION_IDLE_MINUTES", "1441"],
    ["SESSION_IDLE_MINUTES", "1.5"],
    ["SESSION_IDLE_MINUTES", "-5"],
    ["SESSION_HOURS", "0"],
    ["SESSION_HOURS", "169"],
    ["SESSION_HOURS", "1e1"],
    ["LOG_LEVEL", "loud"],
    ["ALLOWED_HOSTS", "desk.example.com:3000"],
    ["ALLOWED_HOSTS", "https://desk.example.com"],
  ])("%s %j", (name, value) => {
    const message = refusal({ [name]: value });
    expect(message).toMatch(new RegExp(`^${name} (is missing|must|names|begins)[^\\n]*\\.$`));
    for (const part of (value ?? "").split(/[\s,:]/).filter((text) => text.length > 3)) {
      if (!/^(file|http|https)$/.test(part)) expect(message).not.toContain(part);
    }
  });

  it("every bad setting at once, a line each", () => {
    const lines = refusal({ AUTH_SECRET: "short", SEALING_KEYS: undefined, PORT: "x" }).split("\n");
    expect(lines.map((line) => line.split(" ")[0])).toEqual(["PORT", "AUTH_SECRET", "SEALING_KEYS"]);
  });
});

describe("each setting is explained", () => {
  const root = join(import.meta.dirname, "..");
  it.each(settingNames)("%s, in .env.example with a comment of its own", (name) => {
    const text = readFileSync(join(root, ".env.example"), "utf8");
    expect(text).toMatch(new RegExp(`^# .+\\n${name}=`, "m"));
  });

  it.each(settingNames)("%s, in README.md", (name) => {
    expect(readFileSync(join(root, "README.md"), "utf8")).toMatch(new RegExp(`\`${name}\``));
  });

  it("and .env.example sets nothing that does not exist, and is valid once the secrets are in", () => {
    const example = parseEnv(readFileSync(join(root, ".env.example"), "utf8")) as Record<string, string>;
    expect(Object.keys(example).sort()).toEqual([...settingNames].sort());
    expect(parse({ ...example, ...required })).toEqual({ ...parse(), TRUSTED_PROXIES: expect.anything() });
  });
});
