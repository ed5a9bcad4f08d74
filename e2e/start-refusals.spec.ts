/** What stops a start: one readable line that names the setting, exit code 1, no stack, and never a secret's value. */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { change, databaseIn } from "./database";
import { expect, test } from "./fixtures";
import { createAdmin, people } from "./people";
import { Server, type Settings } from "./server";
import { addKey, makeKeyPair } from "./signing-keys";

const SECRET = "tooShortButStillASecret";
const SEALING_KEY = "c2VhbGluZy1rZXktb2YtdGhlLXRlc3RzLTMyLWJ5dGVz";

/** Starts a server that must not start. @returns what it printed about it */
async function refusal(folder: string, settings: Settings): Promise<string> {
  const server = new Server(folder, settings);
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
  ["SEALING_KEYS", `k1:${SEALING_KEY},k1:${SEALING_KEY}`, /^SEALING_KEYS /],
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

  const otherKeyring = { SEALING_KEYS: `k2:${Buffer.alloc(32, 7).toString("base64url")}` };
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
