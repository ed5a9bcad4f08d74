/** From an empty folder to a token that is found in the audit log and decoded, as a stranger would go. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { databaseIn, rows } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { issue, issuedToken } from "../stage/issue-form";
import { createAdmin, openAccount, people } from "../stage/people";
import { ROOT } from "../stage/server";
import { addKey, makeKeyPair } from "../stage/signing-keys";

/** The release, and in a checkout the commit, as git tells it. */
function version(): string {
  const { version: release } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  const { status, stdout } = spawnSync("git", ["-C", ROOT, "rev-parse", "HEAD"], { encoding: "utf8" });
  return status === 0 ? `${release} (${stdout.slice(0, 7)})` : release;
}

test("a stranger gets from an empty folder to a decoded token", async ({ folder, start, visit }) => {
  const server = await start(folder);
  expect(statSync(join(folder, ".env")).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, "data")).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(folder, ".env"), "utf8")).toMatch(/^AUTH_SECRET=\S{32,}\nSEALING_KEYS=k1:\S{43}$/m);

  expect(server.address).toMatch(/^http:\/\/localhost:\d+$/);
  expect(await (await fetch(`${server.address}/api/health`)).json()).toEqual({ live: true, ready: true });
  const link = (await server.line(/^Create the first admin at /)).replace(/^.* /, "");
  expect(new URL(link).origin).toBe(server.address);
  const page = await visit(link);
  const requests: { url: string; body: string; action: string | undefined }[] = [];
  page.on("request", (request) =>
    requests.push({
      url: request.url(),
      body: request.postData() ?? "",
      action: request.headers()["next-action"],
    }),
  );
  await createAdmin(page, people.admin);
  // Which version it is stands where one looks for it: at the start, in the log, and in the account's corner.
  expect(await server.line(/^Version /)).toBe(`Version ${version()}`);
  expect(JSON.parse(await server.line(/"msg":"ready"/))).toMatchObject({ version: version() });
  await openAccount(page);
  await expect(page.getByText(`Version ${version()}`, { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("link", { name: "Keys" }).click();
  const key = makeKeyPair("Staging");
  await addKey(page, key);
  await expect(page.getByRole("row", { name: /Staging/ })).toContainText(key.apiKey);

  await page.getByRole("link", { name: "Issue", exact: true }).click();
  const token = await issue(page, {
    permissions: ["allow_join", "allow_mod"],
    roomId: "2kyv-gzay-64pg",
    participantId: "lxvdplwt",
    roles: ["rtc"],
    expiresIn: "2h",
    purpose: "Demo for the board",
  });
  await expect(issuedToken(page)).toContainText("No. 1");

  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole("button", { name: "Copy token" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Copied" })).toBeAttached();
  expect(await clipboard()).toBe(token);
  await page.getByRole("button", { name: "Copy Authorization header" }).click();
  await expect.poll(clipboard).toBe(`Authorization: ${token}`);

  await page.getByRole("button", { name: "Open in decoder" }).click();
  const verdict = page.getByRole("region", { name: "Verdict" });
  await expect(verdict.getByRole("heading")).toHaveText("Valid, and issued here as No. 1");
  await expect(page.getByLabel("Token", { exact: true })).toHaveValue(token);
  const found = page.locator('[data-layer="Ledger"]');
  await expect(found).toContainText("No. 1");
  await expect(found).toContainText(people.admin.name);
  await expect(found).toContainText("Demo for the board");

  // Only the decoder's action was given the token: no address, no other request, no history, no storage holds it.
  const signature = token.split(".")[2] ?? "";
  const carriers = requests.filter(({ url, body }) => `${url} ${body}`.includes(signature));
  expect(carriers.map(({ url, action }) => ({ path: new URL(url).pathname, isAction: action !== undefined }))).toEqual([
    { path: "/decode", isAction: true },
  ]);
  const remembered = await page.evaluate(() =>
    JSON.stringify([location.href, history.state, { ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  expect(remembered).not.toContain(signature);
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Issue a token" })).toBeVisible();
  expect(await page.content()).not.toContain(signature);
  await page.goForward();
  await expect(page.getByLabel("Token", { exact: true })).toHaveValue("");

  await page.getByRole("link", { name: "Audit" }).click();
  const row = page.getByRole("row", { name: /issued a token/ });
  for (const text of ["No. 1", "Staging", "2kyv-gzay-64pg · lxvdplwt", "Demo for the board"])
    await expect(row).toContainText(text);
  await row.getByRole("link").first().click();
  await expect(page.getByRole("region", { name: "Ledger" })).toContainText("Demo for the board");
  expect(await page.content()).not.toContain(signature);
});

test("a second start builds nothing, makes nothing and changes nothing", async ({ folder, start, visit }) => {
  const first = await start(folder);
  const page = await visit((await first.line(/^Create the first admin at /)).replace(/^.* /, ""));
  await createAdmin(page, people.admin);
  await page.goto("/keys");
  await addKey(page, makeKeyPair("Staging"));
  await page.goto("/issue");
  await issue(page);
  await page.context().close();
  expect((await first.stop()).code).toBe(0);

  const tables = ["Member", "Session", "SigningKey", "SecretVersion", "IssuedToken", "AuditEvent", "Counter"];
  const state = () => ({
    files: readdirSync(folder).sort(),
    env: readFileSync(join(folder, ".env"), "utf8"),
    migrations: rows(databaseIn(folder), "SELECT * FROM _prisma_migrations"),
    rows: tables.map((table) => rows(databaseIn(folder), `SELECT * FROM "${table}"`)),
  });
  const before = state();
  const again = await start(folder);
  expect((await fetch(`${again.address}/sign-in`)).status).toBe(200);
  for (const words of ["/setup", "Made new secrets", "Building"]) expect(again.text).not.toContain(words);
  await again.stop();
  // What is said to whoever started it; the rest is the log, one JSON line each.
  for (const { text } of again.output)
    if (!/^(Version |Claimcheck is ready at |SIGTERM: )/.test(text)) expect(() => JSON.parse(text), text).not.toThrow();
  expect(state()).toEqual(before);
});
