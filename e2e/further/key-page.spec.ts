/** A key's page: what it is and how it is used, changing it, what signs elsewhere, and what to do when its secret is out. */
import type { Page } from "@playwright/test";
import { expectAccessible } from "../stage/accessible";
import { events } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { issue } from "../stage/issue-form";
import { people } from "../stage/people";
import { keyIdOf } from "../stage/programs";
import { holdAction } from "../stage/server-action";
import { addKey, makeKeyPair, openKey } from "../stage/signing-keys";

const region = (page: Page, name: string) => page.getByRole("region", { name });
const policyForm = (page: Page) => page.getByRole("form", { name: "Label and policy" });

/** A label that leaves no place to break, and is as long as one may be. */
const LONGEST = "W".repeat(60);

test("1. a key's page tells what it is, and how it is used", async ({ open, desk }) => {
  const page = await open("issuer", "/issue");
  await issue(page, { expiresIn: "2h", purpose: "the ward tablets" });
  await openKey(page, "Staging");
  const main = page.getByRole("main");
  await expect(main.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Keys" })).toBeVisible();
  await expect(main.getByText("enabled", { exact: true })).toBeVisible();
  await expect(main).toContainText(desk.key.apiKey);
  await expect(main.getByRole("button", { name: "Copy API key" })).toBeVisible();
  await expect(region(page, "Issued per day")).toContainText("90 days, 1 token, the last");
  await expect(region(page, "Active by person").getByRole("link", { name: people.issuer.name })).toContainText("1");
  await expect(region(page, "Policy")).toContainText("Lifetime");
  await expect(region(page, "Policy")).toContainText("not said yet");
  // An issuer reads, and issues with it.
  await expect(main.getByRole("button", { name: /^(Edit|Disable|Yes,|No,)/ })).toHaveCount(0);
  await main.getByRole("link", { name: "Issue with it" }).click();
  await expect(page.getByLabel("Signing key").locator("option:checked")).toHaveText(/^Staging /);
});

test("2. an admin changes label and max lifetime in place; a refusal keeps what was typed, and the event says what it was", async ({
  open,
  desk,
}) => {
  const page = await open("admin", "/keys");
  await addKey(page, { ...makeKeyPair("To be changed"), maxLifetime: "7d" });
  await openKey(page, "To be changed");
  // Nothing was issued with it yet: a word instead of an empty plot, and no link to nothing.
  await expect(region(page, "Issued per day")).toHaveText(/90 days, 0 tokens.*will stand here/);
  await expect(region(page, "Issued per day").getByRole("link")).toHaveCount(0);
  const beside = () => page.locator(".key-split > :first-child").evaluate((column) => column.clientWidth);
  const before = await beside();
  await page.getByRole("button", { name: "Edit" }).click();
  await expect(page.getByLabel("Label", { exact: true })).toBeFocused();
  expect(await beside()).toBe(before);
  // It has that column's width, not that of the facts, which stay.
  expect((await policyForm(page).boundingBox())?.width).toBe(before);
  await expect(region(page, "Policy")).toContainText("up to 7 d");
  await expectAccessible(page, "a key that is being changed");
  await page.getByLabel("Label", { exact: true }).fill("Changed");
  await page.getByLabel("Max lifetime").fill("1.5h");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("#maxLifetime-error")).toHaveText(/Write whole numbers/);
  await expect(page.getByLabel("Label", { exact: true })).toHaveValue("Changed");
  await page.getByLabel("Max lifetime").fill("24h");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Changed");
  await expect(page.getByRole("button", { name: "Edit" })).toBeFocused();
  await expect(region(page, "Policy")).toContainText("up to 24 h");
  await expect(region(page, "History").getByRole("listitem").first()).toContainText("To be changed");
  expect(JSON.parse(events(desk.database, "key.changed").at(-1)?.detail ?? "")).toEqual({
    changed: { label: ["To be changed", "Changed"], maxTtlSeconds: [604_800, 86_400] },
  });
});

