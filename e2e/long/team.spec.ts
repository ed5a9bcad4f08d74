/** What the desk is for, from end to end: a team that reaches it by its own name, one who leaves it, and another machine that goes on with all of it. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Page, request } from "@playwright/test";
import { databaseIn, events, ledger, rows } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { compose, issue, issueButton, issuedToken } from "../stage/issue-form";
import { freePorts, Nginx, noNginx, PROXY } from "../stage/nginx";
import { createAdmin, people, signIn, tryToSignIn } from "../stage/people";
import type { Session } from "../stage/prepared-desk";
import { ROOT } from "../stage/server";
import { type ActionRequest, catchAction } from "../stage/server-action";
import { addKey, makeKeyPair } from "../stage/signing-keys";
import { changeRole, invite, joinTeam, memberRow } from "../stage/team";

const leaver = { name: "Noor Haddad", email: "noor@example.com", password: "violet tram beneath the harbour" };
const { admin: lead, issuer: colleague, auditor: promoted } = people;
const FRIEND = "friend@example.com";

/** What a program gets that has a session's cookie: of two pages, of what an open tab asks, of an export and of an action. */
async function doors(session: Session, { url, headers, arguments: [form] }: ActionRequest): Promise<string[]> {
  const { origin } = new URL(url);
  const program = await request.newContext({
    baseURL: origin,
    storageState: session,
    ignoreHTTPSErrors: true,
    extraHTTPHeaders: { origin },
    maxRedirects: 0,
  });
  const data = JSON.stringify([{ ...(form as object), jti: crypto.randomUUID() }]);
  const answers = await Promise.all([
    program.get("/keys"),
    program.get("/team"),
    program.get("/api/session"),
    program.post("/audit/export", { data: { format: "csv" } }),
    program.post(url, { headers, data }),
  ]);
  const said = answers.map((answer) => `${answer.status()} ${answer.headers().location ?? ""}`.trim());
  const acted = /"code":"(\w+)"/.exec((await answers.at(-1)?.text()) ?? "")?.[1] ?? "done";
  await program.dispose();
  return [...said.slice(0, -1), acted];
}

