/** The same again, and the form that one begins with: from the ledger, from a template, from the ticket; what the key forbids; and how many clicks each takes. */
import type { Locator, Page } from "@playwright/test";
import { openPolicy } from "@/lib/keys/policy";
import { expectAccessible } from "../stage/accessible";
import { change, ledger, rows } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import {
  compose,
  goodFor,
  issue,
  issueButton,
  issuedToken,
  messagesOf,
  permission,
  preview,
  unfold,
  type Wish,
} from "../stage/issue-form";
import { people } from "../stage/people";
import { addKey, makeKeyPair } from "../stage/signing-keys";

const wish: Wish = {
  permissions: ["allow_join", "allow_mod"],
  roomId: "2kyv-gzay-64pg",
  participantId: "lxvdplwt",
  roles: ["rtc"],
  expiresIn: "90m",
  purpose: "Demo for the board",
};

const template = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const inForce = (page: Page) => page.getByRole("group", { name: "Template" }).locator('[aria-pressed="true"]');
const told = (page: Page) => page.getByRole("status").filter({ hasText: "Again from" });

async function opened(page: Page): Promise<void> {
  await expect(issueButton(page)).toBeEnabled();
}

/** What a person does with the pointer and Enter; typing is not counted. */
function counting(page: Page) {
  let clicks = 0;
  return {
    click: async (target: Locator) => {
      clicks += 1;
      await target.click();
    },
    enter: async (field: Locator) => {
      clicks += 1;
      await field.press("Enter");
    },
    count: () => clicks,
    page,
  };
}

function setPolicy(database: string, label: string, policy: object): void {
  change(
    database,
    "UPDATE SigningKey SET policy = ? WHERE label = ?",
    JSON.stringify({ ...openPolicy, ...policy }),
    label,
  );
}

test("1. an untouched form is a participant's, with a warning of how far it reaches, and its button in view", async ({
  open,
}) => {
  const page = await open("admin", "/issue");
  await opened(page);
  await expect(inForce(page)).toHaveText(/^Participant\s*2 h\s*Joins directly$/);
  await expect(permission(page, "allow_join")).toBeChecked();
  await expect(goodFor(page, ["rtc"])).toBeChecked();
  await expect(preview(page)).toContainText("It cannot call the REST API.");
  await expect(preview(page)).toContainText("Any room is open to whoever gets hold of it.");
  for (const viewport of [
    { width: 1280, height: 720 },
    { width: 768, height: 1024 },
    { width: 360, height: 740 },
  ]) {
    await page.setViewportSize(viewport);
    await expect(issueButton(page)).toBeInViewport({ ratio: 1 });
  }
  await compose(page, { roomId: "2kyv-gzay-64pg" });
  await expect(preview(page)).toContainText("Anyone who gets hold of it can be anyone in that room.");
  // Of a ticket that is taller than the window nothing lies under the button.
  await page.setViewportSize({ width: 1280, height: 720 });
  await compose(page, { participantId: "p".repeat(200) });
  await expect(preview(page)).not.toContainText("gets hold of it");
  const ticket = await preview(page).locator(".ticket-card").boundingBox();
  expect((ticket?.y ?? 0) + (ticket?.height ?? 999)).toBeLessThan((await issueButton(page).boundingBox())?.y ?? 0);
  await compose(page, { participantId: "lxvdplwt" });
});

