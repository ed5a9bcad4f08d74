/** Runs the code that the page offers, in each language that this machine has, and compares what it signs with what we sign. Says which were run. */
import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, describe, expect, it } from "vitest";
import type { Claims } from "@/lib/profiles/profile";
import { code } from "./backend-code";
import { buildClaims } from "./claims";

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, "../../..");
const KEY = "0b1c7a52-9a1f-4f5e-8f43-3f6a9d0c1e77";
const SECRET = "not-a-secret-but-as-long-as-one-0123456789abcdef";
const GO_MODULE = "github.com/golang-jwt/jwt/v5";
const GO_VERSION = "v5.2.1";
/** Debian's package of it: an earlier major, with the same calls. */
const GO_PACKAGED = "/usr/share/gocode/src/github.com/golang-jwt/jwt";

const folder = mkdtempSync(join(tmpdir(), "backend-code-"));
symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const works = (program: string, words: string[], options: object = {}) =>
  spawnSync(program, words, { stdio: "ignore", ...options }).status === 0;

const python = ["python3", "/usr/bin/python3"].find((program) => works(program, ["-c", "import jwt"]));

/** Nothing is fetched while the tests run. */
const goEnv = { ...process.env, GOPROXY: "off", GOFLAGS: "-mod=mod" };

function goFolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  const packaged = existsSync(GO_PACKAGED) ? `replace ${GO_MODULE} => ${GO_PACKAGED}\n` : "";
  writeFileSync(join(path, "go.mod"), `module token\n\ngo 1.18\n\nrequire ${GO_MODULE} ${GO_VERSION}\n${packaged}`);
  return path;
}
const hasGo = works("go", ["mod", "download"], { cwd: goFolder("go-probe"), env: goEnv });

const node = { program: process.execPath, missing: "" };
/** Of each target, what runs it, and what is missing here. */
const runtimes: Record<string, { program: string | undefined; missing: string; words?: string[] }> = {
  jose: node,
  jsonwebtoken: node,
  "server-sdk": node,
  python: { program: python, missing: "python3 with PyJWT (python3-jwt)" },
  go: {
    program: hasGo ? "go" : undefined,
    missing: "go with golang-jwt (golang-github-golang-jwt-jwt-dev)",
    words: ["run"],
  },
  php: { program: works("php", ["-v"]) ? "php" : undefined, missing: "php (php-cli)" },
  ruby: { program: works("ruby", ["-e", 'require "jwt"']) ? "ruby" : undefined, missing: "ruby with jwt (ruby-jwt)" },
};
const left = Object.entries(runtimes).filter(([, { program }]) => !program);
console.log(
  [
    `Backend code is run as: ${code.flatMap(({ id }) => (runtimes[id]?.program ? id : [])).join(", ")}.`,
    ...left.map(([id, { missing }]) => `Left out: ${id}, for want of ${missing}.`),
  ].join(" "),
);

let programs = 0;

/** @returns what a program prints that has key and secret in its environment */
async function runTarget({ id, file, write }: (typeof code)[number], claims: Claims, secret = SECRET) {
  const { program = "", words = [] } = runtimes[id] ?? {};
  programs += 1;
  const name = `${id}-${programs}`;
  // Node looks for packages in the folders above.
  const cwd = id === "go" ? goFolder(name) : join(folder, name);
  if (id !== "go") mkdirSync(cwd);
  writeFileSync(join(cwd, file), write(claims));
  const env = { ...(id === "go" ? goEnv : process.env), VIDEOSDK_API_KEY: KEY, VIDEOSDK_SECRET: secret };
  const { stdout } = await run(program, [...words, file], { cwd, env, timeout: 60_000 });
  return stdout;
}

const iat = 1_795_000_000;
const compose = (given: Record<string, string | string[]>) =>
  buildClaims({ apiKey: KEY, given, issuedAt: iat, expiresAt: iat + 5400, jti: "ours" });

