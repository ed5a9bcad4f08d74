/** The database read beside the running server: by any program, and by `npm run backup`; and the restore of what that made in another folder. */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { databaseIn, events, ledger } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { issue, issueButton, issuedToken } from "../stage/issue-form";
import { ROOT } from "../stage/server";

test("a backup made while the server issues starts in another folder, with every record and every key", async ({
  desk,
  open,
  folder,
  start,
  visit,
}) => {
  const page = await open("issuer", "/issue");
  await issue(page, { purpose: "Before the backup" });
  const file = join(folder, "backup.db");
  const before = { ledger: ledger(desk.database), events: events(desk.database) };
  const backup = spawnSync("npm", ["run", "--silent", "backup", "--prefix", ROOT, file], {
    cwd: desk.folder,
    env: { ...process.env, DATABASE_URL: `file:${desk.database}` },
    encoding: "utf8",
  });
  expect(backup.stdout + backup.stderr).toContain(`to ${file}, and checked the copy.`);
  expect(backup.status).toBe(0);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await issue(page, { purpose: "After the backup" });
  await page.context().close();

  const home = join(folder, "elsewhere");
  mkdirSync(join(home, "data"), { recursive: true });
  copyFileSync(file, databaseIn(home));
  copyFileSync(join(desk.folder, ".env"), join(home, ".env"));
  const server = await start(home);
  expect(server.text).not.toContain("Create the first admin");
  const restored = await visit(`${server.address}/issue`, desk.sessions.issuer);
  expect({ ledger: ledger(databaseIn(home)), events: events(databaseIn(home)) }).toEqual(before);
  // The signing secret opens, and the numbers go on where they stood.
  // Before the page's script runs, nothing is ticked.
  await expect(issueButton(restored)).toBeEnabled();
  await restored.getByRole("checkbox", { name: "allow_join" }).check();
  await issueButton(restored).click();
  await expect(issuedToken(restored)).toContainText(`No. ${before.ledger.length + 1}`);
});

test("read by another program, which closes it: its log stays, and issuing goes on", async ({ desk, open }) => {
  const page = await open("issuer", "/issue");
  await issue(page, { purpose: "Before" });
  const read =
    'const db = new (require("better-sqlite3"))(process.argv[1]); db.exec("SELECT * FROM Member"); db.close()';
  expect(spawnSync(process.execPath, ["-e", read, desk.database], { cwd: ROOT }).status).toBe(0);
  expect(existsSync(`${desk.database}-wal`)).toBe(true);
  await page.goto("/issue");
  await issue(page, { purpose: "Afterwards" });
  expect(ledger(desk.database).map(({ purpose }) => purpose)).toEqual(expect.arrayContaining(["Before", "Afterwards"]));
});
