/** The desk behind Debian's nginx, by the configuration of docs/deploy: TLS, cookies, addresses, and what is large. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { databaseIn, events } from "../stage/database";
import { expectVerdict, paste } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { issue } from "../stage/issue-form";
import { freePorts, Nginx, noNginx, PROXY } from "../stage/nginx";
import { people, signIn } from "../stage/people";
import { addCredential } from "../stage/programs";

test("behind nginx one signs in over https, pastes 3 MB and takes an export, and the log names the client", async ({
  desks,
  folder,
  start,
  visit,
  watch,
}) => {
  watch.allow(/status of (422|401) .*\/(issue\/batch\/tokens|api\/v1\/tokens)\)/, "3 MB that the desk refuses");
  test.skip(noNginx !== undefined, noNginx);
  const ports = await freePorts();
  const origin = `https://localhost:${ports.https}`;
  const home = join(folder, "desk");
  desks.prepared.copyTo(home);
  const nginx = new Nginx(join(folder, "nginx"), ports);
  try {
    const server = await start(home, { PORT: `${ports.desk}`, PUBLIC_URL: origin, TRUSTED_PROXIES: PROXY });
    expect(server.address).toBe(origin);
    const plain = await fetch(`http://127.0.0.1:${ports.http}/decode?from=http`, { redirect: "manual" });
    expect(plain.headers.get("location")).toBe(`${origin}/decode?from=http`);

    const page = await visit(`${origin}/sign-in`, undefined, {
      ignoreHTTPSErrors: true,
      // What a client says of itself is not believed.
      extraHTTPHeaders: { "x-forwarded-for": "203.0.113.9" },
    });
    await signIn(page, people.admin);
    const database = databaseIn(home);
    expect(events(database, "auth.signed_in").at(-1)?.address).toBe("127.0.0.1");
    const session = (await page.context().cookies()).find(({ name }) => name === "__Host-claimcheck");
    expect(session).toMatchObject({ secure: true, httpOnly: true, path: "/", domain: "localhost" });
    const answer = await page.goto("/issue");
    expect(answer?.headers()["strict-transport-security"]).toBe("max-age=31536000; includeSubDomains");
    await expect(page.getByText("This address is not encrypted")).toHaveCount(0);

    const token = await issue(page, { purpose: "Behind nginx" });
    await page.getByRole("button", { name: "Copy token" }).click();
    await page.goto("/decode");
    const line = "GET /index.html 200\n";
    await paste(page, `${line.repeat(75_000)}${token}\n${line.repeat(75_000)}`);
    await expectVerdict(page, "Valid, and issued here as No. 1");

    // Larger than any page's own: taken from whoever may send it, and nobody else's is held back here.
    const large = JSON.stringify({ rows: "x".repeat(3 * 1024 * 1024) });
    const { headers } = addCredential({ database, key: desks.prepared.key });
    const asked = await page.evaluate(
      async ({ body, headers }) => {
        const post = (path: string, headers: HeadersInit = {}) => fetch(path, { method: "POST", body, headers });
        const [batch, program, stranger] = await Promise.all([
          post("/issue/batch/tokens"),
          post("/api/v1/tokens", { ...headers, "content-type": "application/json" }),
          post("/api/v1/tokens"),
        ]);
        return [await batch.json(), await program.json(), await stranger.json()];
      },
      { body: large, headers },
    );
    expect(asked).toMatchObject([
      { ok: false, error: { code: "invalid" } },
      { status: 422, type: "urn:claimcheck:problem:invalid" },
      { status: 401 },
    ]);

    await page.goto("/audit");
    await page.getByRole("button", { name: "Export…" }).click();
    const dialog = page.getByRole("dialog", { name: "Export the audit log" });
    await dialog.getByText("JSON lines", { exact: true }).click();
    const before = events(database);
    const [exported, download] = await Promise.all([
      page.waitForResponse(`${origin}/audit/export`),
      page.waitForEvent("download"),
      dialog.getByRole("button", { name: "Export", exact: true }).click(),
    ]);
    const lines = readFileSync(await download.path(), "utf8")
      .trimEnd()
      .split("\n");
    expect(lines.map((text) => (JSON.parse(text) as { event: number }).event)).toEqual(
      before.map(({ sequence }) => sequence).reverse(),
    );
    // Nobody knew beforehand how long it would be: it went on as it came.
    expect(exported.headers()["content-length"]).toBeUndefined();
    // Neither a pasted token nor an export was on this machine's disk.
    expect(nginx.log).not.toContain("temporary file");
    expect(nginx.log).not.toMatch(/\[(warn|error|crit)\]/);
  } finally {
    await nginx.stop();
  }
});