test("2b. a policy says what it would not allow any more before it is saved, and an issuer's form has its limits in the same words", async ({
  open,
  desk,
}) => {
  const page = await open("admin", "/keys");
  await addKey(page, makeKeyPair("Wards"));
  await openKey(page, "Wards");
  await page.getByRole("link", { name: "Issue with it" }).click();
  await issue(page, { expiresIn: "3d" });
  await openKey(page, "Wards");
  // One thing to do next: Save is it while the policy is edited.
  const groundOf = (name: string) =>
    page.getByRole("link", { name }).evaluate((link) => getComputedStyle(link).backgroundColor);
  expect(await groundOf("Issue with it")).not.toBe(await groundOf("Rotate…"));
  await page.getByRole("button", { name: "Edit" }).click();
  await expect.poll(async () => (await groundOf("Issue with it")) === (await groundOf("Rotate…"))).toBe(true);
  const policy = policyForm(page);
  await policy.getByLabel("Max lifetime").fill("24h");
  await policy.getByLabel("To begin with").fill("2d");
  await expect(policy.locator("#defaultLifetime-error")).toContainText("Longer than the max lifetime");
  await policy.getByLabel("To begin with").fill("1h");
  await policy.getByRole("group", { name: "Good for" }).getByLabel("Both").uncheck();
  await policy.getByRole("group", { name: "Good for" }).getByLabel("REST API only").uncheck();
  await policy.getByRole("group", { name: "Required" }).getByLabel("Purpose").check();
  await policy.getByLabel("Issuers may do less").check();
  const issuers = policy.getByRole("group", { name: "What issuers may" });
  await expect(issuers.getByLabel("REST API only")).toBeDisabled();
  await expect(issuers.getByRole("group", { name: "Good for" })).toHaveAccessibleDescription("this key: Meeting only");
  await expect(issuers.getByLabel("Purpose")).toBeDisabled();
  await expect(issuers.getByLabel("Purpose")).toBeChecked();
  await expect(issuers.getByRole("group", { name: "Required" })).toHaveAccessibleDescription(
    "this key: Purpose required",
  );
  await expect(issuers.getByRole("group", { name: "May", exact: true })).not.toHaveAccessibleDescription(/./);
  await issuers.getByLabel("Moderate").uncheck();
  await issuers.getByLabel("Room ID").check();
  await issuers.getByLabel("Max lifetime").fill("2d");
  await policy.getByRole("button", { name: "Save" }).click();
  await expect(policy.locator("#issuer-maxLifetime-error")).toContainText("Issuers may do less, not more");
  await issuers.getByLabel("Max lifetime").fill("2h");
  // Of templates none that its other limits allow: nothing could be issued.
  const everybodysTemplates = policy.getByRole("group", { name: "Only these templates" }).first();
  await everybodysTemplates.getByLabel("Server").check();
  await policy.getByRole("button", { name: "Save" }).click();
  await expect(policy.locator("#templates-error")).toContainText("Nothing could be issued: Server asks for what");
  await expect(issuers.getByRole("group", { name: "Only these templates" })).toContainText("this key: Server");
  await everybodysTemplates.getByLabel("Server").uncheck();
  const everybodyMay = policy.getByRole("group", { name: "May", exact: true }).first();
  await everybodyMay.getByLabel("Join directly").uncheck();
  await everybodyMay.getByLabel("Ask to join").uncheck();
  await expect(policy.locator("#permissions-warning")).toContainText("permits neither joining nor admitting");
  await everybodyMay.getByLabel("Join directly").check();
  await everybodyMay.getByLabel("Ask to join").check();
  await expect(policy.locator("#permissions-warning")).toBeEmpty();
  await expectAccessible(page, "a policy that is being changed");
  // Over a reload.
  await page.reload();
  await expect(issuers.getByLabel("Max lifetime")).toHaveValue("2h");
  await expect(policy.getByLabel("To begin with").first()).toHaveValue("1h");
  await expect(issuers.getByLabel("Room ID")).toBeChecked();
  const before = events(desk.database, "key.changed").length;
  // Sent from the top of a long form, too, what is said at its foot comes into view.
  await policy.getByLabel("Label", { exact: true }).press("Control+Enter");
  const beyond = policy.getByRole("status").filter({ hasText: "1 active token goes beyond it" });
  await expect(beyond).toContainText("lifetime");
  await expect(beyond).toBeInViewport();
  expect(events(desk.database, "key.changed")).toHaveLength(before);
  await policy.getByRole("button", { name: "Save anyway" }).click();
  const held = region(page, "Policy");
  await expect(held.getByRole("button", { name: "Edit" })).toBeFocused();
  await expect(held).toContainText("up to 24 h, 1 h to begin with");
  await expect(held).toContainText("Meeting only");
  const facts = await held.locator("dl > div").filter({ hasText: "Issuers" }).textContent();
  expect(facts).toContain("Required: room ID, purpose");
  // What holds for everybody is not said again of them.
  expect(facts).not.toContain("Good for");
  const [event] = events(desk.database, "key.changed").slice(-1);
  expect(JSON.parse(event?.detail ?? "").changed).toMatchObject({
    ...{ maxTtlSeconds: [null, 86_400], roles: [null, ["rtc"]], require: [[], ["purpose"]] },
    ...{ issuerMaxTtlSeconds: [null, 7_200], issuerRequire: [null, ["room", "purpose"]] },
  });
  // What an issuer then meets: locked, with the reason, before anything is sent.
  const theirs = await open("issuer", "/keys");
  await openKey(theirs, "Wards");
  await theirs.getByRole("link", { name: "Issue with it" }).click();
  await expect(theirs.getByRole("main")).toContainText("Room ID required");
  await expect(theirs.getByLabel("Moderate")).toBeDisabled();
  await theirs.getByRole("button", { name: "Issue token" }).click();
  await expect(theirs.locator("#roomId-error")).toContainText("asks for this");
});

