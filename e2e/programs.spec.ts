/** For apps and programs: token endpoints in place of a token, credentials and the API, as an admin sets them up and as an app, a shell and a program use them. */
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./stage/accessible";
import { events, ledger, rows } from "./stage/database";
import { expect, test } from "./stage/fixtures";
import { claimsIn } from "./stage/make-token";
import { people } from "./stage/people";
import { addCredential, addEndpoint } from "./stage/programs";

const shell = promisify(execFile);
const urlOf = (page: Page) => page.getByTestId("endpoint-url");

async function fillEndpoint(page: Page, fields: Record<string, string>) {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
}

const asked = async (base: string, query = "") => {
  const response = await fetch(`${base}/get-token${query}`);
  return { status: response.status, json: await response.json() };
};

test("1. an admin makes an endpoint that gives little, and an app gets its tokens there, which stand in the ledger", async ({
  open,
  desk,
}) => {
  const page = await open("admin", "/endpoints");
  await expect(page.getByText("No endpoint yet")).toBeVisible();
  await expectAccessible(page, "endpoints, none yet");
  await page.getByRole("link", { name: "New endpoint" }).click();
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await expect(page.getByText("Give it a name, such as Demo app.")).toBeVisible();
  await expectAccessible(page, "a new endpoint with an error");
  await fillEndpoint(page, { Name: "Demo app", "Allowed origins": "localhost:3000", Purpose: "The demo" });
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await expect(page.getByText(/“?"?localhost:3000"? is no origin/)).toBeVisible();
  await fillEndpoint(page, { "Allowed origins": "http://localhost:3000" });
  // Small unless one says otherwise: nothing is to be ticked.
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await expect(urlOf(page)).toHaveText(/\/t\/[\w-]{22}$/);
  await expectAccessible(page, "an endpoint");
  const base = (await urlOf(page).textContent()) ?? "";
  await expect(page.getByText(`REACT_APP_AUTH_URL=${base}`)).toBeVisible();
  await page.getByRole("button", { name: "Flutter" }).click();
  await expect(page.getByText(`AUTH_URL=${base}`, { exact: true })).toBeVisible();
  await expect(page.getByText("Allowed origins hold back browsers, not programs.")).toBeVisible();

  expect(await asked(base)).toMatchObject({ status: 422, json: { fields: { roomId: "Name the room." } } });
  const { status, json } = await asked(base, "?roomId=2kyv-gzay-64pg&peerId=robin");
  expect(status).toBe(200);
  const claims = claimsIn(json.token);
  expect(claims).toMatchObject({ roomId: "2kyv-gzay-64pg", participantId: "robin", roles: ["rtc"] });
  expect(Number(claims.exp) - Number(claims.iat)).toBe(600);
  expect(ledger(desk.database).at(-1)).toMatchObject({ actorName: "Demo app", purpose: "The demo" });
  expect(rows(desk.database, "SELECT via FROM IssuedToken")).toEqual([{ via: "endpoint" }]);

  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("table", { name: "Calls per day" })).toContainText("1 wrong or missing room", {
      timeout: 1_000,
    });
  }).toPass();
  await page.getByRole("link", { name: "1 issued" }).click();
  await expect(page.getByRole("row").filter({ hasText: "2kyv-gzay-64pg" })).toContainText("Demo app");
});

test("2. what reaches far or has no limit asks for a tick, and stands on the overview", async ({ open }) => {
  const page = await open("admin", "/endpoints/new");
  await fillEndpoint(page, { Name: "Open house", "Calls a day": "" });
  await page.getByLabel("Template", { exact: true }).selectOption("Moderator");
  await page.getByLabel("Room", { exact: true }).selectOption("optional");
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await expect(page.getByText(/Whoever has the address may moderate and join any room. Tick this/)).toBeVisible();
  await expect(page.getByText(/Tick this if no limit is meant, or write a number/)).toBeVisible();
  await page.getByRole("checkbox", { name: "Whoever has the address may moderate and join any room" }).check();
  await page.getByRole("checkbox", { name: "No limit on calls a day" }).check();
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await expect(urlOf(page)).toBeVisible();
  await page.goto("/");
  const line = page.getByRole("listitem").filter({ hasText: "Open house" });
  await expect(line).toContainText("may moderate and join any room");
  await line.getByRole("link", { name: "See the endpoint" }).click();
  await page.getByRole("button", { name: "End…" }).click();
  await page.getByRole("button", { name: "End endpoint" }).click();
  await expect(page.getByText("Ended", { exact: true })).toBeVisible();
  await page.goto("/");
  await expect(page.getByText("Open house")).toHaveCount(0);
});

/** As it stands in the official React example, but for where its settings come from. */
const REACT_EXAMPLE = `
  const VIDEOSDK_TOKEN = process.env.REACT_APP_VIDEOSDK_TOKEN;
  const API_AUTH_URL = process.env.REACT_APP_AUTH_URL;
  const getToken = async () => {
    if (VIDEOSDK_TOKEN && API_AUTH_URL) {
      console.error("Error: Provide only ONE PARAMETER - either Token or Auth API");
    } else if (VIDEOSDK_TOKEN) {
      return VIDEOSDK_TOKEN;
    } else if (API_AUTH_URL) {
      const res = await fetch(\`\${API_AUTH_URL}/get-token\`, {
        method: "GET",
      });
      const { token } = await res.json();
      return token;
    } else {
      console.error("Error: ", Error("Please add a token or Auth Server URL"));
    }
  };
  getToken().then(
    (token) => { document.body.textContent = token; },
    (error) => { document.body.textContent = String(error); },
  );
`;

