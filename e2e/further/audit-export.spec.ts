/** Export of what is shown: as a table no spreadsheet runs, as lines for programs, recorded before the first byte, for admins and auditors. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../stage/accessible";
import { change, changeBooks, events } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { issue } from "../stage/issue-form";
import { sceneOf } from "../stage/members";
import { openSocket } from "../stage/raw-request";

async function exported(page: Page, format: "CSV" | "JSON lines"): Promise<{ name: string; text: string }> {
  const dialog = page.getByRole("dialog", { name: "Export the audit log" });
  await expect(async () => {
    if (!(await dialog.isVisible())) await page.getByRole("button", { name: "Export…" }).click();
    await expect(dialog).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await dialog.getByText(format, { exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Export", exact: true }).click(),
  ]);
  await expect(dialog.getByText(/events? saved as audit-\d{4}-\d\d-\d\d\.(csv|jsonl)\.$/)).toBeVisible();
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

/** Asks for all of it, and reads no more than what comes first. */
async function beginExport(address: string, cookie: string) {
  const ask = JSON.stringify({ format: "jsonl" });
  const socket = await openSocket(address);
  const headers = [
    ...["POST /audit/export HTTP/1.1", `Host: ${new URL(address).host}`, `Origin: ${address}`, "Connection: close"],
    ...[`Cookie: ${cookie}`, "Content-Type: application/json", `Content-Length: ${ask.length}`],
  ];
  socket.write(`${headers.join("\r\n")}\r\n\r\n${ask}`);
  const [first] = (await once(socket, "data")) as [Buffer];
  socket.pause();
  const pieces = [first];
  return {
    first,
    async rest() {
      socket.on("data", (piece: Buffer) => pieces.push(piece));
      socket.resume();
      await once(socket, "close");
      return Buffer.concat(pieces).toString();
    },
  };
}

test("1 · what is shown is taken as a table, formulas are text in it, and the log says what was taken", async ({
  open,
  desk,
}) => {
  const issuing = await open("issuer", "/issue");
  await issue(issuing, { roomId: "ward-7b", purpose: '=HYPERLINK("https://evil.example")' });
  await issue(issuing, { roomId: "ward-8", purpose: "Not asked for" });
  const page = await open("auditor", "/audit?room=ward-7b");
  const { name, text } = await exported(page, "CSV");
  expect(name).toMatch(/^audit-\d{4}-\d\d-\d\d\.csv$/);
  const [head, row, ...rest] = text.trimEnd().split("\n");
  expect(rest).toEqual([]);
  expect(head).toContain('"event","time","who","what"');
  expect(row).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
  expect(row).toContain('"ward-7b"');
  const taken = events(desk.database, "audit.exported").at(-1);
  expect(taken?.actorName).toBe("Ada Okafor");
  expect(JSON.parse(taken?.detail ?? "{}")).toEqual({ format: "csv", events: 1, filters: ["room=ward-7b"] });
  await expectAccessible(page, "the export's dialog");
});

test("2 · all of it is taken as lines, each an event with all that it says, and none of a token", async ({
  open,
  desk,
}) => {
  const token = await issue(await open("issuer", "/issue"), { purpose: "The newest" });
  const page = await open("admin", "/audit");
  const before = events(desk.database);
  const { text } = await exported(page, "JSON lines");
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { event: number; purpose: string | null; action: string });
  expect(lines.map(({ event }) => event)).toEqual(before.map(({ sequence }) => sequence).reverse());
  expect(lines.find(({ action }) => action === "token.issued")?.purpose).toBe("The newest");
  for (const part of token.split(".").slice(1)) expect(text).not.toContain(part);
  expect(text).not.toContain(desk.key.secret);
});