test("2c. a template that is deleted while a policy is edited is named as gone at once, is chosen no more, and after a reload is said to be gone", async ({
  open,
  desk,
}) => {
  const other = await open("admin", "/templates");
  const add = async (name: string) => {
    await other.goto("/templates/new");
    await other.getByLabel("Name").fill(name);
    await other.getByLabel("Note").fill("One room, one tablet");
    await other.getByRole("button", { name: "Save template" }).click();
    await expect(other.getByRole("row").filter({ hasText: name })).toHaveCount(1);
  };
  const remove = async (name: string) => {
    await other.getByRole("button", { name: `Delete… ${name}` }).click();
    await other.getByRole("button", { name: "Delete template" }).click();
    await expect(other.getByRole("row").filter({ hasText: name })).toHaveCount(0);
  };
  await add("Kiosk");
  await add("Lobby");
  const page = await open("admin", "/keys");
  await openKey(page, "Staging");
  await page.getByRole("button", { name: "Edit" }).click();
  const policy = policyForm(page);
  const offered = policy.getByRole("group", { name: "Only these templates" });
  await policy.getByLabel("Max lifetime").fill("4h");
  await offered.getByLabel("Kiosk").check();
  await offered.getByLabel("Lobby").check();
  await remove("Kiosk");
  await policy.getByRole("button", { name: "Save" }).click();
  await expect(policy.locator("#templates-error")).toHaveText('"Kiosk" is gone.');
  await expect(offered.getByLabel("Kiosk")).toHaveCount(0);
  await expect(offered.getByLabel("Lobby")).toBeChecked();
  await remove("Lobby");
  await page.reload();
  await expect(policy.getByLabel("Max lifetime")).toHaveValue("4h");
  await expect(policy.locator("#templates-error")).toHaveText("One that you had ticked is gone.");
  await policy.getByRole("button", { name: "Save" }).click();
  await expect(region(page, "Policy")).toContainText("up to 4 h");
  expect(JSON.parse(events(desk.database, "key.changed").at(-1)?.detail ?? "")).toEqual({
    changed: { maxTtlSeconds: [null, 14_400] },
  });
});