test("3. the official React example's token function gets its token from a page of another origin, and no page that is not allowed does", async ({
  desk,
  visit,
  watch,
}) => {
  let base = addEndpoint(desk, { origins: '["https://another.example"]' }).base;
  const app = createServer((_, response) => {
    const settings = `const process = { env: { REACT_APP_AUTH_URL: ${JSON.stringify(base)} } };`;
    response.setHeader("content-type", "text/html");
    response.end(`<!doctype html><title>App</title><body><script>${settings}${REACT_EXAMPLE}</script></body>`);
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  // It listens on a port, not on a pipe.
  const origin = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  try {
    watch.allow(/blocked by CORS policy|ERR_FAILED|403|favicon/, "a page that may not ask");
    await expect((await visit(origin)).locator("body")).toHaveText(/Failed to fetch/);
    expect(ledger(desk.database).filter(({ actorName }) => actorName === "React app")).toEqual([]);
    base = addEndpoint(desk, { name: "React app", origins: JSON.stringify([origin]) }).base;
    await expect((await visit(origin)).locator("body")).toHaveText(/^eyJ/);
    expect(ledger(desk.database).at(-1)?.actorName).toBe("React app");
    expect(events(desk.database, "token.issued").at(-1)?.detail).toBe(JSON.stringify({ page: origin }));
  } finally {
    app.close();
  }
});

test("4. a credential is shown once; the line of shell that the API's page offers issues with it, and the log says so", async ({
  open,
  desk,
}) => {
  const page = await open("admin", "/credentials");
  await expectAccessible(page, "credentials, none yet");
  for (const number of Array(12).keys()) addCredential(desk, { name: `Backend ${number}` });
  await page.reload();
  await page.getByRole("button", { name: "New credential" }).click();
  await page.getByRole("button", { name: "Create credential" }).click();
  await expect(page.getByText("Give it a name, such as CI.")).toBeVisible();
  await expectAccessible(page, "a new credential with an error");
  await page.getByLabel("Name", { exact: true }).fill("CI");
  await page.getByLabel("Addresses").fill("the office");
  await page.getByRole("button", { name: "Create credential" }).click();
  await expect(page.getByText(/"the" is no address/)).toBeVisible();
  await page.getByLabel("Addresses").fill("127.0.0.0/8\n::1");
  await page.getByRole("button", { name: "Create credential" }).click();
  // The form was longer, and its button far below: what is shown once must not stand out of sight.
  await expect(page.getByTestId("credential")).toBeInViewport();
  const credential = (await page.getByTestId("credential").textContent()) ?? "";
  expect(credential).toMatch(/^cc_[0-9A-Za-z]{49}$/);
  await expectAccessible(page, "a credential, shown once");
  await page.reload();
  await expect(page.getByRole("row").filter({ hasText: "CI" })).toContainText("Active");
  expect(await page.content()).not.toContain(credential.slice(0, 20));

  await page.goto("/api");
  await expectAccessible(page, "the API");
  const line = (await page.locator("#api-line").textContent()) ?? "";
  const { stdout } = await shell("sh", ["-c", line], { env: { ...process.env, CLAIMCHECK_CREDENTIAL: credential } });
  expect(JSON.parse(stdout)).toMatchObject({ token: expect.stringMatching(/^eyJ/), keyLabel: "Staging" });
  expect(rows(desk.database, "SELECT actorName, via FROM IssuedToken ORDER BY number DESC LIMIT 1")).toEqual([
    { actorName: "CI", via: "api" },
  ]);

  // Whoever pastes it into the decoder is told what it is.
  await page.goto("/decode");
  await page.getByLabel("Token", { exact: true }).fill(`CLAIMCHECK_CREDENTIAL=${credential}`);
  await expect(page.getByText("A credential stands in this text, line 1.")).toBeVisible();

  // Renewed without an overlap, the value of before opens nothing.
  await page.goto("/credentials");
  await page.getByRole("button", { name: "Renew CI" }).click();
  await page.getByLabel("The value of now").selectOption("0");
  await page.getByRole("button", { name: "Renew", exact: true }).click();
  const renewed = (await page.getByTestId("credential").textContent()) ?? "";
  const status = async (value: string) =>
    (
      await fetch(`${desk.address}/api/v1/tokens`, {
        method: "POST",
        headers: { authorization: `Bearer ${value}`, "content-type": "application/json" },
        body: "{}",
      })
    ).status;
  expect([await status(credential), await status(renewed)]).toEqual([401, 201]);
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "End CI" }).click();
  await page.getByRole("button", { name: "End credential" }).click();
  await expect(page.getByRole("row").filter({ hasText: "CI" })).toContainText("Ended");
  expect(await status(renewed)).toBe(401);
});

test("5. who leaves is shown with what they answer for; it stands still until somebody takes it over", async ({
  open,
  desk,
}) => {
  const [leaver] = rows<{ id: string }>(desk.database, "SELECT id FROM Member WHERE email = ?", people.issuer.email);
  const ownerId = leaver?.id ?? "";
  const { base } = addEndpoint(desk, { name: "Left behind", ownerId });
  addCredential(desk, { name: "Their CI", ownerId });
  expect((await asked(base)).status).toBe(200);
  const page = await open("admin", `/team/${ownerId}`);
  await page.getByRole("button", { name: /^Disable…/ }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("endpoint Left behind");
  await expect(dialog).toContainText("credential Their CI");
  await dialog.getByRole("button", { name: /^Disable/ }).click();
  await expect(dialog).toBeHidden();
  expect((await asked(base)).status).toBe(404);
  await page.goto("/");
  await page
    .getByRole("listitem")
    .filter({ hasText: "Left behind" })
    .getByRole("link", { name: "Take it over" })
    .click();
  await page.getByRole("button", { name: "Take over" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Take over" }).click();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
  expect((await asked(base)).status).toBe(200);
});
