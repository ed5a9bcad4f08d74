/** What stops a start: one readable line that names the setting, exit code 1, no stack, and never a secret's value. */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { change, databaseIn } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { createAdmin, people } from "../stage/people";
import { ROOT, Server, type Settings } from "../stage/server";
import { addKey, makeKeyPair } from "../stage/signing-keys";

const SECRET = "tooShortButStillASecret";
const SEALING_KEY = randomBytes(32).toString("base64url");

/** Starts a server that must not start. @returns what it printed about it */
async function refusal(folder: string, settings: Settings, shell?: string): Promise<string> {
  const server = new Server(folder, settings, [], shell);
  const outcome = await Promise.race([server.exit, server.line(/Claimcheck is ready/).catch(() => server.exit)]);
  if (typeof outcome === "string") await server.kill();
  expect(outcome).toEqual({ code: 1, signal: null });
  const lines = server.output.filter(({ text }) => !/^Made new secrets in /.test(text));
  expect(lines.map(({ from }) => from)).toEqual(["stderr"]);
  const [{ text } = { text: "" }] = lines;
  expect(text).not.toMatch(/^\s+at |Error:|node:/);
  return text;
}

const badSettings: [setting: string, value: string, says: RegExp][] = [
  ["PORT", "http", /^PORT must be a whole number from 0 to 65535\.$/],
  ["PORT", "70000", /^PORT must be a whole number from 0 to 65535\.$/],
  ["HOST", "not a host", /^HOST must be an address or a host name\.$/],
  ["HOST", "192.0.2.1", /^HOST: 192\.0\.2\.1 is not an address of this machine\.$/],
  ["DATABASE_URL", "postgres://db/claimcheck", /^DATABASE_URL must begin with file:/],
  ["AUTH_SECRET", SECRET, /^AUTH_SECRET must have at least 32 characters\.$/],
  ["SEALING_KEYS", `k1:${SECRET}`, /^SEALING_KEYS must be a comma-separated list of kid:key/],
  ["SEALING_KEYS", `k1:${SEALING_KEY},k1:${SEALING_KEY}`, /^SEALING_KEYS names the same kid twice\.$/],
  ["SEALING_KEYS", `k1:${"A".repeat(43)}`, /^SEALING_KEYS begins with a key that was not drawn at random\. .*\.$/],
  ["TRUSTED_PROXIES", "the load balancer", /^TRUSTED_PROXIES must be a comma-separated list of addresses or subnets/],
  ["PUBLIC_URL", "https://desk.example.com/claimcheck", /^PUBLIC_URL must be an origin such as /],
  ["PUBLIC_URL", "desk.example.com", /^PUBLIC_URL must be an origin such as /],
  ["LOG_LEVEL", "loud", /^LOG_LEVEL must be one of /],
];

for (const [setting, value, says] of badSettings) {
  test(`a bad ${setting} (${value.replace(SECRET, "…").replaceAll(SEALING_KEY, "…")}) stops the start`, async ({
    folder,
  }) => {
    const text = await refusal(folder, { [setting]: value });
    expect(text).toMatch(says);
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(SEALING_KEY);
  });
}

test("a port that is taken stops the start", async ({ folder }) => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as { port: number };
  expect(await refusal(folder, { PORT: String(port) })).toMatch(
    new RegExp(`^PORT: ${port} on 127\\.0\\.0\\.1 is taken by another program\\.`),
  );
  other.close();
});

test("a data folder that is a file stops the start", async ({ folder }) => {
  writeFileSync(join(folder, "data"), "in the way");
  expect(await refusal(folder, {})).toMatch(/^DATABASE_URL: .*\/data\/claimcheck\.db cannot be written \(E\w+\)\./);
});

test("a data folder that cannot be written stops the start", async ({ folder }) => {
  // Nothing is forbidden to root, but nobody can make a file in /proc.
  const closed = process.getuid?.() === 0 ? "/proc" : join(folder, "closed");
  if (closed !== "/proc") {
    mkdirSync(closed);
    chmodSync(closed, 0o500);
  }
  expect(await refusal(folder, { DATABASE_URL: `file:${closed}/claimcheck.db` })).toMatch(
    /^DATABASE_URL: \S+ cannot be written \(E\w+\)\. Choose another place/,
  );
});

const pipe = (folder: string) => expect(spawnSync("bash", ["-c", 'mkfifo "$0"', join(folder, "pipe")]).status).toBe(0);
const loop = (folder: string) => symlinkSync("loop.db", join(folder, "loop.db"));

