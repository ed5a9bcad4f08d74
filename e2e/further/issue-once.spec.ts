/** One wish, one token: double clicks, resends, a locked database, a stopped server. Nothing is issued twice, nothing without a record, and nothing typed is lost. */
import type { Locator, Page } from "@playwright/test";
import { batch, check, guests, issueAll, participants, saved } from "../stage/batch-form";
import { events, ledger, lock } from "../stage/database";
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
  preview,
  unfold,
  type Wish,
} from "../stage/issue-form";
import { catchAction, send } from "../stage/server-action";

// What is promised here must never fail once.
test.describe.configure({ retries: 0 });

const wish: Required<Wish> = {
  permissions: ["allow_join", "allow_mod"],
  roomId: "2kyv-gzay-64pg",
  participantId: "lxvdplwt",
  roles: ["rtc"],
  expiresIn: "1d 12h",
  purpose: "Demo for the board",
};

/** That the form still holds the wish. */
async function keepsWish(page: Page): Promise<void> {
  await expect(page.getByLabel("Room ID")).toHaveValue(wish.roomId);
  await expect(page.getByLabel("Participant ID")).toHaveValue(wish.participantId);
  await expect(page.getByLabel("Expires in")).toHaveValue(wish.expiresIn);
  await expect(page.getByLabel("Purpose")).toHaveValue(wish.purpose);
  for (const [name, checked] of [
    ["allow_join", true],
    ["ask_join", false],
    ["allow_mod", true],
  ] as const)
    await expect(permission(page, name)).toBeChecked({ checked });
  await expect(goodFor(page, ["rtc"])).toBeChecked();
}

test("a double click issues once, and the next click another", async ({ open, desk }) => {
  const page = await open("issuer", "/issue");
  await compose(page, wish);
  let requests = 0;
  page.on("request", (request) => {
    if (request.headers()["next-action"]) requests++;
  });
  await issueButton(page).dblclick();
  await expect(issuedToken(page)).toContainText("No. 1");
  await unfold(page);
  await expect(issueButton(page)).toBeEnabled();
  expect(requests).toBe(1);
  expect(ledger(desk.database)).toHaveLength(1);
  await keepsWish(page);
  await issueButton(page).click();
  await expect(issuedToken(page)).toContainText("No. 2");
  expect(ledger(desk.database)).toHaveLength(2);
});

test("the same request again, alone or many at once, is answered with the same token", async ({ open, desk }) => {
  const page = await open("issuer", "/issue");
  await compose(page, wish);
  const action = await catchAction(page, () => issueButton(page).click());
  await expect(issuedToken(page)).toBeVisible();
  const token = await issuedToken(page).getByTestId("token").textContent();
  const cookie = desk.cookieOf("issuer");
  const before = ledger(desk.database).length;
  expect((await send(action, { cookie })).result?.data).toMatchObject({ token });

  const [form] = action.arguments as [Record<string, unknown>];
  const body = [{ ...form, jti: crypto.randomUUID() }];
  const answers = await Promise.all(Array.from({ length: 8 }, () => send(action, { cookie, body })));
  const tokens = answers.map(({ result }) => (result?.data as { token?: string } | undefined)?.token);
  expect(new Set(tokens).size).toBe(1);
  expect(tokens[0]).toMatch(/^ey/);
  expect(tokens[0]).not.toBe(token);
  expect(ledger(desk.database)).toHaveLength(before + 1);
  expect(events(desk.database, "token.issued")).toHaveLength(before + 1);

  // The same id for something else, or from somebody else, is not the same request.
  const other = await send(action, { cookie, body: [{ ...form, roomId: "aaaa-bbbb-cccc" }] });
  expect(other.result?.error?.code).toBe("conflict");
  const admin = desk.cookieOf("admin");
  const stranger = await send(action, { cookie: admin });
  expect(stranger.result?.error?.code).toBe("conflict");
  expect(stranger.text).not.toContain(token);
  expect(ledger(desk.database)).toHaveLength(before + 1);
});

