/** Nothing is lost: what was typed into the issue form, over a reload, going back and signing in again; and a token that was not copied, by whatever way one leaves. */
import type { Page } from "@playwright/test";
import { ledger } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { hold, SCRIPTS } from "../stage/hold";
import {
  compose,
  goodFor,
  issue,
  issueAndLoseAnswer,
  issueButton,
  issuedToken,
  permission,
  type Wish,
} from "../stage/issue-form";
import { people, tryToSignIn } from "../stage/people";

const wish: Wish = {
  permissions: ["ask_join"],
  roomId: "2kyv-gzay-64pg",
  participantId: "half an i",
  roles: [],
  expiresIn: "1.5h",
  purpose: "Not finished",
};

async function keepsWish(page: Page): Promise<void> {
  await expect(page.getByLabel("Room ID")).toHaveValue("2kyv-gzay-64pg");
  await expect(page.getByLabel("Participant ID")).toHaveValue("half an i");
  await expect(page.getByLabel("Expires in")).toHaveValue("1.5h");
  await expect(page.getByLabel("Purpose")).toHaveValue("Not finished");
  await expect(permission(page, "ask_join")).toBeChecked();
  await expect(permission(page, "allow_join")).not.toBeChecked();
  await expect(goodFor(page, [])).toBeChecked();
}

const isEmpty = (page: Page) => expect(page.getByLabel("Purpose")).toHaveValue("");
const stored = (page: Page) => page.evaluate(() => JSON.stringify({ ...sessionStorage }));
const dialog = (page: Page) => page.getByRole("dialog", { name: /^Token No\.\s\d+ was not copied$/ });
const press = (page: Page, name: string) => dialog(page).getByRole("button", { name, exact: true }).click();

/** A token on the page that is nowhere else. */
async function uncopied(page: Page, purpose: string): Promise<string> {
  await compose(page, { purpose });
  await issueButton(page).click();
  const token = issuedToken(page).getByTestId("token");
  await expect(token).toBeVisible();
  await expect(issuedToken(page)).toContainText("Not copied yet. It is shown once");
  return (await token.textContent()) ?? "";
}

test("1. what was typed survives a reload, another page and back, and a link to it; each beginning has its own", async ({
  open,
}) => {
  const page = await open("issuer", "/issue");
  await compose(page, wish);
  await page.reload();
  await keepsWish(page);
  await page.getByRole("link", { name: "Keys" }).click();
  await expect(page.getByRole("heading", { name: "Keys" })).toBeVisible();
  await page.goBack();
  await keepsWish(page);
  await page.goto("/issue?template=guest");
  await isEmpty(page);
  await page.goto("/issue");
  await keepsWish(page);
  // It is this tab's alone.
  const tab = await page.context().newPage();
  await tab.goto("/issue");
  await expect(issueButton(tab)).toBeEnabled();
  await isEmpty(tab);
});

test("2. it survives being signed out elsewhere and signing in again, and goes when another one signs in", async ({
  open,
  desk,
}) => {
  const page = await open("nobody", "/sign-in?next=/issue");
  await tryToSignIn(page, people.issuer);
  await compose(page, wish);
  await page.context().clearCookies();
  await page.goto("/issue");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await tryToSignIn(page, people.issuer);
  await keepsWish(page);
  expect(await stored(page)).toContain("Not finished");

  await page.context().clearCookies();
  await page.context().addCookies(desk.sessions.admin.cookies);
  await page.goto("/audit");
  await expect.poll(() => stored(page)).not.toContain("Not finished");
  await page.context().clearCookies();
  await page.context().addCookies(desk.sessions.issuer.cookies);
  await page.goto("/issue");
  await expect(issueButton(page)).toBeEnabled();
  await isEmpty(page);
});

test("3. a secret or a token that was typed is kept nowhere, and nothing is once it was issued", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/issue");
  await compose(page, { purpose: "Kept" });
  await expect.poll(() => stored(page)).toContain("Kept");
  await page.getByLabel("Room ID").fill(desk.key.secret);
  await page.getByLabel("Participant ID").fill("eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.abc");
  await page.getByLabel("Purpose").fill("Still kept");
  await expect.poll(() => stored(page)).toContain("Still kept");
  expect(await stored(page)).not.toContain(desk.key.secret);
  expect(await stored(page)).not.toContain("eyJ");
  await compose(page, { roomId: "", participantId: "" });
  const token = await issue(page);
  expect(await stored(page)).not.toContain("Still kept");
  expect(await stored(page)).not.toContain(token.split(".")[2]);
});