test("2c2. a template that is saved while a policy is edited can be ticked as soon as it is offered", async ({
  open,
  desk,
}) => {
  const page = await open("admin", "/keys");
  await addKey(page, makeKeyPair("Halls"));
  await openKey(page, "Halls");
  await page.getByRole("button", { name: "Edit" }).click();
  const policy = policyForm(page);
  await expect(policy).toBeVisible();
  const other = await open("admin", "/templates/new");
  await other.getByLabel("Name").fill("Foyer");
  await other.getByLabel("Note").fill("One room, one screen");
  await other.getByRole("button", { name: "Save template" }).click();
  await expect(other.getByRole("row").filter({ hasText: "Foyer" })).toBeVisible();
  // What draws the page anew.
  await region(page, "Policy").getByRole("button", { name: /^No,/ }).click();
  await policy.getByRole("group", { name: "Only these templates" }).getByLabel("Foyer").check();
  await policy.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Edit" })).toBeFocused();
  expect(JSON.parse(events(desk.database, "key.changed").at(-1)?.detail ?? "")).toEqual({
    changed: { templates: [null, ["Foyer"]] },
  });
});

test("2d. what one admin says another one, who had the form open, does not undo unseen: what they had not touched shows it", async ({
  open,
  desk,
}) => {
  const [one, other] = [await open("admin", "/keys"), await open("admin", "/keys")];
  await addKey(one, makeKeyPair("Shared"));
  await openKey(one, "Shared");
  const issuers = (page: Page) => policyForm(page).getByRole("group", { name: "What issuers may" });
  const edit = async (page: Page) => {
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByLabel("Issuers may do less").check();
  };
  const save = async (page: Page) => {
    await policyForm(page).getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("button", { name: "Edit" })).toBeFocused();
  };
  await edit(one);
  await issuers(one).getByLabel("Purpose").check();
  await save(one);
  await other.reload();
  await openKey(other, "Shared");
  await edit(other);
  await edit(one);
  await issuers(one).getByLabel("Max lifetime").fill("1h");
  await issuers(one).getByLabel("Ask to join").uncheck();
  await save(one);
  await issuers(other).getByLabel("Moderate").uncheck();
  const policy = policyForm(other);
  await policy.getByRole("button", { name: "Save" }).click();
  await expect(policy.getByText("The key was changed meanwhile.")).toBeVisible();
  await expect(issuers(other).getByLabel("Max lifetime")).toHaveValue("1h");
  await expect(issuers(other).getByLabel("Moderate")).not.toBeChecked();
  // In one list, too, each tick for itself.
  await expect(issuers(other).getByLabel("Ask to join")).not.toBeChecked();
  // What was typed over what somebody else changed stays through a reload as well, and that it was.
  await other.reload();
  await expect(issuers(other).getByLabel("Moderate")).not.toBeChecked();
  await expect(policy.getByText("The key was changed meanwhile.")).toBeVisible();
  await save(other);
  await expect(region(other, "Policy")).toContainText("Lifetime: up to 1 h");
  expect(JSON.parse(events(desk.database, "key.changed").at(-1)?.detail ?? "")).toEqual({
    changed: { issuerPermissions: [["allow_join", "allow_mod"], ["allow_join"]] },
  });
});