test("2. the same again from the ledger: two clicks and the purpose", async ({ open, desk }) => {
  const page = await open("issuer", "/issue", { permissions: ["clipboard-read", "clipboard-write"] });
  await issue(page, wish);
  const { number, sha256 } = ledger(desk.database).at(-1) ?? { number: 0, sha256: "" };
  await page.goto("/audit?tokens=1");
  // Whose it is, and where, as VideoSDK names rooms, is whole.
  const cutOff = page.locator(".place").first().locator("bdi");
  expect(await cutOff.evaluateAll((all) => all.map((each) => each.scrollWidth - each.clientWidth))).toEqual([0, 0]);
  const hand = counting(page);
  await hand.click(page.getByRole("link", { name: `Issue again No. ${number}` }));
  await opened(page);
  await expect(told(page)).toContainText(`Again from No. ${number}, signed with “Staging”.`);
  await expect(told(page)).toBeInViewport({ ratio: 1 });
  // One goes on with the only thing that is not the same.
  await expect(page.getByLabel("Purpose")).toBeFocused();
  await expect(page.getByLabel("Purpose")).toHaveValue("");
  await page.keyboard.type("For the board, once more");
  await hand.click(issueButton(page));
  await expect(issuedToken(page)).toContainText(`No. ${number + 1}`);
  expect(hand.count()).toBe(2);
  const [first, second] = ledger(desk.database)
    .slice(-2)
    .map((row) => ({ ...row, claims: JSON.parse(row.claims) as Record<string, unknown> }));
  const { iat: _, exp: __, jti: ___, ...claims } = first?.claims ?? {};
  expect(second?.claims).toMatchObject(claims);
  expect(Number(second?.claims.exp) - Number(second?.claims.iat)).toBe(5400);
  expect(second?.purpose).toBe("For the board, once more");

  const [event] = rows<{ sequence: number }>(
    desk.database,
    "SELECT sequence FROM AuditEvent WHERE tokenNumber = ? AND action = 'token.issued'",
    number,
  );
  await page.goto(`/audit/${event?.sequence}`);
  // An id that is shown in part is copied whole by hand, too.
  const id = page.getByText(sha256);
  expect(await id.locator("span").evaluate((part) => part.scrollWidth - part.clientWidth)).toBeGreaterThan(0);
  const copied = async () => {
    await page.keyboard.press("ControlOrMeta+C");
    return page.evaluate(() => navigator.clipboard.readText());
  };
  await id.click({ clickCount: 3 });
  expect((await copied()).trimEnd()).toBe(sha256);
  const { x, y, width, height } = (await id.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(x - 1, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width + 1, y + height / 2, { steps: 4 });
  await page.mouse.up();
  expect((await copied()).trim()).toBe(sha256);
});

test("3. its purpose is a suggestion, and what one issued last stands above the form", async ({ open, desk }) => {
  const page = await open("issuer", "/issue");
  await issue(page, { ...wish, purpose: "Rehearsal" });
  await issue(page, { ...wish, roomId: "aaaa-bbbb-cccc", purpose: "Opening night" });
  await issue(page, { ...wish, roomId: "aaaa-bbbb-cccc", purpose: "Opening night" });
  await page.goto("/issue");
  await opened(page);
  const again = page.getByRole("navigation", { name: "Again" }).getByRole("link");
  // The same thing once, and of each its kind and what it is for, or where.
  await expect(again.first()).toHaveText("Moderator, Opening night");
  await expect(again.nth(1)).toHaveText("Moderator, Rehearsal");
  for (const words of await again.locator("bdi").all()) expect((await words.boundingBox())?.width).toBeGreaterThan(40);
  await again.nth(1).click();
  await expect(page.getByLabel("Room ID")).toHaveValue(wish.roomId ?? "");
  await page.getByRole("button", { name: "Rehearsal" }).click();
  await expect(page.getByLabel("Purpose")).toHaveValue("Rehearsal");
  await issueButton(page).click();
  await expect(issuedToken(page)).toContainText("For: Rehearsal");
  expect(ledger(desk.database).at(-1)?.purpose).toBe("Rehearsal");
  // Nobody sees what another one issued last.
  const other = await open("admin", "/issue");
  await opened(other);
  await expect(other.getByRole("link", { name: /Rehearsal/ })).toHaveCount(0);
});

test("4. a link opens the form with a template, or says that there is none", async ({ open }) => {
  const page = await open("issuer", "/issue?template=guest");
  await opened(page);
  await expect(inForce(page)).toHaveText(/^Guest/);
  await expect(page.getByLabel("Room ID")).toBeFocused();
  // A key that is asked for in vain is said, here too.
  await page.goto("/issue?template=guest&key=nobodys");
  await expect(page.getByText("That key is disabled here, or gone.")).toBeVisible();
  await expect(page.getByLabel("Expires in")).toHaveValue("1h");
  await page.goto("/issue?template=pirate");
  await expect(page.getByText("There is no such template.")).toBeVisible();
  for (const from of ["999999", "9999999999", "0", "x", "%00", "1&from=2"]) {
    await page.goto(`/issue?from=${from}`);
    await expect(page.getByText("There is no such token in the ledger.")).toBeVisible();
    await expect(inForce(page)).toHaveText(/^Participant/);
  }
});

test("5. the same again for the next participant takes one field and Enter, and widens nothing by being left empty", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/issue");
  await issue(page, wish);
  const before = ledger(desk.database).length;
  const next = page.getByRole("form", { name: "Same again" });
  // Whoever only passes by has done nothing wrong.
  await next.getByLabel("Participant ID").press("Tab");
  await expect(next.getByRole("button", { name: "Issue" })).toBeFocused();
  await expect(next.getByRole("alert")).toHaveCount(0);
  await next.getByLabel("Participant ID").press("Enter");
  await expect(next.getByRole("alert")).toHaveText("Enter the next participant ID.");
  await next.getByLabel("Participant ID").fill("two words");
  await next.getByLabel("Participant ID").press("Enter");
  await expect(next.getByRole("alert")).toContainText("white space, which VideoSDK refuses");
  expect(ledger(desk.database)).toHaveLength(before);
  await next.getByLabel("Participant ID").fill("second");
  await next.getByLabel("Participant ID").press("Enter");
  await expect(issuedToken(page)).toContainText(`No. ${before + 1}`);
  await expect(issuedToken(page)).toContainText("as participant second");
  // Nothing would take its place yet: nobody is asked about it.
  await page.getByRole("radio", { name: "Backend code" }).check();
  await next.getByLabel("Participant ID").fill("two words");
  await next.getByLabel("Participant ID").press("Enter");
  await expect(next.getByRole("alert")).toContainText("white space, which VideoSDK refuses");
  await expect(next.getByRole("alert"), "what is said, at the end of a long page").toBeInViewport({ ratio: 1 });
  await expect(next.getByLabel("Participant ID")).toBeFocused();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  // It was not copied: the next one would take its place.
  const asked = page.getByRole("dialog", { name: `Token No. ${before + 1} was not copied` });
  await next.getByLabel("Participant ID").fill("third");
  for (const stay of ["Stay", "Escape"]) {
    await next.getByLabel("Participant ID").press("Enter");
    await expect(asked.getByRole("button", { name: "Copy and leave" })).toBeFocused();
    if (stay === "Stay") await asked.getByRole("button", { name: stay }).click();
    else await page.keyboard.press(stay);
    await expect(asked).toBeHidden();
    await expect(next.getByLabel("Participant ID"), `the focus after ${stay}`).toBeFocused();
  }
  // Twice is once.
  await next.getByRole("button", { name: "Issue" }).dblclick();
  await asked.getByRole("button", { name: "Copy and leave" }).click();
  await expect(issuedToken(page)).toContainText(`No. ${before + 2}`);
  const [second, third] = ledger(desk.database).slice(-2);
  expect(JSON.parse(third?.claims ?? "{}")).toMatchObject({ participantId: "third", roomId: wish.roomId });
  expect([second, third].map((row) => row?.purpose)).toEqual([wish.purpose, wish.purpose]);
});

