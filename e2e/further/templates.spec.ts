/** A team's own templates: saved from a filled form, proposed and accepted, changed, ordered, hidden and deleted; and what is issued from them. */
import type { Page, Route } from "@playwright/test";
import { openPolicy, writePolicy } from "@/lib/keys/policy";
import { expectAccessible } from "../stage/accessible";
import { change, events, ledger, rows } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { hold } from "../stage/hold";
import { compose, goodFor, issue, issueButton, permission } from "../stage/issue-form";
import { people } from "../stage/people";
import { addEndpoint } from "../stage/programs";
import { holdAction } from "../stage/server-action";

const card = (page: Page, name: string) =>
  page.getByRole("group", { name: "Template" }).getByRole("button", { name, exact: true });
const inForce = (page: Page) => page.getByRole("group", { name: "Template" }).locator('[aria-pressed="true"]');
const row = (page: Page, name: string) => page.getByRole("row").filter({ hasText: name });
const order = (page: Page) =>
  page.getByRole("table", { name: "Templates" }).getByRole("link").filter({ hasNotText: "Edit" });
const announced = (page: Page) => page.getByTestId("announced");

async function openSaving(page: Page, title: string) {
  await page.getByRole("button", { name: `${title.replace("a template", "template")}…` }).click();
  const dialog = page.getByRole("dialog", { name: title });
  await expect(dialog.getByLabel("Name")).toBeFocused();
  return dialog;
}

test("1. an admin saves a filled form under a name and a note, and everybody issues from it", async ({
  open,
  desk,
}) => {
  const page = await open("admin", "/issue");
  await compose(page, { roomId: "2kyv-gzay-64pg", participantId: "ward-7b", expiresIn: "8h", purpose: "Not kept" });
  const dialog = await openSaving(page, "Save as a template");
  await expectAccessible(page, "the dialog that saves a template");
  // What it fills in is told before; the participant is left to whoever issues, unless one says so.
  await expect(dialog).toContainText("Room ID 2kyv-gzay-64pg, May Join directly, Good for Meeting only, Expires in 8h");
  await expect(dialog.getByRole("checkbox", { name: "Participant ID ward-7b" })).not.toBeChecked();
  await dialog.getByRole("button", { name: "Save template" }).click();
  await expect(dialog.getByText("Give it a name, such as Kiosk.")).toBeVisible();
  await dialog.getByLabel("Name").fill("Guest");
  await dialog.getByLabel("Note").fill(`Its secret is ${desk.key.secret}`);
  await dialog.getByRole("button", { name: "Save template" }).click();
  await expect(dialog.getByText(/^This looks like a secret or a token/)).toBeVisible();
  await dialog.getByLabel("Note").fill("One room, one tablet");
  await dialog.getByRole("button", { name: "Save template" }).click();
  await expect(dialog.getByText("There is a template of this name already.")).toBeVisible();
  await dialog.getByLabel("Name").fill("Kiosk");
  // What no control here has, such as one name of a list, is said all the same.
  const altered = (route: Route) =>
    route.continue({ postData: (route.request().postData() ?? "").replace("allow_join", "allow_all") });
  await page.route("**/*", (route) => (route.request().method() === "POST" ? altered(route) : route.continue()));
  await dialog.getByRole("button", { name: "Save template" }).click();
  await expect(dialog.getByText("The form can't be a template like this. VideoSDK knows no such")).toBeVisible();
  await page.unroute("**/*");
  // Put away, it has what was typed when it is opened again.
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await openSaving(page, "Save as a template");
  await expect(dialog.getByLabel("Name")).toHaveValue("Kiosk");
  await expect(dialog.getByLabel("Note")).toHaveValue("One room, one tablet");
  await dialog.getByRole("button", { name: "Save template" }).click();
  await expect(dialog).toBeHidden();
  await openSaving(page, "Save as a template");
  await expect(dialog.getByLabel("Name")).toHaveValue("");
  await page.keyboard.press("Escape");
  // It is among the cards, and says what the form says.
  await expect(inForce(page)).toHaveText(/^Kiosk\s*8 h\s*One room, one tablet$/);
  await expect(page.getByLabel("Participant ID")).toHaveValue("ward-7b");
  expect(rows(desk.database, "SELECT name, note, state, version FROM Template")).toEqual([
    { name: "Kiosk", note: "One room, one tablet", state: "accepted", version: 1 },
  ]);
  expect(events(desk.database).at(-1)).toMatchObject({ action: "template.created", actorName: people.admin.name });

  const issuer = await open("issuer", "/issue");
  await card(issuer, "Kiosk").click();
  await expect(issuer.getByLabel("Room ID")).toHaveValue("2kyv-gzay-64pg");
  await issue(issuer, { participantId: "ward-7c" });
  const [kiosk] = rows<{ id: string }>(desk.database, "SELECT id FROM Template");
  expect(ledger(desk.database).at(-1)).toMatchObject({ templateId: kiosk?.id, templateName: "Kiosk" });
  // From a link, and from the palette.
  await issuer.goto(`/issue?template=${kiosk?.id}`);
  await expect(inForce(issuer)).toHaveText(/^Kiosk/);
  await issuer.goto("/keys");
  await issuer.waitForLoadState("networkidle");
  await issuer.keyboard.press("Control+k");
  await issuer.keyboard.type("kiosk issue");
  await expect(issuer.getByRole("option", { selected: true })).toContainText("Issue: Kiosk");
  await issuer.keyboard.press("Enter");
  await expect(inForce(issuer)).toHaveText(/^Kiosk/);
});