const badPlaces: [what: string, path: string, says: RegExp, make?: (folder: string) => void][] = [
  ["in a folder that nobody can make", "/proc/claimcheck/desk.db", /cannot be written \(E\w+\)\. Choose another place/],
  ["that is a device", "/dev/null", /\/dev\/null is a device or a pipe, which keeps nothing\. Choose another place/],
  ["below a device", "/dev/full/desk.db", /cannot be written \(E\w+\)\. Choose another place/],
  ["that is a pipe", "pipe", /pipe is a device or a pipe/, pipe],
  ["that is a link to itself", "loop.db", /cannot be written \(ELOOP\)/, loop],
  ["below a link to itself", "loop.db/desk.db", /cannot be written \(ELOOP\)/, loop],
  ["with a name that is too long", `${"x".repeat(300)}.db`, /cannot be written \(ENAMETOOLONG\)/],
];

for (const [what, path, says, make] of badPlaces) {
  test(`a database ${what} stops the start, at once`, async ({ folder }) => {
    make?.(folder);
    const text = await refusal(folder, { DATABASE_URL: `file:${path}` });
    expect(text).toMatch(/^DATABASE_URL: /);
    expect(text).toMatch(says);
  });
}

test("a .env that is a folder or a pipe stops the start", async ({ folder }) => {
  for (const make of [() => mkdirSync(join(folder, "one/.env"), { recursive: true }), () => pipe(folder)]) make();
  expect(await refusal(join(folder, "one"), {})).toMatch(
    /\.env cannot be read \(it is not a regular file\)\. Give this/,
  );
  mkdirSync(join(folder, "two"));
  symlinkSync(join(folder, "pipe"), join(folder, "two/.env"));
  expect(await refusal(join(folder, "two"), {})).toMatch(
    /\.env cannot be read \(it is not a regular file\)\. Give this/,
  );
});

test("what this user may not read or write stops the start", async ({ folder }) => {
  // Nothing is forbidden to root.
  const isRoot = process.getuid?.() === 0;
  const nobody = 65_534;
  const become = `setpriv --reuid=${nobody} --regid=${nobody} --clear-groups`;
  if (isRoot) {
    const may = spawnSync("bash", ["-c", `${become} test -r "$0"`, join(ROOT, "server.ts")]).status === 0;
    test.skip(!may, "nobody but root may read this checkout");
  }
  const home = (name: string) => {
    const path = join(folder, name);
    mkdirSync(path);
    return path;
  };
  const start = (path: string, settings: Settings = {}) =>
    refusal(path, settings, isRoot ? `exec ${become} "$@"` : undefined);
  chmodSync(folder, 0o755);

  const unreadable = home("unreadable");
  writeFileSync(join(unreadable, ".env"), "PORT=0\n");
  chmodSync(join(unreadable, ".env"), 0o000);
  expect(await start(unreadable)).toMatch(/\.env cannot be read \(EACCES\)\. Give this user the right to read it/);

  const readOnly = home("read-only");
  chmodSync(readOnly, 0o555);
  expect(await start(readOnly)).toMatch(
    /\.env cannot be written \(EACCES\), and AUTH_SECRET and SEALING_KEYS must be kept there\. /,
  );

  const closed = home("closed");
  mkdirSync(join(closed, "data"));
  if (isRoot) chownSync(closed, nobody, nobody);
  chmodSync(join(closed, "data"), 0o500);
  expect(await start(closed)).toMatch(/^DATABASE_URL: \S+claimcheck\.db cannot be written \(EACCES\)\. Choose another/);
});

test("a file that is no database stops the start", async ({ folder }) => {
  mkdirSync(join(folder, "data"));
  writeFileSync(databaseIn(folder), "This is a letter, and not a database. ".repeat(200));
  expect(await refusal(folder, {})).toMatch(/^DATABASE_URL: \S+ cannot be used: .*not a database/);
});

test("a database that is newer than the program, or sealed with other keys, stops the start", async ({
  folder,
  start,
  visit,
}) => {
  const server = await start(folder);
  const page = await visit((await server.line(/^Create the first admin at /)).replace(/^.* /, ""));
  await createAdmin(page, people.admin);
  await page.goto("/keys");
  const key = makeKeyPair("Staging");
  await addKey(page, key);
  await page.context().close();
  await server.stop();

  const otherKeyring = { SEALING_KEYS: `k2:${randomBytes(32).toString("base64url")}` };
  const text = await refusal(folder, otherKeyring);
  expect(text).toBe('SEALING_KEYS does not open the secret of "Staging". Put back the keyring that sealed it.');

  change(
    databaseIn(folder),
    "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ('x', 'x', '29990101000000_from_the_future', 1, 1)",
  );
  expect(await refusal(folder, {})).toMatch(
    /^The database is newer than this program: .*29990101000000_from_the_future/,
  );
});