test("3 · who may not export is refused and recorded; who is not signed in gets nothing", async ({ desk }) => {
  const ask = (cookie?: string) =>
    fetch(`${desk.address}/audit/export`, {
      method: "POST",
      headers: { origin: desk.address, "content-type": "application/json", ...(cookie ? { cookie } : {}) },
      body: JSON.stringify({ format: "csv" }),
    });
  const nobody = await ask();
  expect(nobody.status).toBe(401);
  const before = events(desk.database, "audit.exported").length;
  const issuer = await ask(desk.cookieOf("issuer"));
  expect(issuer.status).toBe(403);
  expect(await issuer.text()).toContain("it takes admin or auditor");
  expect(JSON.parse(events(desk.database, "access.denied").at(-1)?.detail ?? "{}")).toMatchObject({
    verb: "audit.export",
  });
  expect(events(desk.database, "audit.exported")).toHaveLength(before);
  const nonsense = await fetch(`${desk.address}/audit/export`, {
    method: "POST",
    headers: { origin: desk.address, cookie: desk.cookieOf("admin") },
    body: "{",
  });
  expect(nonsense.status).toBe(422);
  expect((await fetch(`${desk.address}/audit/export`, { headers: { cookie: desk.cookieOf("admin") } })).status).toBe(
    405,
  );
});

test("3b · what a proxy or another network's sign-in page answers is no reason, and is never saved", async ({
  open,
  watch,
}) => {
  watch.allow(/502 \(Bad Gateway\)/, "a proxy that answers in the desk's place");
  const page = await open("admin", "/audit");
  const dialog = page.getByRole("dialog", { name: "Export the audit log" });
  await expect(async () => {
    if (!(await dialog.isVisible())) await page.getByRole("button", { name: "Export…" }).click();
    await expect(dialog).toBeVisible({ timeout: 1_000 });
  }).toPass();
  const saved: string[] = [];
  page.on("download", (download) => saved.push(download.suggestedFilename()));
  for (const status of [502, 200]) {
    await page.route("**/audit/export", (route) =>
      route.fulfill({ status, contentType: "text/html", body: "<h1>Bad Gateway</h1>" }),
    );
    await dialog.getByRole("button", { name: /^(Export|Try again)$/ }).click();
    await expect(dialog).toContainText("The server could not be reached to its end. Nothing was saved");
    await expect(dialog).not.toContainText("Bad Gateway");
    await page.unroute("**/audit/export");
  }
  expect(saved).toEqual([]);
});

test("4 · it comes as it is read: the first rows are here while the last can still change, and whoever takes them slowly is waited for", async ({
  desk,
}) => {
  const [oldest] = events(desk.database);
  // As long as an event may be, and so many that no buffer on the way holds them.
  const bodies = `json_object('action', 'auth.signed_out', 'actor', json('{"kind":"system"}'), 'address', '', 'at', '2026-01-01T00:00:00.000Z',
    'detail', json_object('reason', hex(zeroblob(7500))), 'outcome', 'ok', 'requestId', 'r', 'userAgent', '', 'via', 'shell')`;
  changeBooks(
    desk.database,
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
     INSERT INTO AuditEvent (sequence, at, action, body) SELECT 1000 + i, 1767225600000, 'auth.signed_out', ${bodies} FROM n`,
  );
  const reading = await beginExport(desk.address, desk.cookieOf("auditor"));
  const { first } = reading;
  expect(first.toString()).toMatch(/^HTTP\/1\.1 200 /);
  // What is read after this has the change in it.
  await pause(1_000);
  changeBooks(
    desk.database,
    'UPDATE AuditEvent SET body = replace(body, \'"requestId":"\', \'"requestId":"late-\') WHERE sequence = ?',
    oldest?.sequence,
  );
  const text = await reading.rest();
  expect(text.length).toBeGreaterThan(40_000_000);
  const last = text.lastIndexOf(`{"event":${oldest?.sequence},`);
  expect(text.slice(last, last + 2_000)).toContain('"request":"late-');

  // And whoever is disabled meanwhile gets no more than what was on its way; the file is visibly a part.
  const { me, cookie } = await sceneOf(desk, "auditor");
  const cut = await beginExport(desk.address, cookie);
  change(desk.database, "UPDATE Member SET disabledAt = 1 WHERE id = ?", me.id);
  const part = await cut.rest();
  expect(part.length).toBeLessThan(40_000_000);
  expect(part).not.toMatch(/\r\n0\r\n\r\n$/);
});