test("2. an issuer proposes, an admin declines with a word on why, and accepts what was changed", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/issue");
  await compose(page, { permissions: ["allow_join", "allow_mod"], roles: [], expiresIn: "7d" });
  const dialog = await openSaving(page, "Propose as a template");
  await dialog.getByLabel("Name").fill("On call");
  await dialog.getByLabel("Note").fill("Whatever it takes");
  await dialog.getByRole("button", { name: "Propose template" }).click();
  await expect(announced(page)).toHaveText("Proposed: an admin accepts it.");
  await expect(card(page, "On call")).toHaveCount(0);

  const admin = await open("admin", "/templates");
  await expect(row(admin, "On call")).toContainText(people.issuer.name);
  await expectAccessible(admin, "templates with a proposal");
  // Where all of it is to be seen, too.
  await admin.getByRole("link", { name: "On call", exact: true }).click();
  await expect(admin.getByRole("heading", { level: 1 })).toHaveText("On call");
  await admin.getByRole("button", { name: "Decline… On call" }).click();
  await admin.getByRole("dialog").getByLabel("Note").fill("A week is too long.");
  await admin.getByRole("button", { name: "Decline proposal" }).click();
  await expect(admin.getByRole("button", { name: "Decline… On call" })).toHaveCount(0);
  await expect(admin.getByRole("main")).toContainText("by Maya Lind: A week is too long.");
  await expectAccessible(admin, "a proposal that was declined on its page");
  await admin.getByRole("link", { name: "All templates" }).click();
  await expect(row(admin, "On call")).toContainText("declined by Maya Lind: A week is too long.");

  await page.getByRole("link", { name: "Templates" }).click();
  await expect(row(page, "On call")).toContainText("declined by Maya Lind: A week is too long.");
  await expectAccessible(page, "templates with a declined proposal");
  await page.getByRole("link", { name: "Edit On call" }).click();
  await expect(page.getByLabel("Name")).toHaveValue("On call");
  await page.getByLabel("Name").fill("");
  await page.getByLabel("Expires in").fill("12h");
  await page.getByRole("button", { name: "Save and propose again" }).click();
  await expect(page.getByText("Give it a name, such as Kiosk.")).toBeVisible();
  await expectAccessible(page, "a template with an error");
  await page.getByLabel("Name").fill("On call");
  await page.getByRole("button", { name: "Save and propose again" }).click();
  await expect(page).toHaveURL(/\/templates$/);
  await expect(row(page, "On call")).not.toContainText("declined");

  // Declined while it is open to be changed: it is not proposed anew before the word on why was there to be read.
  await page.getByRole("link", { name: "Edit On call" }).click();
  await page.getByLabel("Note").fill("Whatever it takes, at night");
  await admin.reload();
  await admin.getByRole("button", { name: "Decline… On call" }).click();
  await admin.getByLabel("Note").fill("Not for everybody.");
  await admin.getByRole("button", { name: "Decline proposal" }).click();
  await expect(row(admin, "On call")).toContainText("Not for everybody.");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Maya Lind declined it meanwhile")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("main")).toContainText("Not for everybody.");
  await expect(page.getByLabel("Note")).toHaveValue("Whatever it takes, at night");
  await page.getByRole("button", { name: "Save and propose again" }).click();
  await expect(page).toHaveURL(/\/templates$/);

  await admin.reload();
  await admin.getByRole("button", { name: "Accept On call" }).press("Enter");
  await expect(announced(admin)).toHaveText("On call is in the issue form now.");
  // Its row is gone, and the table with it.
  await expect(admin.getByRole("heading", { level: 1 })).toBeFocused();
  // Whoever has it open as a proposal is told what became of it, and not that something typed is kept.
  await page.getByRole("button", { name: "Withdraw… On call" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Withdraw proposal" }).click();
  await expect(page.getByRole("dialog")).toContainText("This proposal was accepted: from now on only an admin");
  await expect(page.getByRole("dialog")).not.toContainText("typed");
  await expect(order(admin).last()).toHaveText("On call");
  await page.goto("/issue");
  await card(page, "On call").click();
  await expect(permission(page, "allow_mod")).toBeChecked();
  await expect(goodFor(page, [])).toBeChecked();
  expect(events(desk.database, "template.changed").map(({ detail }) => JSON.parse(detail).changed.state)).toEqual([
    ["proposed", "declined"],
    ["declined", "proposed"],
    ["proposed", "declined"],
    ["declined", "proposed"],
    ["proposed", "accepted"],
  ]);
});

test("3. an admin orders, renames, hides and deletes them; what a policy names says where it is used", async ({
  open,
  desk,
}) => {
  const page = await open("admin", "/templates/new");
  await page.getByLabel("Name").fill("Front desk");
  await page.getByLabel("Note").fill("Greets visitors");
  await permission(page, "allow_mod").check();
  await page.reload();
  await expect(page.getByLabel("Name")).toHaveValue("Front desk");
  await expect(page.getByLabel("Note")).toHaveValue("Greets visitors");
  await expect(permission(page, "allow_mod")).toBeChecked();
  await permission(page, "allow_mod").uncheck();
  await page.getByRole("button", { name: "Save template" }).click();
  await expect(page).toHaveURL(/\/templates$/);
  // What was sent, or given up, does not come back.
  await page.goto("/templates/new");
  await expect(page.getByLabel("Name")).toHaveValue("");
  await page.getByLabel("Name").fill("Given up");
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page).toHaveURL(/\/templates$/);
  await page.goto("/templates/new");
  await expect(page.getByRole("button", { name: "Save template" })).toBeEnabled();
  await expect(page.getByLabel("Name")).toHaveValue("");
  await page.goto("/templates");
  const names = await order(page).allTextContents();
  expect(names.at(-1)).toBe("Front desk");
  // By keyboard: the focus stays on the button, wherever its row is.
  const up = page.getByRole("button", { name: "Move Front desk up" });
  await up.focus();
  // On a phone the row goes out of the screen, unless the page goes along.
  const viewport = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 480 });
  for (let place = names.length - 1; place > 0; place -= 1) {
    await page.keyboard.press("Enter");
    await expect(announced(page)).toHaveText(`Front desk is number ${place} of ${names.length}.`);
    await expect(up).toBeFocused();
    await expect(up).toBeInViewport({ ratio: 1 });
  }
  if (viewport) await page.setViewportSize(viewport);
  expect(await order(page).allTextContents()).toEqual(["Front desk", ...names.slice(0, -1)]);
  await page.keyboard.press("Enter");
  await expect(up).toBeFocused();
  // Whoever goes on before it is answered is not taken back.
  const release = await holdAction(page);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  release();
  await expect(announced(page)).toHaveText(`Front desk is number 2 of ${names.length}.`);
  await expect(page.getByRole("button", { name: "Move Front desk down" })).not.toBeFocused();
  await up.press("Enter");
  await expect(announced(page)).toHaveText(`Front desk is number 1 of ${names.length}.`);

  const issuer = await open("issuer", "/issue");
  await expect(inForce(issuer)).toHaveText(/^Front desk/);
  await issue(issuer, { purpose: "Before the rename" });
  await page.getByRole("link", { name: "Edit Front desk" }).click();
  await page.getByLabel("Name").fill("Reception");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(order(page).first()).toHaveText("Reception");
  expect(ledger(desk.database).at(-1)).toMatchObject({ templateName: "Front desk", templateVersion: 1 });

  // A form that was open meanwhile says that it is old, and loses nothing.
  await issuer.goto("/issue");
  await compose(issuer, { purpose: "Typed before" });
  const [{ id = "" } = {}] = rows<{ id: string }>(desk.database, "SELECT id FROM Template WHERE name = 'Reception'");
  change(
    desk.database,
    "UPDATE Template SET fills = ?, version = 9 WHERE id = ?",
    JSON.stringify({ given: { permissions: ["ask_join"], roles: ["rtc"] }, ttlSeconds: 60 }),
    id,
  );
  await issueButton(issuer).click();
  await expect(issuer.locator("#template-error")).toContainText(
    "Choose the template again, or issue it as it stands, from none",
  );
  // What it was changed to the page knows by now.
  await card(issuer, "Reception").click();
  await expect(issuer.getByLabel("Expires in")).toHaveValue("1 min");
  await issuer.reload();
  await expect(issuer.getByLabel("Purpose")).toHaveValue("Typed before");

  await page.goto("/templates");
  await page.getByRole("button", { name: "Hide Server" }).click();
  await expect(row(page, "REST API, no meeting")).toContainText("hidden");
  await issuer.reload();
  await expect(card(issuer, "Participant")).toBeVisible();
  await expect(card(issuer, "Server")).toHaveCount(0);
  await issuer.goto("/issue?template=server");
  await expect(issuer.getByText("There is no such template.")).toBeVisible();
  await page.getByRole("button", { name: "Show Server" }).click();
  await expect(announced(page)).toHaveText("Server is in the issue form again.");

  const policy = writePolicy({ ...openPolicy, templates: [id, "guest"] });
  change(desk.database, "UPDATE SigningKey SET policy = ?", policy);
  await page.reload();
  for (const name of ["Reception", "Asks to be let in"])
    await expect(row(page, name)).toContainText(`In the policy of ${desk.key.label}`);
  await expect(page.getByRole("button", { name: "Delete… Reception" })).toBeDisabled();
  await expect(page.getByRole("button", { name: "Hide Guest" })).toBeDisabled();
  await expectAccessible(page, "templates that a policy names");
  // What its policy does not name is locked, a team's as a built-in one.
  await issuer.goto("/issue");
  await expect(card(issuer, "Participant")).toContainText("Not with this key");
  // Its lock takes room: rather than within a word, the card breaks before the lifetime.
  await issuer.setViewportSize({ width: 360, height: 740 });
  const name = card(issuer, "Participant").getByText("Participant", { exact: true });
  expect((await name.boundingBox())?.height).toBeLessThan(30);
  await issuer.setViewportSize({ width: 1280, height: 740 });
  // So is what the template in force does not fill in, and it says why.
  await card(issuer, "Guest").click();
  await expect(issuer.getByRole("checkbox", { name: "Ask to join" })).toBeEnabled();
  await expect(issuer.getByRole("checkbox", { name: "Join directly" })).toBeDisabled();
  await expect(issuer.getByRole("radio", { name: "REST API only" })).toBeDisabled();
  await expect(issuer.getByRole("button", { name: "24 h" })).toBeDisabled();
  for (const field of ["permissions", "roles", "expiresIn"])
    await expect(issuer.locator(`#${field}-hint`)).toHaveText("this key: as Guest has it");
  await expectAccessible(issuer, "a form that is bound to a template");
  change(desk.database, "UPDATE SigningKey SET policy = ?", writePolicy(openPolicy));
  await page.reload();
  await page.getByRole("button", { name: "Delete… Reception" }).click();
  await page.getByRole("button", { name: "Delete template" }).click();
  await expect(row(page, "Reception")).toHaveCount(0);
  await expect(page.getByRole("dialog")).toBeHidden();
  expect(events(desk.database).at(-1)).toMatchObject({ action: "template.deleted" });
  expect(ledger(desk.database).at(-1)).toMatchObject({ templateName: "Front desk" });
});