test("5b. what stands in the way of the same again is told with a remedy that the page has: the token would be lost by a reload", async ({
  open,
  desk,
}) => {
  const admin = await open("admin", "/templates/new");
  await admin.getByLabel("Name").fill("Reception");
  await admin.getByLabel("Note").fill("Greets visitors");
  await admin.getByRole("button", { name: "Save template" }).click();
  await expect(admin).toHaveURL(/\/templates$/);
  const page = await open("issuer", "/issue");
  await template(page, "Reception").click();
  await issue(page, { participantId: "first" });
  const before = ledger(desk.database).length;
  const next = page.getByRole("form", { name: "Same again" });
  const fills = JSON.stringify({ given: { permissions: ["ask_join"], roles: ["rtc"] }, ttlSeconds: 60 });
  for (const how of [`UPDATE Template SET fills = '${fills}', version = 2`, "DELETE FROM Template"]) {
    change(desk.database, how);
    await next.getByLabel("Participant ID").fill("second");
    await next.getByLabel("Participant ID").press("Enter");
    await expect(next.getByRole("alert")).toHaveText(
      "Its template is gone, or was changed meanwhile. Choose New form to change that.",
    );
    await next.getByLabel("Participant ID").fill("");
    await next.getByLabel("Participant ID").press("Enter");
    await expect(next.getByRole("alert")).toHaveText("Enter the next participant ID.");
  }
  await expect(issuedToken(page)).toContainText(`No. ${before}`);
  expect(ledger(desk.database)).toHaveLength(before);
});