test("a lead invites three, one leaves and is out in the same second, and another machine serves the same team", async ({
  folder,
  start,
  visit,
}) => {
  test.skip(noNginx !== undefined, noNginx);
  const ports = await freePorts();
  const origin = `https://localhost:${ports.https}`;
  const machine = (name: string) => {
    const home = join(folder, name);
    mkdirSync(join(home, "data"), { recursive: true });
    return { home, database: databaseIn(home), serve: (desk: number) => start(home, { PORT: `${desk}` }) };
  };
  const browser = (url: string) => visit(url, undefined, { ignoreHTTPSErrors: true });
  const old = machine("old");
  writeFileSync(join(old.home, ".env"), `PUBLIC_URL=${origin}\nTRUSTED_PROXIES=${PROXY}\n`, { mode: 0o600 });
  let nginx = new Nginx(join(folder, "nginx"), ports);
  try {
    const server = await old.serve(ports.desk);

    const page = await browser((await server.line(/^Create the first admin at /)).replace(/^.* /, ""));
    await createAdmin(page, lead);
    await page.goto("/team");
    const letJoin = async (person: typeof leaver, role: string) => {
      const link = await invite(page, person.email, role);
      expect(link).toContain(`${origin}/join?code=`);
      const theirs = await browser(link);
      await joinTeam(theirs, person);
      return theirs;
    };
    const leaving = await letJoin(leaver, "admin");
    const issuing = await letJoin(colleague, "issuer");
    const reading = await letJoin(promoted, "issuer");

    await page.reload();
    await changeRole(page, promoted.name, "auditor");
    await reading.reload();
    await signIn(reading, promoted);
    await reading.goto("/audit");
    await expect(reading.getByRole("button", { name: "Export…" })).toBeVisible();
    await reading.goto("/issue");
    await expect(reading.getByText("As auditor you read everything and issue nothing")).toBeVisible();

    await leaving.goto("/keys");
    await addKey(leaving, makeKeyPair("Production"));
    await leaving.goto("/issue");
    await compose(leaving, { purpose: "Before leaving" });
    const action = await catchAction(leaving, () => issueButton(leaving).click());
    await issuedToken(leaving).getByRole("button", { name: "Copy token" }).click();
    await leaving.goto("/team");
    const friendLink = await invite(leaving, FRIEND);
    const typing = await leaving.context().newPage();
    await typing.goto("/issue");
    await compose(typing, { purpose: "typed before" });
    const session = await leaving.context().storageState();
    expect(await doors(session, action)).toEqual(["200", "200", "200", "200", "done"]);

    await page.reload();
    await memberRow(page, leaver.name).getByRole("button", { name: "Disable" }).click();
    const dialog = page.getByRole("dialog");
    for (const left of ["The secret of “Production”", "Regenerate it in", "2 active tokens of theirs", FRIEND])
      await expect(dialog).toContainText(left);
    await catchAction(page, () => dialog.getByRole("button", { name: "Disable member" }).click());
    const askedAt = Date.now();
    expect(await doors(session, action)).toEqual([
      "307 /sign-in?next=%2Fkeys",
      "307 /sign-in?next=%2Fteam",
      "401",
      "401",
      "unauthenticated",
    ]);
    const [disabled] = rows<{ at: number; sequence: number }>(
      old.database,
      "SELECT at, sequence FROM AuditEvent WHERE action = 'member.disabled'",
    );
    expect(askedAt - (disabled?.at ?? 0)).toBeLessThan(1_000);
    for (const tab of [leaving, typing])
      await expect(tab.locator(".signed-out-bar")).toContainText("Your session has ended.");
    await issueButton(typing).click();
    await expect(typing.getByRole("alert").filter({ hasText: "You are signed out" })).toBeVisible();
    await expect(typing.getByLabel("Purpose")).toHaveValue("typed before");
    const out = async (tab: Page) => {
      await tab.goto("/keys");
      await expect(tab).toHaveURL(/\/sign-in/);
      await tryToSignIn(tab, leaver);
      await expect(tab.getByText("Email or password is wrong.")).toBeVisible();
    };
    await out(leaving);
    const friend = await browser(friendLink);
    await expect(friend.getByText("This invitation was withdrawn")).toBeVisible();
    await friend.close();
    const done = events(old.database).filter(({ sequence }) => sequence > (disabled?.sequence ?? 0));
    expect(done.filter(({ actorName, outcome }) => actorName === leaver.name && outcome === "ok")).toEqual([]);

    // As docs/deploy.md says it: the old one is stopped, the copy and `.env` are taken over, and the name points to the new one.
    await nginx.stop();
    await server.stop();
    const before = { ledger: ledger(old.database), events: events(old.database) };
    const backup = spawnSync("npm", ["run", "--silent", "backup", "--prefix", ROOT], {
      env: { ...process.env, DATABASE_URL: `file:${old.database}` },
      encoding: "utf8",
    });
    expect([backup.status, backup.stderr]).toEqual([0, ""]);
    const copies = join(old.home, "data/backups");
    const next = machine("new");
    copyFileSync(join(copies, readdirSync(copies)[0] ?? ""), next.database);
    copyFileSync(join(old.home, ".env"), join(next.home, ".env"));
    const { desk } = await freePorts();
    nginx = new Nginx(join(folder, "nginx-of-the-new"), { ...ports, desk });
    await next.serve(desk);
    expect({ ledger: ledger(next.database), events: events(next.database) }).toEqual(before);

    // Who was signed in still is, and the numbers go on where they stood.
    await page.reload();
    await expect(memberRow(page, leaver.name)).toContainText("disabled");
    await expect(memberRow(page, promoted.name)).toContainText("auditor");
    await issuing.goto("/issue");
    await issue(issuing, { purpose: "On the new machine" });
    await expect(issuedToken(issuing)).toContainText(`No. ${before.ledger.length + 1}`);
    const sequences = events(next.database).map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_, index) => index + 1));
    expect(sequences.length).toBeGreaterThan(before.events.length);
    const fresh = await browser(`${origin}/sign-in`);
    await signIn(fresh, promoted);
    expect((await doors(session, action)).slice(2)).toEqual(["401", "401", "unauthenticated"]);
    await out(leaving);
  } finally {
    await nginx.stop();
  }
});