const samples: [what: string, claims: Claims][] = [
  ["a token without version and roles", compose({ permissions: ["ask_join"] })],
  [
    "one with everything, and with names that a language might read",
    {
      ...compose({
        permissions: ["allow_join", "allow_mod"],
        roles: ["rtc"],
        roomId: "2kyv-gzay-64pg",
        participantId: `o'brien"#{x}$y\\z\u202E😀`,
      }),
      nbf: iat - 30,
      "https://example.com/ward": { beds: [1, 2.5, -3], open: true, closed: false, nurse: null, 0: "zero", none: {} },
      "line\nbreak": [],
    },
  ],
];

const wait = 86_386;
const later: Claims = {
  ...compose({ permissions: ["allow_join"] }),
  nbf: iat + wait,
  exp: iat + wait + 5400,
};

/** The SDK takes no `iat`: it looks at the clock itself, after the code did, and a second may have ended between. */
const LOOKS_AT_THE_CLOCK = "server-sdk";

describe.each(code.map((target) => [target.label, target] as const))("%s", (_, target) => {
  const { program } = runtimes[target.id] ?? {};
  /** @param nbf in seconds from `iat` */
  const expectStart = (nbf: number, wanted: number) =>
    expect(target.id === LOOKS_AT_THE_CLOCK ? [wanted, wanted - 1] : [wanted]).toContain(nbf);

  it.skipIf(!program)("signs a claim called __proto__ as well", async () => {
    const own = JSON.parse('{"__proto__": {"admin": true}}') as Claims;
    const claims = Object.fromEntries([
      ...Object.entries(compose({ permissions: ["ask_join"] })),
      ...Object.entries(own),
    ]);
    const token = (await runTarget(target, claims)).trim();
    expect(decodeProtectedHeader(token)).toEqual({ alg: "HS256", typ: "JWT" });
    expect(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).toContain('"__proto__":{"admin":true}');
  });

  it.skipIf(!program)("signs the same payload", async () => {
    for (const [, claims] of samples) {
      const token = (await runTarget(target, claims)).trim();
      expect(decodeProtectedHeader(token)).toEqual({ alg: "HS256", typ: "JWT" });
      const { payload } = await jwtVerify(token, new TextEncoder().encode(SECRET), { algorithms: ["HS256"] });
      const { jti, iat: at = 0, exp = 0, nbf, ...rest } = payload;
      const { jti: _jti, iat: _iat, exp: _exp, nbf: began, ...ours } = claims;
      expect(rest).toEqual(ours);
      expect(Math.abs(at - Date.now() / 1000)).toBeLessThan(30);
      expect(exp - at).toBe(5400);
      expect(nbf === undefined).toBe(began === undefined);
      if (nbf !== undefined) expectStart(nbf - at, Number(began) - iat);
      expect(jti).toMatch(/^[\w-]{16,}$/);
    }
  });

  it.skipIf(!program)(
    "of one that starts later signs one that lives as long, and as long when it starts at once",
    async () => {
      for (const [waits, write] of [
        [wait, target.write],
        [0, (claims: Claims) => target.write(claims).replace(` + ${wait}`, "")],
      ] as const) {
        const token = (await runTarget({ ...target, write }, later)).trim();
        const { iat: at = 0, nbf = 0, exp = 0 } = decodeJwt(token);
        expectStart(nbf - at, waits);
        expect(exp - at).toBe(waits + 5400);
      }
    },
  );

  it("says in one place how long one waits that starts later, and what its end depends on", () => {
    expect(target.write(later).match(/starts\b.* \+ \d+/g)).toEqual([
      expect.stringMatching(new RegExp(`^starts :?= \\$?iat \\+ ${wait}$`)),
      expect.stringMatching(/^starts( - iat)? \+ 5400$/),
    ]);
    for (const [, claims] of samples) expect(target.write(claims)).not.toContain("starts");
  });

  it.skipIf(!program)("signs nothing without a secret", async () => {
    await expect(runTarget(target, samples[0]?.[1] ?? {}, "")).rejects.toThrow(
      /set VIDEOSDK_API_KEY and VIDEOSDK_SECRET/i,
    );
  });

  it("names neither key, secret nor token", () => {
    for (const [, claims] of samples) expect(target.write(claims)).not.toMatch(new RegExp(`${KEY}|ours|eyJ`));
  });
});
