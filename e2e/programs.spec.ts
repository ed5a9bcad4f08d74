/** For apps and programs: token endpoints in place of a token, credentials and the API, as an admin sets them up and as an app, a shell and a program use them. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./stage/accessible";
import { events, ledger, rows } from "./stage/database";
import { expect, test } from "./stage/fixtures";
import { claimsIn } from "./stage/make-token";
import { addEndpoint, askEndpoint } from "./stage/programs";
import { addKey, makeKeyPair } from "./stage/signing-keys";

const urlOf = (page: Page) => page.getByTestId("endpoint-url");

async function fillEndpoint(page: Page, fields: Record<string, string>) {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
}

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
  await expect(page.getByText("none of VideoSDK's example apps is known to work with it")).toBeVisible();
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await expect(urlOf(page)).toHaveText(/\/t\/[\w-]{22}$/);
  await expectAccessible(page, "an endpoint");
  const base = (await urlOf(page).textContent()) ?? "";
  await expect(page.getByText(`REACT_APP_AUTH_URL=${base}`)).toBeVisible();
  await expect(page.getByText("As it stands, this app gets no token.")).toBeVisible();
  await expect(page.getByText("Its page must come from an allowed origin.")).toHaveCount(0);
  await page.getByRole("button", { name: "Flutter" }).click();
  await expect(page.getByText(`AUTH_URL=${base}`, { exact: true })).toBeVisible();
  await expect(page.getByText("Allowed origins hold back browsers, not programs.")).toBeVisible();

  expect(await askEndpoint(base)).toMatchObject({ status: 422, json: { fields: { roomId: "Name the room." } } });
  const { status, json } = await askEndpoint(base, "?roomId=2kyv-gzay-64pg&peerId=robin");
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
  const history = page.getByRole("region", { name: "History" });
  await expect(history.getByRole("listitem")).toHaveText(/^Created it.*Maya Lind, (?!.*Demo app)/);
  await history.getByRole("link", { name: "All events" }).click();
  await expect(page.getByRole("row").filter({ hasText: "New endpoint" })).toHaveCount(1);
  await page.goBack();
  await page.getByRole("link", { name: "1 issued" }).click();
  await expect(page.getByRole("row").filter({ hasText: "2kyv-gzay-64pg" })).toContainText("Demo app");
});

test("2. what reaches far or has no limit asks for a tick, and stands on the overview", async ({ open, desk }) => {
  addEndpoint(desk, { name: "Left alone", templateId: "gone", createdAt: 1 });
  const page = await open("admin", "/endpoints");
  // What refuses stands above what is newer.
  await expect(page.getByRole("row").nth(1)).toContainText("Left alone");
  await expect(page.getByRole("row").filter({ hasText: "Left alone" })).toContainText("Refuses calls");
  await page.getByRole("link", { name: "New endpoint" }).click();
  await fillEndpoint(page, { "Calls a day": "" });
  await page.getByLabel("Template", { exact: true }).selectOption("Moderator");
  await page.getByLabel("Room", { exact: true }).selectOption("optional");
  await page.getByRole("button", { name: "Create endpoint" }).click();
  // All that is missing at once: nobody is sent back twice.
  await expect(page.getByText("Give it a name, such as Demo app.")).toBeVisible();
  await expect(page.getByText("Tick this if that is meant.")).toBeVisible();
  await expect(page.getByText(/Tick this if no limit is meant, or write a number/)).toBeVisible();
  // The first of it, as it stands in the page.
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await fillEndpoint(page, { Name: "Open house" });
  await page.getByRole("button", { name: "Create endpoint" }).click();
  const reaches = page.getByRole("checkbox", { name: "Whoever has the address may moderate and join any room" });
  await expect(reaches).toBeFocused();
  await reaches.check();
  await page.getByRole("checkbox", { name: "No limit on calls a day" }).check();
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await expect(urlOf(page)).toBeVisible();
  // A tick is for what it named.
  await page.getByRole("link", { name: "Change" }).click();
  await expect(page.getByRole("checkbox", { name: "No limit on calls a day" })).toBeChecked();
  await fillEndpoint(page, { "Calls a minute": "" });
  await expect(page.getByRole("checkbox", { name: "No limit on calls a minute and a day" })).not.toBeChecked();
  await page.goto("/");
  const line = page.getByRole("listitem").filter({ hasText: "Open house" });
  await expect(line).toContainText("may moderate and join any room");
  await line.getByRole("link", { name: "See the endpoint" }).click();
  await page.getByRole("button", { name: "End…" }).click();
  await page.getByRole("button", { name: "End endpoint" }).click();
  // Its badge, and when it was.
  await expect(page.getByText("Ended", { exact: true })).toHaveCount(2);
  // The list holds those that are open; the others stand behind their count.
  await page.goto("/endpoints");
  const row = page.getByRole("row").filter({ hasText: "Open house" });
  await expect(page.getByRole("row").filter({ hasText: "Left alone" })).toHaveCount(1);
  await expect(row).toHaveCount(0);
  await page.getByRole("link", { name: "Over or ended 1" }).click();
  await expect(page).toHaveURL(/\/endpoints\?state=ended$/);
  await expect(page.getByRole("columnheader")).toContainText(["Endpoint", "Gives", "Issued", "Ended"]);
  await expect(row.getByRole("time")).toHaveCount(1);
  await expectAccessible(page, "the endpoints that have ended");
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

test("4. what a row says otherwise than all of them is seen in it, however long its key is called", async ({
  open,
  desk,
}) => {
  const long = makeKeyPair("Telehealth-Production-EU-Central-1-Waiting-Rooms-And-Kiosk-7");
  const page = await open("admin", "/keys");
  await addKey(page, long);
  const [key] = rows<{ id: string }>(desk.database, "SELECT id FROM SigningKey WHERE label = ?", long.label);
  addEndpoint(desk, { name: "Kiosk" });
  addEndpoint(desk, {
    ...{ name: "Waiting room", keyId: key?.id ?? "", templateId: "moderator" },
    roomFrom: "required",
  });
  for (const width of [1280, 920]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto("/endpoints");
    const cell = page
      .getByRole("row")
      .filter({ hasText: "Waiting room" })
      .getByRole("cell")
      .filter({ hasText: "may moderate" });
    const [end, within] = [
      await cell.evaluate((each) => each.getBoundingClientRect().right),
      await cell.getByText("may moderate").evaluate((each) => each.getBoundingClientRect().right),
    ];
    expect(within, String(width)).toBeLessThan(end);
  }
});