test("2e. what was said of issuers is there again where it was put away by mistake, and what is refused of a list leads to what can be ticked", async ({
  open,
}) => {
  const page = await open("admin", "/keys");
  await addKey(page, makeKeyPair("Put away"));
  await openKey(page, "Put away");
  await page.getByRole("button", { name: "Edit" }).click();
  const policy = policyForm(page);
  const everybodyMay = policy.getByRole("group", { name: "May", exact: true }).first();
  const issuers = policy.getByRole("group", { name: "What issuers may" });
  const issuersMay = issuers.getByRole("group", { name: "May", exact: true });
  await everybodyMay.getByLabel("Join directly").uncheck();
  await policy.getByLabel("Issuers may do less").check();
  // It begins with what everybody may.
  await expect(issuersMay.getByLabel("Ask to join")).toBeChecked();
  await issuersMay.getByLabel("Ask to join").uncheck();
  await issuersMay.getByLabel("Moderate").uncheck();
  await issuers.getByLabel("Max lifetime").fill("33m");
  await policy.getByLabel("Issuers may do less").uncheck();
  await policy.getByLabel("Issuers may do less").check();
  await expect(issuers.getByLabel("Max lifetime")).toHaveValue("33m");
  await expect(issuersMay.getByLabel("Ask to join")).not.toBeChecked();
  await policy.getByLabel("Label", { exact: true }).press("Control+Enter");
  await expect(policy.locator("#issuer-permissions-error")).toContainText("Tick at least one");
  await expect(issuersMay.getByLabel("Ask to join")).toBeFocused();
});

test("2f. ticks that another admin has left no room for are not taken for saved: it is said at their field, also after a reload, and where others of them stand", async ({
  open,
  desk,
}) => {
  const [one, other] = [await open("admin", "/keys"), await open("admin", "/keys")];
  await addKey(one, makeKeyPair("Ticked"));
  await openKey(one, "Ticked");
  await other.reload();
  await openKey(other, "Ticked");
  const only = (page: Page) => policyForm(page).getByRole("group", { name: "Only these templates" }).first();
  const error = other.locator("#templates-error");
  const stands = '"Server" is left out: others were chosen meanwhile.';
  const save = async (of: string, isTicked: boolean) => {
    await one.getByRole("button", { name: "Edit" }).click();
    await only(one).getByLabel(of).setChecked(isTicked);
    await policyForm(one).getByRole("button", { name: "Save" }).click();
    await expect(one.getByRole("button", { name: "Edit" })).toBeFocused();
  };
  const before = events(desk.database, "key.changed").length;
  for (const [how, ticked] of [
    ["saved", ["Server"]],
    ["loaded again", ["Server"]],
    ["saved", ["Server", "Guest"]],
    ["loaded again", ["Guest", "Server"]],
  ] as const) {
    await other.getByRole("button", { name: "Edit" }).click();
    for (const name of ticked) await only(other).getByLabel(name).check();
    await save("Guest", true);
    if (how === "saved") await policyForm(other).getByRole("button", { name: "Save" }).click();
    else await other.reload();
    await expect(error, how).toHaveText(stands);
    await expect(only(other).getByLabel("Guest")).toBeChecked();
    await expect(only(other).getByLabel("Server")).not.toBeChecked();
    await expectAccessible(other, "ticks that came to nothing");
    await policyForm(other).getByRole("button", { name: "Cancel" }).click();
    await save("Guest", false);
    await other.reload();
  }
  // What came to nothing was never saved.
  expect(events(desk.database, "key.changed")).toHaveLength(before + 8);
});