test("4. a form that was sent before a reload, and whose answer got lost, issues nothing twice", async ({
  open,
  desk,
  watch,
}) => {
  watch.allow(/ERR_FAILED|ERR_CONNECTION/, "the answer is lost on the way");
  const page = await open("issuer", "/issue");
  await compose(page, { purpose: "Only once" });
  await issueAndLoseAnswer(page);
  const before = ledger(desk.database).length;
  await page.reload();
  await expect(page.getByLabel("Purpose")).toHaveValue("Only once");
  await issueButton(page).click();
  await expect(issuedToken(page)).toContainText(`No. ${before}`);
  expect(ledger(desk.database)).toHaveLength(before);
});

test("5. a link asks before a token that was not copied is left; staying keeps it, leaving leads there", async ({
  open,
}) => {
  const page = await open("issuer", "/issue");
  const token = await uncopied(page, "By a link");
  await page.getByRole("link", { name: "Audit" }).click();
  await expect(dialog(page)).toBeVisible();
  await expect(dialog(page).getByRole("button", { name: "Copy and leave" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole("link", { name: "Audit" })).toBeFocused();
  await expect(issuedToken(page).getByTestId("token")).toHaveText(token);
  // So do the letters of the keyboard.
  await page.keyboard.press("g");
  await page.keyboard.press("k");
  await expect(dialog(page)).toBeVisible();
  await press(page, "Stay");
  await page.getByRole("link", { name: "Audit" }).click();
  await press(page, "Leave");
  await expect(page.getByRole("heading", { name: "Audit" })).toBeVisible();
});

test("6. going back asks, too, and otherwise leads to the form; copying in the dialog takes it along", async ({
  open,
}) => {
  const page = await open("issuer", "/issue");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const token = await uncopied(page, "By going back");
  await page.goBack();
  await expect(dialog(page)).toBeVisible();
  await press(page, "Stay");
  await expect(issuedToken(page).getByTestId("token")).toHaveText(token);
  await page.goBack();
  await press(page, "Copy and leave");
  await expect(issueButton(page)).toBeVisible();
  await expect(page.getByLabel("Purpose")).toHaveValue("By going back");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);
  // Once copied, nobody asks.
  await issue(page, { purpose: "Copied" });
  await page.goBack();
  await expect(issueButton(page)).toBeVisible();
  await expect(dialog(page)).toHaveCount(0);
  // Nor does it take two steps from the next one, once one has been forward, or has loaded the page again.
  await page.goForward();
  await issue(page, { purpose: "After going forward" });
  await page.reload();
  await issue(page, { purpose: "After a reload" });
  await page.goBack();
  await expect(issueButton(page)).toBeVisible();
});

test("7. closing the tab asks as long as it was not copied", async ({ open }) => {
  const page = await open("issuer", "/issue");
  const asked: string[] = [];
  page.on("dialog", (box) => {
    asked.push(box.type());
    box.accept();
  });
  await uncopied(page, "By closing");
  await page.reload();
  expect(asked).toEqual(["beforeunload"]);
  await expect(issueButton(page)).toBeEnabled();
  await issue(page, { purpose: "Copied" });
  await page.reload();
  expect(asked).toEqual(["beforeunload"]);
});

test("8. signing out asks first", async ({ visit, desk }) => {
  const page = await visit(`${desk.address}/sign-in?next=/issue`);
  await tryToSignIn(page, people.issuer);
  await uncopied(page, "By signing out");
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(dialog(page)).toBeVisible();
  await press(page, "Stay");
  // The menu closed under the question: the keyboard goes on at what opens it.
  await expect(page.getByRole("button", { name: /^Account/ })).toBeFocused();
  await expect(issuedToken(page)).toBeVisible();
  if (!(await page.getByRole("button", { name: "Sign out" }).isVisible()))
    await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await press(page, "Leave");
  await expect(page).toHaveURL(/\/sign-in/);
});

for (const [how, take] of [
  ["the button", (page: Page) => issuedToken(page).getByRole("button", { name: "Copy token" }).click()],
  ["the header's button", (page: Page) => page.getByRole("button", { name: "Copy Authorization header" }).click()],
  ["the keyboard, with nothing selected", (page: Page) => page.keyboard.press("Control+C")],
  [
    "the keyboard, with all of it selected",
    async (page: Page) => {
      await page.keyboard.press("Control+A");
      await page.keyboard.press("Control+C");
    },
  ],
] as const)
  test(`9. whatever takes it away counts as copied: ${how}`, async ({ open }) => {
    const page = await open("issuer", "/issue");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const token = await uncopied(page, how);
    const height = await page.evaluate(() => document.body.scrollHeight);
    await take(page);
    await expect(issuedToken(page).getByText(/^Copied \d\d:\d\d/)).toBeVisible();
    await expect(issuedToken(page)).not.toContainText("Not copied yet");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(token);
    expect(await page.evaluate(() => document.body.scrollHeight)).toBe(height);
    await page.getByRole("link", { name: "Audit" }).click();
    await expect(page.getByRole("heading", { name: "Audit" })).toBeVisible();
  });

test("10. a part of it does not, and the decoder does", async ({ open }) => {
  const page = await open("issuer", "/issue");
  const token = await uncopied(page, "In part");
  await issuedToken(page)
    .getByTestId("token")
    .evaluate((box) => {
      const [range, selection] = [document.createRange(), getSelection()];
      range.selectNodeContents(box.firstElementChild ?? box);
      selection?.removeAllRanges();
      selection?.addRange(range);
    });
  await page.keyboard.press("Control+C");
  await expect(issuedToken(page)).toContainText("Not copied yet");
  await page.getByRole("button", { name: "Open in decoder" }).click();
  await expect(page.getByLabel("Token", { exact: true })).toHaveValue(token);
  await expect(dialog(page)).toHaveCount(0);
});

test("11. what is typed before the page's script runs stays, and so does the caret, whatever the form begins with", async ({
  open,
}) => {
  for (const [who, path, fields] of [
    [
      "issuer",
      "/issue?template=guest",
      [
        ["Room ID", "", "2kyv-gzay-64pg"],
        ["Expires in", "1h", "5h"],
        ["Purpose", "", "Typed early"],
      ],
    ],
    [
      "issuer",
      "/issue/batch",
      [
        ["Participants", "", "ann"],
        ["Expires in", "2h", "5h"],
        ["Or how many", "10", "12"],
        ["called", "guest-{n}", "nurse-{n}"],
        ["Purpose", "", "Typed early"],
      ],
    ],
    [
      "nobody",
      "/sign-in",
      [
        ["Email", "", people.issuer.email],
        ["Password", "", people.issuer.password],
      ],
    ],
    ["issuer", "/me", [["Name", people.issuer.name, "Ines Early"]]],
    ["admin", "/templates/new", [["Expires in", "2h", "5h"]]],
    [
      "admin",
      "/endpoints/new",
      [
        ["Name", "", "Typed early"],
        // In UTC, as the page says that the server sends; then by the clock here.
        ["Ends", /^\d{4}-/, "2031-02-03T04:05", "2031-02-03T09:35"],
        ["Calls a day", "2000", "30"],
      ],
    ],
  ] as const) {
    const page = await open(who, "/api/health");
    const release = await hold(page, SCRIPTS);
    await page.goto(path, { waitUntil: "commit" });
    for (const [label, begins, typed] of fields) {
      // Otherwise what it begins with would be put beside what is typed, once the page runs.
      await expect(page.getByLabel(label, { exact: true })).toHaveValue(begins);
      await page.getByLabel(label, { exact: true }).fill(typed);
    }
    release();
    await expect(page.locator("button[type=submit]").first()).toBeEnabled();
    // Where that one waits for nothing: React marks what it has taken over.
    const isTaken = (form: Element) => Object.keys(form).some((name) => name.startsWith("__react"));
    await expect.poll(() => page.locator("form").first().evaluate(isTaken)).toBe(true);
    // Drawn once more, too.
    await page.waitForLoadState("networkidle");
    for (const [label, , typed, shown = typed] of fields)
      await expect(page.getByLabel(label, { exact: true })).toHaveValue(shown);
    await expect(page.getByLabel(fields.at(-1)?.[0] ?? "", { exact: true })).toBeFocused();
    await page.unrouteAll({ behavior: "wait" });
  }
});
