/** Who may what: every role, and nobody, against every page and every server action, also called directly, with a broken session, and from a foreign origin. */
import type { Page } from "@playwright/test";
import { change, events, rows } from "./stage/database";
import { tokenField } from "./stage/decoder";
import { cookieHeader, type Desk } from "./stage/desk";
import { expect, test } from "./stage/fixtures";
import { compose, issueButton, issuedToken } from "./stage/issue-form";
import { claimsOf, makeToken } from "./stage/make-token";
import { people, type Role, signIn, signOut } from "./stage/people";
import { type ActionRequest, catchAction, send } from "./stage/server-action";
import { addKey, makeKeyPair, openKey, tryToAddKey } from "./stage/signing-keys";
import { tryToInvite } from "./stage/team";

const everyone: Role[] = ["admin", "issuer", "auditor"];

const pages: { path: string; heading: string; issuers?: string; offers?: { role: Role[]; button: string } }[] = [
  { path: "/", heading: "Overview", offers: { role: ["admin", "issuer"], button: "Issue a token" } },
  { path: "/issue", heading: "Issue a token", offers: { role: ["admin", "issuer"], button: "Issue token" } },
  { path: "/decode", heading: "Decode a token" },
  { path: "/decode/compare", heading: "Compare two tokens" },
  { path: "/audit", heading: "Audit" },
  { path: "/audit/1", heading: "Maya Lind created the first admin", issuers: "This event is another's" },
  { path: "/keys", heading: "Keys", offers: { role: ["admin"], button: "Add key" } },
  { path: "/team", heading: "Team", offers: { role: ["admin"], button: "Invite" } },
  { path: "/me", heading: "Me" },
];

for (const role of everyone) {
  test(`the ${role} sees every page, and on it what the role may do`, async ({ open }) => {
    const page = await open(role, "/");
    for (const { path, heading, issuers, offers } of pages) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(
        role === "issuer" ? (issuers ?? heading) : heading,
      );
      await expect(page.locator(".account-button")).toContainText(role);
      if (!offers) continue;
      const offered = page
        .getByRole("button", { name: offers.button })
        .or(page.getByRole("main").getByRole("link", { name: offers.button }));
      await expect(offered).toHaveCount(offers.role.includes(role) ? 1 : 0);
    }
    for (const path of ["/sign-in", "/setup"]) {
      await page.goto(path);
      await expect(page).toHaveURL(/\/$/);
    }
  });
}

test("nobody sees no page but the sign-in, and nothing of what is on the others", async ({ desk }) => {
  const cookies = ["", "claimcheck=forged", `claimcheck=${"A".repeat(400)}`];
  for (const { path } of pages) {
    for (const cookie of cookies) {
      const requests: Record<string, string>[] = [{}, { rsc: "1" }, { rsc: "1", "next-router-prefetch": "1" }];
      for (const request of requests) {
        const response = await fetch(desk.address + path, { headers: { cookie, ...request } });
        const text = await response.text();
        // A prefetch tells the names of a route's segments, which are in the scripts too, and renders nothing.
        if (!request["next-router-prefetch"]) expect(`${response.url} ${text}`).toContain("/sign-in");
        for (const inner of ["Maya Lind", desk.key.apiKey, "Staging"]) expect(text).not.toContain(inner);
      }
    }
  }
});

type Verb = { may: Role[]; verb?: string; catch: (page: Page, desk: Desk) => Promise<ActionRequest> };

const actions: Record<string, Verb> = {
  issue: {
    may: ["admin", "issuer"],
    verb: "token.issue",
    catch: async (page) => {
      await page.goto("/issue");
      await compose(page, {});
      const action = await catchAction(page, () => issueButton(page).click());
      await expect(issuedToken(page)).toBeVisible();
      return { ...action, arguments: [{ ...(action.arguments[0] as object), jti: crypto.randomUUID() }] };
    },
  },
  "add a key": {
    may: ["admin"],
    verb: "key.create",
    catch: async (page) => {
      await page.goto("/keys");
      const action = await catchAction(page, () => tryToAddKey(page, makeKeyPair("Caught")));
      await expect(page.getByText("is saved")).toBeVisible();
      const { label, apiKey, secret } = makeKeyPair("Sent again");
      return { ...action, arguments: [{ profile: "videosdk", label, apiKey, secret, maxLifetime: "" }] };
    },
  },
  "disable a key": {
    may: ["admin"],
    verb: "key.set_status",
    catch: async (page) => {
      await page.goto("/keys");
      await addKey(page, makeKeyPair("Switched"));
      await openKey(page, "Switched");
      await page.getByRole("button", { name: "Disable… Switched" }).click();
      const action = await catchAction(page, () => page.getByRole("button", { name: "Disable key" }).click());
      await expect(page.getByRole("button", { name: "Enable… Switched" })).toBeVisible();
      return { ...action, arguments: [{ ...(action.arguments[0] as object), disabled: false }] };
    },
  },
  "change a key": {
    may: ["admin"],
    verb: "key.change",
    catch: async (page) => {
      await page.goto("/keys");
      await addKey(page, makeKeyPair("Changed"));
      await openKey(page, "Changed");
      const answer = page.getByRole("button", { name: "No, only this desk" });
      const action = await catchAction(page, () => answer.click());
      await expect(answer).toHaveAttribute("aria-pressed", "true");
      return { ...action, arguments: [{ ...(action.arguments[0] as object), signsElsewhere: "yes" }] };
    },
  },
  invite: {
    may: ["admin"],
    verb: "team.manage",
    catch: async (page) => {
      await page.goto("/team");
      return catchAction(page, () => tryToInvite(page, "noor@example.com"));
    },
  },
  inspect: {
    may: everyone,
    catch: async (page, desk) => {
      await page.goto("/decode");
      const token = makeToken(claimsOf(desk.key.apiKey), desk.key.secret);
      return catchAction(page, () => tokenField(page).fill(token));
    },
  },
  "look tokens up": {
    may: everyone,
    catch: async (page, desk) => {
      await page.goto("/decode");
      const several = [1, 2].map(() => makeToken(claimsOf(desk.key.apiKey), desk.key.secret)).join("\n\n");
      return catchAction(page, () => tokenField(page).fill(several));
    },
  },
};