test("while another program locks the database nothing is issued, and the form says so and keeps everything", async ({
  open,
  desk,
  watch,
}) => {
  watch.allow(/"msg":"action failed"/, "the database is locked");
  const page = await open("issuer", "/issue");
  await compose(page, wish);
  const before = { ledger: ledger(desk.database), events: events(desk.database) };
  const release = lock(desk.database);
  try {
    await issueButton(page).click();
    const alert = page.getByRole("alert").filter({ hasText: "could not be recorded" });
    await expect(alert).toContainText(
      "This could not be recorded, so it was not done: the database is locked by another program. What you typed is kept.",
    );
    await keepsWish(page);
    await expect(issuedToken(page)).toBeHidden();
    // Reading goes on meanwhile.
    const reading = await page.context().newPage();
    await reading.goto("/audit");
    await expect(reading.getByRole("heading", { name: "Audit" })).toBeVisible();
  } finally {
    release();
  }
  expect({ ledger: ledger(desk.database), events: events(desk.database) }).toEqual(before);
  await issueButton(page).click();
  await expect(issuedToken(page)).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "could not be recorded" })).toBeHidden();
  expect(ledger(desk.database)).toHaveLength(before.ledger.length + 1);
  expect(ledger(desk.database).at(-1)?.purpose).toBe(wish.purpose);
});

test("what was typed survives a stopped server, and is issued once it is back", async ({ open, desk, watch }) => {
  watch.allow(/ERR_CONNECTION_REFUSED/, "the server is gone");
  const page = await open("issuer", "/issue");
  await compose(page, wish);
  const before = ledger(desk.database).length;
  await desk.server.kill();
  await issueButton(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "could not be reached" })).toContainText(
    "The server could not be reached. What you typed is kept: try again in a moment.",
  );
  await keepsWish(page);
  await desk.start();
  await issueButton(page).click();
  await expect(issuedToken(page)).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "could not be reached" })).toBeHidden();
  expect(ledger(desk.database)).toHaveLength(before + 1);
});

test("an answer that got lost is asked for again, and issues nothing more", async ({ open, desk, watch }) => {
  watch.allow(/ERR_FAILED|ERR_CONNECTION/, "the answer is lost on the way");
  const page = await open("issuer", "/issue");
  await compose(page, wish);
  const before = ledger(desk.database).length;
  await issueAndLoseAnswer(page);
  expect(ledger(desk.database)).toHaveLength(before + 1);
  await issueButton(page).click();
  await expect(issuedToken(page)).toContainText(`No. ${before + 1}`);
  expect(ledger(desk.database)).toHaveLength(before + 1);
});

test("what the preview shows is signed, its token id too, also after a try that failed and a change", async ({
  open,
  desk,
  watch,
}) => {
  watch.allow(/ERR_FAILED/, "the first try does not get through");
  const page = await open("issuer", "/issue");
  await compose(page, wish);
  const shown = async () => /"jti": ?"([^"]+)"/.exec((await preview(page).textContent()) ?? "")?.[1];
  const first = await shown();
  await page.route("**/issue", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await issueButton(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "could not be reached" })).toBeVisible();
  await page.unroute("**/issue");
  await compose(page, { purpose: "Changed meanwhile" });
  expect(await shown()).toBe(first);
  await issueButton(page).click();
  await expect(issuedToken(page)).toBeVisible();
  expect(ledger(desk.database).at(-1)).toMatchObject({ jti: first, purpose: "Changed meanwhile" });
  await unfold(page);
  expect(await shown()).not.toBe(first);
});