test("5c. what a policy that was narrowed meanwhile refuses is told by its field, not of the template, and the form knows it from then on", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/issue");
  await template(page, "Participant").click();
  await issue(page, { participantId: "ann" });
  const before = ledger(desk.database).length;
  const next = page.getByRole("form", { name: "Same again" });
  const limits = page.getByRole("list", { name: "Limits of this key" }).getByRole("listitem");
  try {
    setPolicy(desk.database, "Staging", { issuer: { maxTtlSeconds: 1800, require: ["room"] } });
    await next.getByLabel("Participant ID").fill("bob");
    await next.getByLabel("Participant ID").press("Enter");
    await expect(next.getByRole("alert")).toHaveText(
      'Expires in: "Staging" allows at most 30 min. Choose a shorter lifetime. Room ID: "Staging" asks for this. Fill it in. Choose New form to change that.',
    );
    await expect(next.getByLabel("Participant ID")).toHaveValue("bob");
    await unfold(page);
    await expect(page.getByLabel("Participant ID")).toHaveValue("bob");
    await expect(limits).toHaveText(["up to 30 min", "Room ID required"]);
    await expect(page.getByText("required here")).toBeVisible();
    await expect(page.getByRole("button", { name: "1 h", exact: true })).toBeDisabled();
    await template(page, "Participant").click();
    await expect(page.getByLabel("Expires in")).toHaveValue("30 min");
    await compose(page, { roomId: "2kyv-gzay-64pg" });
    setPolicy(desk.database, "Staging", { issuer: { maxTtlSeconds: 600 } });
    await issueButton(page).click();
    await expect(messagesOf(page, "expiresIn").error).toHaveText(
      '"Staging" allows at most 10 min. Choose a shorter lifetime.',
    );
    await expect(page.getByLabel("Expires in")).toBeFocused();
    await expect(limits).toHaveText(["up to 10 min"]);
    await expect(messagesOf(page, "template").error).toHaveText("");
    expect(ledger(desk.database)).toHaveLength(before);
    await template(page, "Participant").click();
    await issueButton(page).click();
    await expect(issuedToken(page)).toContainText("10 min in all");
  } finally {
    setPolicy(desk.database, "Staging", {});
  }
});