/** All that an action could have changed. */
function state(desk: Desk): unknown {
  return ["Member", "SigningKey", "SecretVersion", "IssuedToken", "Invitation", "AuditEvent", "Counter"].map((table) =>
    rows(desk.database, `SELECT * FROM "${table}"`),
  );
}

for (const [name, { may, verb, catch: catchIt }] of Object.entries(actions)) {
  test(`the action "${name}" is for ${may.join(" and ")} alone, however it is called`, async ({ open, desk }) => {
    const page = await open("admin", "/");
    const action = await catchIt(page, desk);
    await page.waitForLoadState("networkidle");

    const before = state(desk);
    for (const cookie of [undefined, "claimcheck=forged", desk.cookieOf("admin").slice(0, -4)]) {
      const { result } = await send(action, { cookie });
      expect(result?.error?.code).toBe("unauthenticated");
    }
    const foreign: Record<string, string>[] = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
    ];
    for (const headers of foreign) {
      const answer = await send(action, { cookie: desk.cookieOf("admin"), headers });
      expect(answer.status).toBe(403);
      expect(answer.result).toBeUndefined();
    }
    expect(state(desk)).toEqual(before);

    for (const role of everyone.filter((each) => !may.includes(each))) {
      const { result } = await send(action, { cookie: desk.cookieOf(role) });
      expect(result?.error).toMatchObject({
        code: "forbidden",
        message: expect.stringContaining(`Your role, ${role}, may not do this`),
      });
      const last = events(desk.database).at(-1);
      expect(last).toMatchObject({
        action: "access.denied",
        outcome: "denied",
        actorName: people[role].name,
        detail: JSON.stringify({ role, verb }),
      });
    }
    expect(rows(desk.database, "SELECT * FROM SigningKey")).toEqual((before as unknown[][])[1]);
    expect(rows(desk.database, "SELECT * FROM IssuedToken")).toEqual((before as unknown[][])[3]);
    for (const role of may) {
      const [form] = action.arguments as [object];
      const body =
        "jti" in form
          ? [{ ...form, jti: crypto.randomUUID() }]
          : "apiKey" in form
            ? [{ ...form, ...makeKeyPair("Another") }]
            : [form];
      expect((await send(action, { cookie: desk.cookieOf(role), body })).result).toMatchObject({ ok: true });
    }
  });
}

test("a denied attempt stands in the audit log, where an auditor finds it", async ({ open, desk }) => {
  const admin = await open("admin", "/issue");
  await compose(admin, {});
  const action = await catchAction(admin, () => issueButton(admin).click());
  await send(action, { cookie: desk.cookieOf("auditor") });
  const page = await open("auditor", "/audit?action=access.denied");
  const row = page.getByRole("table").locator("tbody tr").first();
  await expect(row).toContainText("Ada OkaforDeniedTried to issue a token, as auditorrefused");
});

test("signing out is for whoever is signed in, and a foreign origin signs nobody out", async ({ open, desk }) => {
  const page = await open("nobody", "/sign-in");
  await signIn(page, people.issuer);
  const cookie = cookieHeader(await page.context().storageState());
  let caught: ActionRequest | undefined;
  await page.route("**/*", async (route) => {
    if (route.request().headers()["next-action"] && !caught)
      return route.fulfill({
        status: 200,
        contentType: "text/x-component",
        body: '0:{"a":"$@1"}\n1:{"ok":false,"error":{"code":"internal","message":"Held back"}}\n',
      });
    return route.continue();
  });
  caught = await catchAction(page, () => signOut(page));
  const stillIn = async () =>
    (await fetch(`${desk.address}/keys`, { redirect: "manual", headers: { cookie } })).status === 200;
  await send(caught, { cookie, headers: { origin: "https://evil.example" } });
  expect(await stillIn()).toBe(true);
  await send(caught, {});
  expect(await stillIn()).toBe(true);
  await send(caught, { cookie });
  expect(await stillIn()).toBe(false);
});

test("a changed role acts at once", async ({ open, desk }) => {
  const page = await open("issuer", "/issue");
  await compose(page, { purpose: "as an issuer" });
  const set = (role: Role) =>
    change(desk.database, "UPDATE Member SET role = ? WHERE email = ?", role, people.issuer.email);
  set("auditor");
  try {
    await issueButton(page).click();
    await expect(page.getByRole("alert").filter({ hasText: "Your role, auditor, may not do this" })).toBeVisible();
    await expect(page.getByLabel("Purpose")).toHaveValue("as an issuer");
    await page.reload();
    await expect(page.getByText("As auditor you read everything and issue nothing")).toBeVisible();
  } finally {
    set("issuer");
  }
});
