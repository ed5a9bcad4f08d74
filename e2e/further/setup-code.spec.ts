/** The code of the setup link: who guesses it, and where the link leads. */
import { databaseIn, events, rows } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { people } from "../stage/people";
import { catchAction, send } from "../stage/server-action";

test("the setup action does not believe a wrong code, slows down who guesses, and keeps the right one open", async ({
  folder,
  start,
  visit,
  watch,
}) => {
  watch.allow(/ERR_FAILED/, "the page's own request is caught before it leaves");
  const server = await start(folder);
  const link = (await server.line(/^Create the first admin at /)).replace(/^.* /, "");
  const page = await visit(link);
  await page.route("**/setup*", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  const { name, email, password } = people.admin;
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  const action = await catchAction(page, () => page.getByRole("button", { name: "Create admin" }).click());
  await page.context().close();
  const [form] = action.arguments as [Record<string, string>];
  const messages: (string | undefined)[] = [];
  for (let guess = 0; guess < 9; guess++) {
    const answer = await send(action, { body: [{ ...form, code: `guess-number-${guess}-of-many` }] });
    messages.push(answer.result?.error?.message);
  }
  expect(messages.slice(0, 8)).toEqual(
    Array(8).fill("This setup link is not right. Open the one that the server printed at its start."),
  );
  expect(messages[8]).toMatch(/^Too many wrong setup codes came from here\. The right link opens all the same/);
  expect(rows(databaseIn(folder), "SELECT id FROM Member")).toEqual([]);
  for (let guess = 0; guess < 20; guess++)
    expect(await (await fetch(`${server.address}/setup?code=guess-${guess}`)).text()).toContain(
      "Too many wrong setup codes",
    );
  expect(events(databaseIn(folder)).map(({ action: what }) => what)).toEqual(["auth.setup_failed"]);

  const five = [1, 2, 3, 4, 5].map((each) => ({ ...form, email: `maya-${each}@example.com` }));
  const results = await Promise.all(five.map((each) => send(action, { body: [each] })));
  expect(results.filter(({ headers }) => headers.has("x-action-redirect"))).toHaveLength(1);
  expect(rows(databaseIn(folder), "SELECT id FROM Member")).toHaveLength(1);
});

test("where others reach the desk its setup link leads there, and nothing says that it opens on this machine alone", async ({
  folder,
  start,
}) => {
  const server = await start(folder, { PUBLIC_URL: "https://desk.example.com" });
  await server.line(/^Create the first admin at https:\/\/desk\.example\.com\/setup\?code=\S{22}$/);
  // All of it is printed by then.
  await server.stop();
  expect(server.text).not.toContain("Only this machine");
});