test("6. what the key forbids is there, locked, and says why, also to the keyboard", async ({ open, desk }) => {
  setPolicy(desk.database, "Staging", {
    maxTtlSeconds: 86_400,
    permissions: ["allow_join", "ask_join"],
    roles: ["rtc"],
    require: ["room", "purpose"],
  });
  try {
    const page = await open("admin", "/issue");
    await opened(page);
    await expect(page.getByRole("list", { name: "Limits of this key" }).getByRole("listitem")).toHaveText([
      "up to 24 h",
      "Room ID required",
      "Join directly or Ask to join",
      "Meeting only",
      "Purpose required",
    ]);
    for (const [name, reason] of [
      ["Moderator", "This key: Join directly or Ask to join"],
      ["Server", "This key: Meeting only"],
    ] as const) {
      await expect(template(page, name)).toHaveAttribute("aria-disabled", "true");
      await expect(template(page, name)).toContainText(reason);
      await expect(template(page, name)).toHaveAccessibleDescription(new RegExp(reason));
      await template(page, name).focus();
      await page.keyboard.press("Enter");
      await expect(inForce(page)).toHaveText(/^Participant/);
    }
    await expect(permission(page, "allow_mod")).toBeDisabled();
    await expect(goodFor(page, ["crawler"])).toBeDisabled();
    await expect(goodFor(page, [])).toBeDisabled();
    await expect(page.getByRole("button", { name: "7 d" })).toBeDisabled();
    await expect(page.getByText("this key: up to 24 h")).toBeVisible();
    await expect(page.getByText("this key: Meeting only", { exact: true })).toBeVisible();
    // What is missing is no mistake before one has tried.
    await expect(page.getByText("required here")).toHaveCount(2);
    await expect(messagesOf(page, "roomId").error).toHaveText("");
    await expect(preview(page)).toContainText("what it permits appears once “Room ID” and “Purpose” are right.");
    // No claims are shown that nobody can sign; and one begins at the first that is missing.
    await expect(preview(page).locator(".claim")).toHaveCount(0);
    await page.reload();
    await expect(page.getByLabel("Room ID")).toBeFocused();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await expectAccessible(page, "issue, locked by the key's policy");
    await issueButton(page).click();
    await expect(messagesOf(page, "roomId").error).toHaveText('"Staging" asks for this. Fill it in.');
    await expect(messagesOf(page, "purpose").error).toHaveText('"Staging" asks for this. Fill it in.');
    await page.getByRole("link", { name: "Purpose" }).click();
    await expect(page.getByLabel("Purpose")).toBeFocused();
    await compose(page, { roomId: "2kyv-gzay-64pg", purpose: "Within its limits" });
    await issueButton(page).click();
    await expect(issuedToken(page)).toContainText("For: Within its limits");
  } finally {
    setPolicy(desk.database, "Staging", {});
  }
});

test("7. again from a token whose key is disabled, or forbids it by now, says so and promises nothing", async ({
  open,
  desk,
}) => {
  const page = await open("issuer", "/issue");
  await issue(page, wish);
  const { number } = ledger(desk.database).at(-1) ?? { number: 0 };
  setPolicy(desk.database, "Staging", { issuer: { permissions: ["allow_join"] } });
  try {
    await page.goto(`/issue?from=${number}`);
    await expect(told(page)).toContainText("“Staging” does not allow all of it now: change what is marked.");
    await expect(messagesOf(page, "permissions").error).toContainText('"Staging" does not allow Moderate (allow_mod).');
    await expect(preview(page)).toContainText("what it permits appears once “May” is right.");
    await expect(preview(page).locator(".claim")).toHaveCount(0);
    // What it has already can be given up.
    await expect(issueButton(page)).toBeEnabled();
    await permission(page, "allow_mod").uncheck();
    await expect(permission(page, "allow_mod")).toBeDisabled();
    await expect(messagesOf(page, "permissions").error).toHaveText("");
  } finally {
    setPolicy(desk.database, "Staging", {});
  }
  change(desk.database, "UPDATE SigningKey SET disabledAt = 1 WHERE label = 'Staging'");
  try {
    await page.goto(`/issue?from=${number}`);
    await expect(told(page)).toContainText("Its key, “Staging”, is disabled here: choose another one.");
    await expect(preview(page)).toContainText("Its key is disabled here: nothing can sign this.");
    await expect(preview(page)).not.toContainText("Whoever holds this token");
    await issueButton(page).click();
    await expect(messagesOf(page, "keyId").error).toContainText('"Staging" is disabled here.');
  } finally {
    change(desk.database, "UPDATE SigningKey SET disabledAt = NULL WHERE label = 'Staging'");
  }
});