test("4. where many use a template its page names the first of them, and the others on demand", async ({
  open,
  desk,
}) => {
  const page = await open("admin", "/templates/new");
  await page.getByLabel("Name").fill("For wards");
  await page.getByLabel("Note").fill("Of every ward");
  await page.getByRole("button", { name: "Save template" }).click();
  await expect(page).toHaveURL(/\/templates$/);
  const [{ id = "" } = {}] = rows<{ id: string }>(desk.database, "SELECT id FROM Template WHERE name = 'For wards'");
  for (let ward = 1; ward <= 12; ward += 1)
    addEndpoint(desk, { name: `Ward ${ward}`, templateId: id, createdAt: Date.now() + ward });
  await page.goto(`/templates/${id}`);
  await expect(page.getByRole("link", { name: "Ward 6", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Ward 7", exact: true })).toBeHidden();
  await page.getByText("and 6 more").click();
  await expect(page.getByRole("link", { name: "Ward 12", exact: true })).toBeVisible();
  await expectAccessible(page, "a template that many use");
  change(desk.database, "DELETE FROM Endpoint WHERE templateId = ?", id);
});

test("what is typed while a form is under way is not told what was said of what stood there before, and keeps the focus", async ({
  open,
}) => {
  const page = await open("admin", "/templates/new");
  const name = page.getByLabel("Name", { exact: true });
  const release = await hold(page, "**/templates/new", { method: "POST" });
  await page.getByLabel("Note").fill("For whoever comes by");
  await name.fill("Guest");
  await name.press("Enter");
  await name.fill("Kiosk");
  release();
  // It is said, and not of the name that stands there now.
  await expect(page.getByRole("alert").filter({ hasText: "There is a template of this name already" })).toBeVisible();
  await expect(page.locator("#name-error")).toBeEmpty();
  await page.keyboard.type(" two");
  await expect(name).toHaveValue("Kiosk two");
  await page.unrouteAll({ behavior: "wait" });
});

test("the longest name and the longest word of a note are whole on their card, on a phone as well", async ({
  open,
}) => {
  const page = await open("admin", "/templates/new");
  const name = "Waiting room tablet on ward 7, north wing".slice(0, 40);
  const note = `https://wiki.example.com/${"W".repeat(35)}`;
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Note").fill(note);
  await page.getByRole("button", { name: "Save template" }).click();
  await expect(page).toHaveURL(/\/templates$/);
  await page.goto("/issue");
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 740 });
    await expect(card(page, name).getByText(note)).toBeVisible();
    const hidden = await card(page, name).evaluate((box) => box.scrollWidth - box.clientWidth);
    expect(hidden, `the card at ${width} px`).toBeLessThanOrEqual(0);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways, `the page at ${width} px`).toBeLessThanOrEqual(0);
  }
});
