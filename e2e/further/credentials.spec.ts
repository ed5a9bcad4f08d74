/** Credentials at work, and what becomes of programs whose owner leaves. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Locator } from "@playwright/test";
import { expectAccessible } from "../stage/accessible";
import { change, rows } from "../stage/database";
import { verdict } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { people } from "../stage/people";
import { addCredential, addEndpoint, askEndpoint } from "../stage/programs";

const shell = promisify(execFile);

test("a credential is shown once; the line of shell that the API's page offers issues with it, and the log says so", async ({
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
  // It would be gone.
  const keys = page.getByRole("link", { name: "Keys", exact: true }).first();
  const question = page.getByRole("dialog", { name: "The credential was not copied" });
  await keys.click();
  await expect(question.getByRole("button", { name: "Copy and leave" })).toBeFocused();
  await expectAccessible(page, "a credential that was not copied");
  await question.getByRole("button", { name: "Stay" }).click();
  await expect(page.getByTestId("credential")).toHaveText(credential);
  await page.getByRole("button", { name: "Copy credential" }).click();
  await expect(page.getByText("Copied. Shown only now")).toBeVisible();
  await keys.click();
  await expect(page.getByRole("heading", { name: "Keys", level: 1 })).toBeVisible();
  await page.goto("/credentials");
  await expect(page.getByRole("row").filter({ hasText: /^CI/ })).toContainText("Active");
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
  await page.getByLabel("Token", { exact: true }).fill(credential);
  await expect(verdict(page).getByRole("alert")).toContainText("This is a credential");

  // Renewed without an overlap, the value of before opens nothing.
  await page.goto("/credentials");
  const second = await page.context().newPage();
  await second.goto("/credentials");
  await second.getByRole("button", { name: "Renew… CI" }).click();
  await page.getByRole("button", { name: "Renew… CI" }).click();
  await page.getByLabel("The value of now").selectOption("0");
  await page.getByRole("button", { name: "Renew", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "The new value of “CI”" })).toBeVisible();
  // The button that was pressed is gone, and the keyboard goes on with the value.
  await expect(page.getByRole("status").filter({ has: page.getByTestId("credential") })).toBeFocused();
  const renewed = (await page.getByTestId("credential").textContent()) ?? "";
  const status = async (value: string) =>
    (
      await fetch(`${desk.address}/api/v1/tokens`, {
        method: "POST",
        headers: { authorization: `Bearer ${value}`, "content-type": "application/json" },
        body: "{}",
      })
    ).status;
  // Another tab that has not heard of it does not end it.
  await second.getByRole("button", { name: "Renew", exact: true }).click();
  await expect(second.getByRole("dialog")).toContainText("was given another value meanwhile");
  await second.close();
  expect([await status(credential), await status(renewed)]).toEqual([401, 201]);
  await page.getByRole("button", { name: "Copy credential" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "End… CI" }).click();
  await page.getByRole("button", { name: "End credential" }).click();
  await expect(page.getByRole("row").filter({ hasText: /^CI/ })).toContainText("Ended");
  expect(await status(renewed)).toBe(401);
});

test("a credential that was not copied is put away by no key and no button unasked", async ({ open, desk }) => {
  addCredential(desk, { name: "Renewed" });
  const page = await open("admin", "/credentials");
  const question = page.getByRole("dialog", { name: "The credential was not copied" });
  const keep = question.getByRole("button", { name: "Copy and leave" });
  const value = page.getByTestId("credential");
  const done = page.getByRole("button", { name: "Done" });
  await page.getByRole("button", { name: "Renew… Renewed" }).click();
  await page.getByLabel("The value of now").selectOption("0");
  await page.getByRole("button", { name: "Renew", exact: true }).click();
  await expect(value).toBeVisible();
  // Twice: Chromium asks a dialog once.
  for (const stay of ["Escape", "Escape"]) {
    await page.keyboard.press("Escape");
    await expect(keep).toBeFocused();
    await page.keyboard.press(stay);
    await expect(question).toHaveCount(0);
    await expect(value).toBeVisible();
  }
  await page.goBack();
  await expect(keep).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(question).toHaveCount(0);
  await expect(value).toBeVisible();
  await done.click();
  await expectAccessible(page, "a renewed credential that was not copied");
  await question.getByRole("button", { name: "Leave", exact: true }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Renew… Renewed" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Renew", exact: true }).click();
  await page.getByRole("button", { name: "Copy credential" }).click();
  await expect(page.getByText("Copied. Shown only now")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.getByRole("button", { name: "New credential" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Made");
  await page.getByRole("button", { name: "Create credential" }).click();
  await done.click();
  await question.getByRole("button", { name: "Stay" }).click();
  await expect(done).toBeFocused();
  await expect(value).toBeVisible();
  await done.click();
  await keep.click();
  await expect(value).toHaveCount(0);
  await expect(page.getByRole("button", { name: "New credential" })).toBeFocused();

  // Going back puts it away as well, and leaves no step behind that leads nowhere.
  await page.goto("/endpoints");
  await page.getByRole("link", { name: "Credentials", exact: true }).click();
  await page.getByRole("button", { name: "New credential" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Next");
  await page.getByRole("button", { name: "Create credential" }).click();
  await page.getByRole("button", { name: "Copy credential" }).click();
  await expect(page.getByText("Copied. Shown only now")).toBeVisible();
  await page.goBack();
  await expect(value).toHaveCount(0);
  await expect(page.getByRole("row").filter({ hasText: /^Next/ })).toContainText("Active");
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Endpoints", level: 1 })).toBeVisible();
});

test("of two credentials of one name, what is ended or renewed is told by its value's end and its last use", async ({
  open,
  desk,
}) => {
  const [used, other] = [addCredential(desk, { name: "Twin" }), addCredential(desk, { name: "Twin" })];
  await fetch(`${desk.address}/api/v1/keys`, { headers: used.headers });
  const page = await open("admin", "/credentials");
  const ending = ({ value }: { value: string }) => value.slice(-4);
  const dialog = page.getByRole("dialog");
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("row").filter({ hasText: ending(used) })).toContainText("from 127.0.0.1");
  }).toPass();
  await page.getByRole("button", { name: `End… Twin …${ending(used)}` }).click();
  await expect(dialog).toContainText(`cc_…${ending(used)}`);
  await expect(dialog).toContainText("from 127.0.0.1");
  await expectAccessible(page, "ending one of two credentials of one name");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: `Renew… Twin …${ending(other)}` }).click();
  await expect(dialog).toContainText(`cc_…${ending(other)}`);
  await expect(dialog).toContainText("never");
  await dialog.getByRole("button", { name: "Cancel" }).click();
});

test("who may not make credentials is led to what the API takes", async ({ open }) => {
  const page = await open("issuer", "/keys");
  await page.getByRole("main").getByRole("link", { name: "API" }).click();
  await expect(page.getByRole("heading", { name: "API", level: 1 })).toBeVisible();
  await expect(page.getByText("Ask an admin for a credential.")).toBeVisible();
  await page.getByText("Takes BatchRequest").click();
  await expect(page.getByText("rows[].roomId", { exact: true })).toBeVisible();
  await expectAccessible(page, "the API, with the fields of a batch");
});

test("who leaves is shown with what they answer for; it stands still until somebody takes it over", async ({
  open,
  desk,
}) => {
  const [leaver] = rows<{ id: string }>(desk.database, "SELECT id FROM Member WHERE email = ?", people.issuer.email);
  const ownerId = leaver?.id ?? "";
  change(desk.database, "UPDATE Member SET role = 'admin' WHERE id = ?", ownerId);
  const { base } = addEndpoint(desk, { name: "Left behind", ownerId });
  addCredential(desk, { name: "Their CI", ownerId });
  expect((await askEndpoint(base)).status).toBe(200);
  const page = await open("admin", `/team/${ownerId}`);
  await page.getByRole("button", { name: /^Disable…/ }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("endpoint Left behind");
  await expect(dialog).toContainText("credential Their CI");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  // With a role that may not make them it is the same.
  await page.getByLabel(`Role of ${people.issuer.name}`).selectOption("issuer");
  await expect(dialog).toContainText(
    "they answer for stand still until another admin takes each over: endpoint Left behind, credential Their CI.",
  );
  await dialog.getByRole("button", { name: "Change role" }).click();
  await expect(dialog).toBeHidden();
  expect((await askEndpoint(base)).status).toBe(404);
  // What stands still since is on their page, too.
  await page.reload();
  const left = page.getByRole("region", { name: "Programs that they answer for" });
  await expect(left).toContainText(
    "endpoint Left behind, credential Their CIEach stands still until another admin takes it over.",
  );
  await page.goto("/");
  await expect(
    page.getByText(`The endpoint Left behind stands still: ${people.issuer.name} is no admin any more.`),
  ).toBeVisible();
  await page
    .getByRole("listitem")
    .filter({ hasText: "Left behind" })
    .getByRole("link", { name: "Take it over" })
    .click();
  await expect(page.getByRole("main")).toContainText(`${people.issuer.name} is no admin any more`);
  await page.getByRole("button", { name: "Take over" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Take over" }).click();
  await expect(page.getByText(`${people.admin.name} answers for it`)).toBeVisible();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
  expect((await askEndpoint(base)).status).toBe(200);
});

test("an endpoint that is switched on says so, and the keyboard stays near by", async ({ open, desk }) => {
  const { id, base } = addEndpoint(desk, { name: "Rested", disabledAt: Date.now() });
  const page = await open("admin", `/endpoints/${id}`);
  await page.getByRole("button", { name: "Switch on" }).press("Enter");
  await expect(page.getByText("Rested is switched on.")).toBeAttached();
  await expect(page.getByRole("heading", { name: "Rested" })).toBeFocused();
  expect((await askEndpoint(base)).status).toBe(200);
  // The way back looks like one.
  await expect(page.getByRole("link", { name: "All endpoints" })).toHaveCSS("text-decoration-line", "underline");
});

test("how many rows an endpoint writes a day stands on its page; over 10,000 it warns", async ({ open, desk }) => {
  const { id } = addEndpoint(desk, { name: "Busy" });
  const issuedToday = (calls: number) =>
    change(
      desk.database,
      "INSERT OR REPLACE INTO EndpointCalls (endpointId, day, outcome, calls) VALUES (?, ?, 'issued', ?)",
      ...[id, new Date().toISOString().slice(0, 10), calls],
    );
  // Each token is a row of the ledger, and one of the audit log.
  issuedToday(5_000);
  const page = await open("admin", `/endpoints/${id}`);
  const main = page.getByRole("main");
  await expect(main).toContainText("up to 10,000 rows in a day, so far");
  await expect(main).not.toContainText("Nobody removes them");
  issuedToday(5_001);
  await page.reload();
  await expect(main).toContainText("10,002 rows in a day.");
  await expect(main).toContainText(/the database grows by about \d+ MB a day/);
  await expectAccessible(page, "an endpoint that writes much");
});

test("the list of credentials stays within the page, whatever they are bound to", async ({ open, desk }) => {
  const [owner] = rows<{ id: string }>(desk.database, "SELECT id FROM Member WHERE role = 'issuer' LIMIT 1");
  const address = "2001:db8:85a3:8d3:1319:8a2e:370:7348";
  const { id } = addCredential(desk, {
    name: "Backend of the customer portal",
    ownerId: owner?.id ?? "",
    addresses: JSON.stringify([address]),
    endsAt: Date.now() + 86_400_000,
  });
  change(
    desk.database,
    "UPDATE CredentialValue SET lastUsedAt = ?, lastAddress = ? WHERE credentialId = ?",
    Date.now(),
    address,
    id,
  );
  const page = await open("admin", "/credentials");
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(page.getByRole("button", { name: "Take over… Backend" })).toBeVisible();
  // Until its letters are there, the table may be a pixel wider.
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(1280);
});

test("an endpoint whose template reaches further by now than its page knows is refused with a word, and asks for the tick once reloaded", async ({
  open,
  desk,
}) => {
  const fill = (permissions: string[], roles = ["rtc"]) =>
    change(
      desk.database,
      "UPDATE Template SET fills = ?, version = version + 1 WHERE id = 'kiosk'",
      JSON.stringify({ given: { permissions, roles }, ttlSeconds: 600 }),
    );
  change(
    desk.database,
    "INSERT INTO Template (id, profile, name, note, fills, version, state, createdAt, createdByName) VALUES ('kiosk', 'videosdk', 'Kiosk', '', '{}', 1, 'accepted', ?, 'Maya')",
    Date.now(),
  );
  fill(["allow_join"]);
  const page = await open("admin", "/endpoints/new");
  const create = page.getByRole("button", { name: "Create endpoint" });
  await page.getByLabel("Name", { exact: true }).fill("Kiosk app");
  await page.getByLabel("Template", { exact: true }).selectOption("Kiosk");
  fill(["allow_join", "allow_mod"]);
  await create.click();
  const further = page.getByRole("alert").filter({ hasText: "would reach further than is said here: reload the page" });
  await expect(further).toBeVisible();
  await expect(page.locator("#farReaching")).toHaveCount(0);
  await page.reload();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Kiosk app");
  const box = page.getByRole("checkbox", { name: /^Whoever has the address may/ });
  await create.click();
  const tick = page.getByText("Tick this if that is meant.");
  await expect(tick).toBeVisible();
  // What was said of one template is not said of another that needs no tick.
  await page.getByLabel("Template", { exact: true }).selectOption({ label: "Participant" });
  await expect(box).toHaveCount(0);
  await expect(further.or(tick)).toHaveCount(0);
  await page.getByLabel("Template", { exact: true }).selectOption("Kiosk");
  await box.check();
  // Nor is a box that is ticked blamed for what is not said in it.
  fill(["allow_join", "allow_mod"], ["rtc", "crawler"]);
  await create.click();
  await expect(further).toBeVisible();
  await page.reload();
  await box.check();
  await create.click();
  await expect(page.getByRole("heading", { name: "Kiosk app", level: 1 })).toBeVisible();
});

test("what was typed for an endpoint or a credential survives a reload, until it is given up", async ({
  open,
  desk,
}) => {
  const page = await open("admin", "/endpoints/new");
  const name = page.getByLabel("Name", { exact: true });
  const reload = async () => {
    await page.waitForFunction(() => Object.values(sessionStorage).some((text) => String(text).includes("Kiosk")));
    await page.reload();
  };
  await name.fill("Kiosk");
  await page.getByLabel("Calls a day").fill("20,000,000");
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await expect(page.getByText("Write a whole number from 1 to 10,000,000, or leave it empty.")).toBeVisible();
  await reload();
  await expect(name).toHaveValue("Kiosk");
  await expect(page.getByLabel("Calls a day")).toHaveValue("20,000,000");
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("link", { name: "New endpoint" }).click();
  await expect(name).toHaveValue("");

  const { id } = addEndpoint(desk, { name: "Hall" });
  await page.goto(`/endpoints/${id}?edit=1`);
  // It stands there once the page runs.
  await expect(name).toHaveValue("Hall");
  await name.fill("Kiosk");
  await reload();
  await expect(name).toHaveValue("Kiosk");
  // Not over what somebody else made of it meanwhile.
  change(desk.database, "UPDATE Endpoint SET name = 'Foyer', version = 2 WHERE id = ?", id);
  await page.reload();
  await expect(name).toHaveValue("Foyer");

  await page.goto("/credentials");
  await page.getByRole("button", { name: "New credential" }).click();
  await name.fill("Kiosk");
  await page.getByRole("checkbox", { name: "revoke" }).check();
  await reload();
  await expect(name).toHaveValue("Kiosk");
  await expect(page.getByRole("checkbox", { name: "revoke" })).toBeChecked();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "New credential" }).click();
  await expect(name).toHaveValue("");
  await expect(page.getByRole("checkbox", { name: "revoke" })).not.toBeChecked();
  await name.fill("Kiosk");
  await page.getByRole("button", { name: "Create credential" }).click();
  await page.getByRole("button", { name: "Copy credential" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await page.reload();
  await expect(name).toBeHidden();
});

test.describe("a desk of its own, of which nothing is left to sign with", () => {
  test.use({ deskSettings: { TRUSTED_PROXIES: "127.0.0.1" } });

  test("a key that was ticked and is gone is told, also where no key is left to tick", async ({ open, desk }) => {
    const page = await open("admin", "/credentials");
    await page.getByRole("button", { name: "New credential" }).click();
    await page.getByLabel("Name", { exact: true }).fill("CI");
    await page.getByRole("group", { name: "Keys" }).getByRole("checkbox").first().check();
    await page.waitForFunction(() => Object.values(sessionStorage).some((text) => String(text).includes("CI")));
    for (const table of ["SecretVersion", "SigningKey"]) change(desk.database, `DELETE FROM ${table}`);
    const gone = page.getByRole("alert").filter({ hasText: "One of these keys is gone." });
    await page.getByRole("button", { name: "Create credential" }).click();
    await expect(gone).toHaveAttribute("id", "keyIds-error");
    await page.reload();
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("CI");
    await expect(page.getByRole("group", { name: "Keys" })).toHaveCount(0);
    await page.getByRole("button", { name: "Create credential" }).click();
    await expect(gone).toBeVisible();
  });
});

test("a credential that is wrong in several places leads to the first of them, a list of ticks or not", async ({
  open,
}) => {
  const page = await open("admin", "/credentials");
  await page.getByRole("button", { name: "New credential" }).click();
  await page.getByLabel("Addresses").fill("nowhere");
  await page.getByLabel("Calls a minute").fill("60");
  await expect(page.locator("#addresses-error")).toContainText("is no address");
  await page.getByRole("checkbox", { name: "issue", exact: true }).uncheck();
  await page.getByRole("button", { name: "Create credential" }).click();
  await expect(page.locator("#scopes-error")).toContainText("Choose what it may do");
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
});

test("a press beside an empty field is a click, by mouse and by finger, though the field comes to say what is wrong with it; one that does not end keeps nothing from being sent", async ({
  open,
  desk,
}) => {
  addCredential(desk, { name: "Below" });
  const page = await open("admin", "/credentials");
  const issue = page.getByRole("checkbox", { name: "issue", exact: true });
  const begin = async () => {
    await page.getByRole("button", { name: "New credential" }).click();
    await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
    await expect(issue).toBeChecked();
  };
  const fault = page.getByText("Give it a name, such as CI.");
  await begin();
  await issue.hover();
  await page.mouse.down();
  // Longer than anybody takes.
  await page.waitForTimeout(1_500);
  await expect(fault).toHaveCount(0);
  await page.mouse.up();
  await expect(issue).not.toBeChecked();
  await expect(fault).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();

  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setTouchEmulationEnabled", { enabled: true });
  await begin();
  const box = await issue.boundingBox();
  if (!box) throw new Error("There is no box.");
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + 3 }];
  await devtools.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
  await devtools.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await expect(issue).not.toBeChecked();
  await expect(fault).toBeVisible();
  await devtools.send("Emulation.setTouchEmulationEnabled", { enabled: false });
  await page.getByRole("button", { name: "Cancel" }).click();

  // What stands below the form would move with it.
  await begin();
  await page.getByRole("row").filter({ hasText: "Below" }).getByRole("button", { name: "Renew" }).hover();
  await page.mouse.down();
  await page.waitForTimeout(150);
  await page.mouse.up();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Cancel" }).click();

  // As where a menu of the browser takes the rest of it.
  await begin();
  const name = page.getByLabel("Name", { exact: true });
  await name.dispatchEvent("pointerdown");
  await name.press("Enter");
  await expect(fault).toBeVisible();
  // And puts something in, without a key.
  await name.dispatchEvent("pointerdown");
  await page.keyboard.insertText("CI");
  await expect(fault).toHaveCount(0);
});

test("a press on a form's own button is a click however long it takes, by mouse and by finger, though the field that it leaves comes to say what is wrong with it", async ({
  open,
}) => {
  const page = await open("admin", "/credentials");
  const name = page.getByLabel("Name", { exact: true });
  const fault = page.getByText("Give it a name, such as CI.");
  const devtools = await page.context().newCDPSession(page);
  const centre = async (button: Locator) => {
    await button.scrollIntoViewIfNeeded();
    const box = await button.boundingBox();
    if (!box) throw new Error("There is no such button.");
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const press = (milliseconds: number) => async (button: Locator) => {
    const { x, y } = await centre(button);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.waitForTimeout(milliseconds);
    await page.mouse.up();
  };
  const tap = async (button: Locator) => {
    const touchPoints = [await centre(button)];
    await devtools.send("Emulation.setTouchEmulationEnabled", { enabled: true });
    await devtools.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
    await devtools.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await devtools.send("Emulation.setTouchEmulationEnabled", { enabled: false });
  };
  for (const done of [press(80), press(600), press(1_600), tap]) {
    await page.getByRole("button", { name: "New credential" }).click();
    await expect(name).toBeFocused();
    await done(page.getByRole("button", { name: "Create credential" }));
    await expect(fault).toBeVisible();
    await expect(name).toBeFocused();
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(name).toBeHidden();
    await page.getByRole("button", { name: "New credential" }).click();
    await expect(name).toBeFocused();
    await done(page.getByRole("button", { name: "Cancel" }));
    await expect(name).toBeHidden();
  }
});