test("8. all errors at once, each once, and no nonsense among them", async ({ open, desk }) => {
  const page = await open("issuer", "/issue");
  await compose(page, { permissions: ["ask_join", "allow_mod"], participantId: "a b", expiresIn: "1.5h" });
  await expect(preview(page)).toContainText("What it permits appears once its lifetime can be read.");
  await issueButton(page).click();
  await expect(messagesOf(page, "permissions").error).toContainText("VideoSDK refuses the combination");
  await expect(messagesOf(page, "participantId").error).toContainText("white space");
  await expect(messagesOf(page, "expiresIn").error).toContainText("Write whole numbers");
  await expect(page.getByText(/no time at all|milliseconds/)).toHaveCount(0);
  await expect(page.locator('[id$="-warning"]:not(:empty)')).toHaveCount(0);
  await expect(page.getByText("To change:")).toHaveText("To change: Participant ID, May, Expires in");
  await expect(page.getByLabel("Participant ID")).toBeFocused();
  expect(ledger(desk.database).some(({ claims }) => claims.includes('"a b"'))).toBe(false);
});

test("9. the longest room and participant stay in their columns, before and after", async ({ open }) => {
  const page = await open("issuer", "/issue");
  const [roomId, participantId] = ["r".repeat(128), `p${"-".repeat(127)}`];
  await compose(page, { roomId, participantId, expiresIn: "25h" });
  await expect(messagesOf(page, "roomId").warning).not.toHaveText("");
  // Ids stand there whole, and an end that is not today with its date.
  await expect(preview(page).locator("p").first()).toContainText(participantId);
  await expect(preview(page).locator('[data-path="payload.iat"]')).toContainText(/\d,?\d\d:\d\d /);
  await expect(preview(page).locator('[data-path="payload.exp"]')).toContainText(/\d \w{3}( \d{4})?, \d\d:\d\d /);
  const inside = async () => {
    for (const width of [1280, 1024, 768, 360]) {
      await page.setViewportSize({ width, height: 800 });
      const beyond = await page.evaluate(() => {
        const { clientWidth, scrollWidth } = document.documentElement;
        const out = [...document.querySelectorAll("main form, main .ticket-body, main fieldset, main p")]
          .filter((box) => box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflow === "visible")
          .map((box) => `${box.tagName}.${box.className}`);
        return { sideways: scrollWidth - clientWidth, out };
      });
      expect(beyond, `at ${width} px`).toEqual({ sideways: 0, out: [] });
      // The stub stands beside the body or below it, and its perforation between them.
      const edge = await page.locator(".ticket-card").evaluate((card) => {
        const [body, stub] = [...card.children] as [Element, Element];
        const beside = stub.getBoundingClientRect().left >= body.getBoundingClientRect().right - 1;
        const drawn = getComputedStyle(stub).borderTopStyle === "dashed" ? "above" : "beside";
        return { drawn, meant: beside ? "beside" : "above" };
      });
      expect([width, edge.drawn]).toEqual([width, edge.meant]);
      // The mark behind an id stands at its end, also where the id has lost its middle.
      const gaps = await page.locator(".ticket-id").evaluateAll((ids) => {
        const range = document.createRange();
        const box = (node: Node) => {
          range.selectNodeContents(node);
          return range.getBoundingClientRect();
        };
        return ids.flatMap(({ firstElementChild, lastChild }) => {
          const end = firstElementChild?.querySelector("bdi")?.lastChild;
          return end && lastChild instanceof Text ? [box(lastChild).left - box(end).right] : [];
        });
      });
      expect(gaps.length).toBeGreaterThan(0);
      expect(Math.max(...gaps), `a gap in front of a mark at ${width} px`).toBeLessThan(3);
    }
  };
  await inside();
  await issueButton(page).click();
  await expect(issuedToken(page)).toBeVisible();
  await inside();
});

