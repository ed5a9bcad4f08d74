/** What the server tells browsers: run no script but ours, frame nothing, sniff nothing, refer to nobody; over https also cookies and TLS that hold. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "../stage/fixtures";
import { compose, issueButton, issuedToken } from "../stage/issue-form";
import { people, tryToSignIn } from "../stage/people";
import { catchAction, send } from "../stage/server-action";

/** Directive → its values. */
function policyOf(headers: Headers): Record<string, string[]> {
  const directives = (headers.get("content-security-policy") ?? "").split(";").map((part) => part.trim().split(/\s+/));
  return Object.fromEntries(directives.map(([name = "", ...values]) => [name, values]));
}

function expectPagePolicy(policy: Record<string, string[]>): void {
  expect(policy["default-src"]).toEqual(["'none'"]);
  expect(policy["script-src"]?.join(" ")).toMatch(/^'self' 'nonce-[\w+/=]{24}'$/);
  expect(JSON.stringify(policy)).not.toMatch(/unsafe-(inline|eval|hashes)|\*|https?:/);
  expect(policy["frame-ancestors"]).toEqual(["'none'"]);
  expect(policy["base-uri"]).toEqual(["'none'"]);
  expect(policy["form-action"]).toEqual(["'self'"]);
  expect(policy["connect-src"]).toEqual(["'self'"]);
}

/** @param answers whom: a page's policy lets its own scripts run, a program's problem lets nothing be made of it */
function expectHeaders(headers: Headers, answers: "browser" | "program" = "browser"): void {
  const policy = policyOf(headers);
  if (answers === "browser") expectPagePolicy(policy);
  else expect(policy).toEqual({ "default-src": ["'none'"], "frame-ancestors": ["'none'"] });
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect(headers.get("x-frame-options")).toBe("DENY");
  expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
  expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
  expect(headers.get("permissions-policy")).toBe("camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  expect(headers.get("x-powered-by")).toBeNull();
}

test("every answer carries the headers, whatever was asked for", async ({ desk, open }) => {
  const page = await open("issuer", "/issue");
  await compose(page, {});
  const action = await catchAction(page, () => issueButton(page).click());
  await expect(issuedToken(page)).toBeVisible();
  const script = await page.evaluate(() => document.querySelector("script[src]")?.getAttribute("src"));
  for (const path of ["/sign-in", "/", "/nonsense", "/icon.svg", script ?? "/no-script", "/api"]) {
    const response = await fetch(desk.address + path, { redirect: "manual" });
    expectHeaders(response.headers);
    expect(response.headers.get("strict-transport-security")).toBeNull();
  }
  for (const path of ["/api/auth/session", "/api/v1/keys", "/t/none/get-token"]) {
    const response = await fetch(desk.address + path);
    expectHeaders(response.headers, "program");
    expect(response.headers.get("cache-control")).toContain("no-store");
  }
  const answer = await send(action);
  expectHeaders(answer.headers);
  expect(answer.headers.get("cache-control")).toContain("no-store");
  for (const path of ["/sign-in", "/issue"]) {
    const response = await fetch(desk.address + path, { redirect: "manual" });
    expect(response.headers.get("cache-control")).toContain("no-store");
  }
});

test("each answer has a nonce of its own, which all its scripts bear", async ({ desk }) => {
  const nonces: (string | undefined)[] = [];
  for (let answer = 0; answer < 3; answer++) {
    const response = await fetch(`${desk.address}/sign-in`);
    const nonce = /'nonce-([^']+)'/.exec(response.headers.get("content-security-policy") ?? "")?.[1];
    const scripts = (await response.text()).match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
    nonces.push(nonce);
  }
  expect(new Set(nonces).size).toBe(3);
});

test("a script that was smuggled in does not run", async ({ open, watch }) => {
  watch.allow(/Content Security Policy/i, "scripts without the nonce");
  const page = await open("admin", "/keys");
  await page.evaluate(() => {
    const inline = document.createElement("div");
    inline.innerHTML = `<img src="/none.png" onerror="document.title = 'run'"><a href="javascript:document.title='run'">x</a>`;
    document.body.append(inline);
    document.write = () => {};
    const script = `<script>document.title = "run"</` + "script>";
    document.body.append(document.createRange().createContextualFragment(script));
    inline.querySelector("a")?.click();
  });
  await expect.poll(() => page.evaluate(() => document.querySelector("img[src='/none.png']") !== null)).toBe(true);
  await page.waitForLoadState("networkidle");
  await expect(page).toHaveTitle(/Keys/);
  watch.allow(/404/, "the picture that does not exist");
});

test("no other site can frame the desk", async ({ desk, visit, watch }) => {
  watch.allow(/frame-ancestors|X-Frame-Options|refused to connect|ERR_BLOCKED_BY_RESPONSE/i, "a frame is tried");
  const other = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end(
      `<!doctype html><title>Other</title><link rel="icon" href="data:,"><iframe src="${desk.address}/sign-in"></iframe>`,
    );
  });
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const page = await visit(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
  await expect(page.frameLocator("iframe").getByLabel("Email")).toHaveCount(0);
  expect(
    page
      .frames()
      .map((frame) => frame.url())
      .filter((url) => url.startsWith(desk.address)),
  ).toEqual([]);
  other.close();
  other.closeAllConnections();
});

test("over plain http the cookie is HttpOnly and SameSite, and no script can read it", async ({ open }) => {
  const page = await open("admin", "/");
  const cookie = (await page.context().cookies()).find(({ name }) => name === "claimcheck");
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", secure: false, path: "/" });
  expect(await page.evaluate(() => document.cookie)).not.toContain("claimcheck");
});

test("behind https: HSTS, a __Host- cookie, and only the public origin may act", async ({ open, desk }) => {
  const page = await open("nobody", "/sign-in");
  const action = await catchAction(page, () =>
    tryToSignIn(page, { email: people.issuer.email, password: "not this one" }),
  );
  await expect(page.getByText("Email or password is wrong.")).toBeVisible();
  await page.context().close();
  await desk.server.stop();
  const origin = "https://desk.example.com";
  await desk.start({ PUBLIC_URL: origin });

  const body = [action.arguments[0], { email: people.issuer.email, password: people.issuer.password }];
  const answer = await send(action, { body, headers: { origin } });
  expect(answer.headers.get("strict-transport-security")).toMatch(/^max-age=\d{8,}; includeSubDomains$/);
  expectHeaders(answer.headers);
  const [cookie = ""] = answer.headers.getSetCookie().filter((text) => text.startsWith("__Host-claimcheck="));
  expect(cookie).toMatch(/; Path=\/(;|$)/i);
  for (const attribute of [/; HttpOnly/i, /; Secure/i, /; SameSite=Lax/i]) expect(cookie).toMatch(attribute);
  expect(cookie).not.toMatch(/; Domain=/i);
  for (const other of answer.headers.getSetCookie()) expect(other).toMatch(/; Secure/i);

  const [session = ""] = cookie.split(";");
  const inside = await fetch(desk.address, { redirect: "manual", headers: { cookie: session } });
  expect(inside.status).toBe(200);
  expect(await inside.text()).toContain(people.issuer.name);
  // The cookie's name over http is worth nothing here.
  const plain = session.replace("__Host-claimcheck", "claimcheck");
  expect((await fetch(desk.address, { redirect: "manual", headers: { cookie: plain } })).status).toBe(307);
  expect((await send(action, { body })).status).toBe(403);

  await desk.server.stop();
  await desk.start();
});
