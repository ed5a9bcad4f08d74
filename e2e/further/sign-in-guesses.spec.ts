/** Who guesses passwords, or says where they come from and where they want to go, gets nowhere, and keeps nobody out. */
import { events } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { accountButton, people, signIn, tryToSignIn } from "../stage/people";
import { catchAction, send } from "../stage/server-action";

test("guessing one account is slowed down, and the message says until when", async ({ open, desk }) => {
  const page = await open("nobody", "/sign-in");
  const email = "guessed@example.com";
  for (let attempt = 1; attempt <= 8; attempt++) {
    const answer = page.waitForResponse((response) => response.request().method() === "POST");
    await tryToSignIn(page, { email, password: `guess number ${attempt}` });
    await answer;
    await expect(page.getByText("Email or password is wrong.")).toBeVisible();
  }
  await tryToSignIn(page, { email, password: "guess number 9" });
  await expect(page.getByText(/Too many attempts\. Try again in 1[45] min\./)).toBeVisible();
  await tryToSignIn(page, { email, password: "guess number 10" });
  await expect(page.getByText(/Too many attempts\. Try again in 1[45] min\./)).toBeVisible();
  // Recorded once a minute, not once for each guess; that none is forgotten shows once the server has ended.
  await desk.server.stop();
  await desk.start();
  const told = events(desk.database, "auth.sign_in_failed")
    .map(({ detail }) => JSON.parse(detail) as { email?: string; reason: string; attempts?: number })
    .filter((detail) => detail.email === email);
  const attempts = (reason: string) =>
    told.filter((detail) => detail.reason === reason).reduce((sum, detail) => sum + (detail.attempts ?? 1), 0);
  expect([attempts("wrong email or password"), attempts("throttled")]).toEqual([8, 2]);
  expect(told.length).toBeLessThan(9);

  await tryToSignIn(page, people.issuer);
  await expect(accountButton(page)).toBeVisible();
});

test("a client cannot say itself where it came from, and a token is not taken along", async ({ desk }) => {
  const to = async (path: string) => {
    const headers = { "x-claimcheck-path": "/forged" };
    const response = await fetch(desk.address + path, { headers, redirect: "manual" });
    return `${response.headers.get("location")} ${await response.text()}`;
  };
  expect(await to("/keys")).toContain("next=%2Fkeys");
  expect(await to("/keys")).not.toContain("forged");
  expect((await to("/audit?jti=eyJhbGciOiJIUzI1NiJ9.e30.c2ln")).split(" ")[0]).toBe("/sign-in?next=%2Faudit");
});

test("after signing in, one stays on this desk, whatever the link says", async ({ open, desk }) => {
  test.slow();
  for (const next of [
    "/\t/elsewhere.example",
    "/\n/elsewhere.example",
    "/.//elsewhere.example",
    "/\\elsewhere.example",
    "//elsewhere.example",
    "https://elsewhere.example",
    "javascript:alert(1)",
  ]) {
    const page = await open("nobody", `/sign-in?next=${encodeURIComponent(next)}`);
    await signIn(page, people.auditor);
    await expect(page, JSON.stringify(next)).toHaveURL(`${desk.address}/`);
    await page.context().close();
  }
});

test("the action trusts no address that its page did not make", async ({ open, desk }) => {
  const page = await open("nobody", "/sign-in");
  const action = await catchAction(page, () => tryToSignIn(page, { email: "a@example.com", password: "a guess" }));
  const { email, password } = people.auditor;
  const answers: [next: unknown, to: string][] = [
    ["/keys", "/keys"],
    ["/😀", "/%F0%9F%98%80"],
    ["/a\r\nset-cookie: x=y", "/"],
    ["/\t/elsewhere.example", "/"],
    ["/..//elsewhere.example", "/"],
    ["\\\\elsewhere.example", "/"],
    [{ toString: "/keys" }, "/"],
    [null, "/"],
  ];
  for (const [next, to] of answers) {
    const answer = await send(action, { body: [next, { email, password }] });
    expect(answer.headers.get("x-action-redirect")?.split(";")[0], JSON.stringify(next)).toBe(to);
  }
  expect(desk.output.filter(({ text }) => text.includes("Invalid character"))).toEqual([]);
});

test("guesses from elsewhere do not keep the owner's browser out, also after a restart; a forged mark is worth nothing", async ({
  open,
  desk,
}) => {
  const page = await open("nobody", "/sign-in");
  await signIn(page, people.issuer);
  const mark = (await page.context().cookies()).find(({ name }) => name === "device-claimcheck");
  expect(mark).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/" });
  const other = await open("nobody", "/sign-in");
  const action = await catchAction(other, () => tryToSignIn(other, { email: "a@example.com", password: "a guess" }));
  const attempt = async (password: string, device?: string) => {
    const cookie = device === undefined ? {} : { cookie: `device-claimcheck=${device}` };
    const answer = await send(action, { ...cookie, body: ["/", { email: people.issuer.email, password }] });
    return answer.headers.has("x-action-redirect") ? "in" : answer.result?.error?.code;
  };
  const answers = await Promise.all(Array.from({ length: 60 }, () => attempt("a wrong password")));
  expect(answers.filter((answer) => answer === "unauthenticated")).toHaveLength(8);
  expect(answers.filter((answer) => answer === "throttled")).toHaveLength(52);
  await desk.server.stop();
  await desk.start();
  const { password } = people.issuer;
  expect(await attempt(password)).toBe("throttled");
  expect(await attempt(password, `${mark?.value}x`)).toBe("throttled");
  expect(await attempt(password, mark?.value)).toBe("in");
});