test("on a phone, that nothing came of it is seen where one pressed", async ({ open, watch }) => {
  watch.allow(/ERR_FAILED/, "it does not get through");
  const page = await open("issuer", "/issue");
  await page.setViewportSize({ width: 360, height: 740 });
  await compose(page, wish);
  await page.route("**/issue", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await issueButton(page).click();
  const alert = page.getByRole("alert").filter({ hasText: "could not be reached" });
  await expect(alert).toBeInViewport({ ratio: 1 });
  const foot = async (locator: Locator) => (await locator.boundingBox()) ?? { y: 0, height: 0 };
  const told = await foot(alert);
  // Above the bar that the button is in.
  expect(told.y + told.height).toBeLessThan((await foot(issueButton(page))).y);
});

test("an answer that got lost, and a form that was changed: it says what was issued, then issues the other", async ({
  open,
  desk,
  watch,
}) => {
  watch.allow(/ERR_FAILED|ERR_CONNECTION/, "the answer is lost on the way");
  const page = await open("issuer", "/issue");
  await compose(page, wish);
  const before = ledger(desk.database).length;
  await issueAndLoseAnswer(page);
  await compose(page, { purpose: "Something else" });
  await issueButton(page).click();
  await expect(page.getByRole("alert").filter({ hasText: `has issued token No. ${before + 1} already` })).toBeVisible();
  expect(ledger(desk.database)).toHaveLength(before + 1);
  await issueButton(page).click();
  await expect(issuedToken(page)).toContainText(`No. ${before + 2}`);
  expect(ledger(desk.database).at(-1)?.purpose).toBe("Something else");
});

test("a form that one comes back to issues another: what was issued from it before does not stand in its way", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/keys");
  await page.getByRole("link", { name: "Issue", exact: true }).click();
  await issue(page, wish);
  await unfold(page);
  const before = ledger(desk.database).length;
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Keys" })).toBeVisible();
  await page.goForward();
  await compose(page, { purpose: "After going back" });
  await issueButton(page).click();
  await expect(issuedToken(page)).toContainText(`No. ${before + 1}`);
});

test("nor does a batch that was issued stand in the way of the next one, for whoever comes back to its page", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/issue");
  await page.getByRole("link", { name: "Several at once" }).click();
  await participants(page).fill(guests(2));
  await check(page).click();
  await issueAll(page).click();
  await saved(page, "Save as CSV");
  const before = ledger(desk.database).length;
  await page.getByRole("link", { name: "Keys" }).click();
  await expect(page.getByRole("heading", { name: "Keys" })).toBeVisible();
  await page.goBack();
  await participants(page).fill("somebody-else");
  await check(page).click();
  await issueAll(page).click();
  await expect(batch(page)).toBeVisible();
  expect(ledger(desk.database)).toHaveLength(before + 1);
});

test("a refusal of what has no field in the form is told all the same", async ({ open, desk }) => {
  const page = await open("issuer", "/issue");
  await compose(page, wish);
  const before = ledger(desk.database).length;
  for (const [field, value, message] of [
    ["jti", "lost", "Reload the page: the form has lost its token id."],
    ["roles", ["rtc", "ruler"], "VideoSDK knows no such role. It knows crawler, rtc."],
  ] as const) {
    await page.route("**/issue", async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      const [form] = JSON.parse(route.request().postData() ?? "[]") as [object];
      await route.continue({ postData: JSON.stringify([{ ...form, [field]: value }]) });
    });
    await issueButton(page).click();
    await expect(page.getByRole("alert").filter({ hasText: message })).toBeVisible();
    await page.unroute("**/issue");
  }
  expect(ledger(desk.database)).toHaveLength(before);
});

test("Ctrl+Enter issues from within any field", async ({ open }) => {
  const page = await open("issuer", "/issue");
  await compose(page, { purpose: "By keyboard" });
  await page.getByLabel("Purpose").press("Control+Enter");
  await expect(issuedToken(page)).toContainText("For: By keyboard");
  await expect(issuedToken(page).getByRole("heading")).toBeFocused();
});

test("what is typed before the page's script has run is kept", async ({ open }) => {
  const page = await open("issuer", "/decode");
  const release = await hold(page, SCRIPTS);
  await page.goto("/issue", { waitUntil: "commit" });
  await page.getByLabel("Purpose").fill("typed early");
  await page.getByLabel("Expires in").fill("45m");
  await permission(page, "allow_mod").check();
  await goodFor(page, []).check();
  await expect(issueButton(page)).toBeDisabled();
  release();
  await expect(issueButton(page)).toBeEnabled();
  await expect(page.getByLabel("Purpose")).toHaveValue("typed early");
  await expect(page.getByLabel("Expires in")).toHaveValue("45m");
  await expect(permission(page, "allow_mod")).toBeChecked();
  await expect(goodFor(page, [])).toBeChecked();
  await issue(page);
  await expect(issuedToken(page)).toContainText("For: typed early");
  await expect(issuedToken(page)).toContainText("45 min in all");
});