test("2f2. what was left out is said until those ticks are changed or the form is closed on purpose, and not gone with Save, a reload or another field's change", async ({
  open,
  desk,
}) => {
  const [one, other] = [await open("admin", "/keys"), await open("admin", "/keys")];
  await addKey(one, makeKeyPair("Twice"));
  await openKey(one, "Twice");
  await other.reload();
  await openKey(other, "Twice");
  const only = (page: Page) => policyForm(page).getByRole("group", { name: "Only these templates" }).first();
  const save = (page: Page) => policyForm(page).getByRole("button", { name: "Save" }).click();
  const [form, error] = [policyForm(other), other.locator("#templates-error")];
  const stands = '"Server" is left out: others were chosen meanwhile.';
  await other.getByRole("button", { name: "Edit" }).click();
  await only(other).getByLabel("Server").check();
  await one.getByRole("button", { name: "Edit" }).click();
  await only(one).getByLabel("Guest").check();
  await save(one);
  await expect(one.getByRole("button", { name: "Edit" })).toBeFocused();
  const before = events(desk.database, "key.changed").length;
  await save(other);
  await expect(error).toHaveText(stands);
  const longest = form.getByLabel("Max lifetime");
  const atFirst = await longest.inputValue();
  for (const again of ["saved", "loaded again", "saved", "changed back", "saved", "changed", "loaded again"]) {
    if (again === "saved") await save(other);
    if (again === "loaded again") await other.reload();
    if (again.startsWith("changed")) await longest.fill("6h");
    if (again === "changed back") await longest.fill(atFirst);
    await other.waitForLoadState("networkidle");
    await expect(error, again).toHaveText(stands);
    await expect(form).toBeVisible();
  }
  expect(events(desk.database, "key.changed")).toHaveLength(before);
  await longest.fill(atFirst);
  // In another order than the key has them: that is no change, either.
  const mayJoin = form.getByRole("group", { name: "May", exact: true }).first().getByLabel("Ask to join");
  await mayJoin.uncheck();
  await mayJoin.check();
  await save(other);
  await expect(error).toHaveText(stands);
  expect(events(desk.database, "key.changed")).toHaveLength(before);
  await only(other).getByLabel("Server").check();
  await expect(error).toHaveText("");
  await save(other);
  await expect(other.getByRole("button", { name: "Edit" })).toBeFocused();
  expect(JSON.parse(events(desk.database, "key.changed").at(-1)?.detail ?? "")).toEqual({
    changed: { templates: [["Guest"], ["Guest", "Server"]] },
  });
});