test("10. the form opens with the key that the member used last", async ({ open }) => {
  const admin = await open("admin", "/keys");
  await addKey(admin, makeKeyPair("Second"));
  const page = await open("issuer", "/issue");
  await opened(page);
  const chosen = page.getByLabel("Signing key").locator("option:checked");
  await expect(chosen).toHaveText(/^Staging /);
  await page.getByLabel("Signing key").selectOption({ index: 1 });
  await issue(page, { roomId: "2kyv-gzay-64pg" });
  await page.goto("/issue");
  await expect(chosen).toHaveText(/^Second /);
  await expect(page.getByLabel("Signing key")).toHaveAccessibleDescription(/last used (\d+ s ago|now)/);
});

test("11. first token on an empty desk: at most eight clicks from the setup link", async ({ folder, start, visit }) => {
  const server = await start(folder);
  const page = await visit((await server.line(/^Create the first admin at /)).replace(/^.* /, ""));
  const hand = counting(page);
  // Fields are reached by Tab.
  await page.getByLabel("Name").fill(people.admin.name);
  await page.getByLabel("Email").fill(people.admin.email);
  await page.getByLabel("Password").fill(people.admin.password);
  await hand.click(page.getByRole("button", { name: "Create admin" }));
  await hand.click(page.getByRole("main").getByRole("link", { name: /add a key/i }));
  const key = makeKeyPair("Staging");
  await page.getByLabel("Label").fill(key.label);
  await page.getByLabel("API key").fill(key.apiKey);
  await page.getByLabel("Secret", { exact: true }).fill(key.secret);
  await hand.click(page.getByRole("button", { name: "Save key" }));
  await expect(page.getByRole("status").filter({ hasText: "“Staging” is saved" })).toBeVisible();
  await hand.click(page.getByRole("link", { name: "Issue", exact: true }));
  await opened(page);
  await page.getByLabel("Room ID").fill("2kyv-gzay-64pg");
  await hand.click(issueButton(page));
  await hand.click(issuedToken(page).getByRole("button", { name: "Copy token" }));
  await expect(issuedToken(page).getByText(/^Copied \d\d:\d\d/)).toBeVisible();
  expect(hand.count()).toBeLessThanOrEqual(8);
});

test("12. the ticket is the page: copying comes first, and the form comes back as it was", async ({ open }) => {
  const page = await open("issuer", "/issue");
  await compose(page, wish);
  await issueButton(page).click();
  await expect(issuedToken(page).getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(issueButton(page)).toHaveCount(0);
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 360, height: 740 },
  ]) {
    await page.setViewportSize(viewport);
    await expect(issuedToken(page).getByRole("button", { name: "Copy token" })).toBeInViewport({ ratio: 1 });
    // Its room stands on one line, to be copied whole.
    const room = issuedToken(page).getByTitle(wish.roomId ?? "", { exact: true });
    expect((await room.boundingBox())?.height).toBeLessThan(24);
    // The stub says how long, and the sentence is read without a hole.
    await expect(issuedToken(page).locator(".ticket-body")).not.toContainText("(in ");
    await expect(issuedToken(page).locator(".ticket-id").first()).toHaveCSS("padding-right", "0px");
    // Which shows itself to who is at the id.
    const copy = issuedToken(page)
      .getByRole("button", { name: `Copy ${wish.roomId}` })
      .locator("..")
      .locator("..");
    await page.mouse.move(0, 0);
    await expect(copy).toHaveCSS("opacity", "0");
    await room.hover();
    await expect(copy).toHaveCSS("opacity", "1");
    await page.mouse.move(0, 0);
    await copy.getByRole("button").focus();
    await expect(copy).toHaveCSS("opacity", "1");
    await copy.getByRole("button").blur();
  }
  await expectAccessible(page, "an issued token, not copied");
  await unfold(page);
  await expect(page.getByLabel("Purpose")).toHaveValue(wish.purpose ?? "");
  await expect(page.getByLabel("Purpose")).toBeFocused();
  await expect(permission(page, "allow_mod")).toBeChecked();
});