test("2g. Cancel while it is still asked what a policy would not allow saves nothing; one's own late save closes the form in which it stands, and no other", async ({
  open,
  desk,
}) => {
  const page = await open("admin", `/keys/${keyIdOf(desk)}`);
  const changes = () => events(desk.database, "key.changed").length;
  const before = changes();
  const edit = page.getByRole("button", { name: "Edit" });
  const longest = policyForm(page).getByLabel("Max lifetime");
  const isPost = (request: { method: () => string }) => request.method() === "POST";
  /** Two are sent: what it would not allow any more, then the change. @returns lets the last one of so many come */
  const saveLate = async (of: 1 | 2) => {
    const release = await holdAction(page);
    if (of === 2) (await holdAction(page))();
    let sent = 0;
    const saving = page.waitForRequest((request) => isPost(request) && ++sent === of);
    await policyForm(page).getByRole("button", { name: "Save" }).click();
    await saving;
    return release;
  };
  await edit.click();
  await longest.fill("9h");
  let release = await saveLate(1);
  await policyForm(page).getByRole("button", { name: "Cancel" }).click();
  await expect(edit).toBeFocused();
  const answer = page.waitForResponse((response) => isPost(response.request()));
  release();
  await answer;
  await page.waitForLoadState("networkidle");
  expect(changes()).toBe(before);

  // Whoever goes elsewhere meanwhile is told that it is not saved, and finds it typed.
  await edit.click();
  await longest.fill("7h");
  release = await saveLate(1);
  await page.getByRole("link", { name: "Issue", exact: true }).first().click();
  const question = page.getByRole("dialog", { name: "The change is under way" });
  await expect(question.getByRole("button", { name: "Stay" })).toBeFocused();
  await expectAccessible(page, "a policy that is not saved yet");
  await question.getByRole("button", { name: "Leave", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Issue a token", level: 1 })).toBeVisible();
  release();
  await page.waitForLoadState("networkidle");
  expect(changes()).toBe(before);
  await page.goBack();
  await expect(longest).toHaveValue("7h");
  await policyForm(page).getByRole("button", { name: "Cancel" }).click();

  // Written as the desk does not write it.
  await edit.click();
  await longest.fill("540m");
  release = await saveLate(2);
  await page.getByRole("link", { name: "Issue", exact: true }).first().click();
  await expect(page.getByRole("heading", { name: "Issue a token", level: 1 })).toBeVisible();
  await page.goBack();
  await expect(longest).toHaveValue("540m");
  release();
  await expect.poll(changes).toBe(before + 1);
  await expect(edit).toBeFocused();
  await expect(policyForm(page)).toHaveCount(0);

  await edit.click();
  await longest.fill("8h");
  release = await saveLate(2);
  await policyForm(page).getByRole("button", { name: "Cancel" }).click();
  await edit.click();
  await policyForm(page).getByLabel("To begin with").fill("1h");
  release();
  await expect.poll(changes).toBe(before + 2);
  await expect(longest).toHaveValue("8 h");
  await expect(policyForm(page).getByLabel("To begin with")).toHaveValue("1h");
});

test("3. whether something else signs with it is a question until it is answered, and can be answered otherwise", async ({
  open,
  desk,
}) => {
  const page = await open("admin", "/keys");
  await openKey(page, "Staging");
  const policy = region(page, "Policy");
  const [yes, no] = [/^Yes,/, /^No,/].map((name) => policy.getByRole("button", { name }));
  await expect(policy).toContainText("Does something else sign with its secret");
  await no?.click();
  await expect(policy).toContainText("is an alarm, and opens a case");
  await expect(no as NonNullable<typeof no>).toHaveAttribute("aria-pressed", "true");
  await yes?.click();
  await expect(policy).toContainText("is a note, and opens no case");
  expect(
    events(desk.database, "key.changed")
      .slice(-2)
      .map(({ detail }) => JSON.parse(detail)),
  ).toEqual([{ changed: { signsElsewhere: [null, "no"] } }, { changed: { signsElsewhere: ["no", "yes"] } }]);
});

test("4. Respond is folded, tells whom it concerns, and is on paper on one page", async ({ open }) => {
  const page = await open("admin", "/keys");
  await openKey(page, "Staging");
  const table = page.getByRole("table", { name: "Who holds active tokens" });
  await expect(table).toBeHidden();
  await page.getByText("if somebody else has its secret").click();
  await expect(table.getByRole("row", { name: new RegExp(people.issuer.name) })).toContainText("the ward tablets");
  await expect(page.getByRole("button", { name: "Save as CSV" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Disabling and enabling it take a note");
  await expectAccessible(page, "a key's page with Respond open");
  // Folded again: on paper it is open all the same.
  await page.getByText("if somebody else has its secret").click();
  const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("Whoever holds one cannot join")).toBeVisible();
  await expect(region(page, "Issued per day")).toBeHidden();
});

test("5. the longest label breaks no table and no title", async ({ open }) => {
  const page = await open("admin", "/keys");
  const key = makeKeyPair(LONGEST);
  await addKey(page, key);
  for (const width of [1280, 1024, 768, 360]) {
    await page.setViewportSize({ width, height: 800 });
    const id = page.getByRole("row").filter({ hasText: LONGEST }).getByText(key.apiKey);
    const box = await page.getByRole("row").filter({ hasText: LONGEST }).locator("bdi[title]").boundingBox();
    expect(box?.height, `the API key at ${width} px is on one line`).toBeLessThan(26);
    await expect(id.or(page.locator(`bdi[title="${key.apiKey}"]`)).first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }
  await openKey(page, LONGEST);
  await expectAccessible(page, "the page of a key with the longest label");
  await page.goto("/");
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test("6. on a phone a thumb tells the two counts of a key, and of a member, apart", async ({ open, desk }) => {
  const page = await open("admin", `/issue?key=${keyIdOf(desk)}`);
  await issue(page, { expiresIn: "1h" });
  await page.setViewportSize({ width: 360, height: 740 });
  for (const [path, row] of [
    ["/keys", "Staging"],
    ["/team", people.admin.email],
  ] as const) {
    await page.goto(path);
    const counts = page.getByRole("row").filter({ hasText: row }).getByRole("link", { name: /^\d+/ });
    await expect(counts).toHaveCount(2);
    const [issued, active] = await counts.evaluateAll((links) =>
      links.map((link) => link.getBoundingClientRect()).map(({ top, height }) => top + height / 2),
    );
    expect((active ?? 0) - (issued ?? 0), path).toBeGreaterThanOrEqual(24);
  }
});
