/** Whose address counts: the socket's, whatever a client says of itself; what a trusted proxy says, if there is one. */

import { events } from "../stage/database";
import type { Desk } from "../stage/desk";
import { expect, test } from "../stage/fixtures";
import { people, tryToSignIn } from "../stage/people";
import { type ActionRequest, catchAction, send } from "../stage/server-action";

/** As in lib/limits.ts. */
const ATTEMPTS_PER_ADDRESS = 40;
const ATTEMPTS_AT_ACCOUNT = 8;

/** Tries to sign in, as somebody new unless it is said as whom. @returns the message */
async function guess(
  action: ActionRequest,
  headers: Record<string, string>,
  email = `${crypto.randomUUID()}@example.com`,
): Promise<string | undefined> {
  const form = { email, password: "a guess" };
  const answer = await send(action, { headers, body: [action.arguments[0], form] });
  return answer.result?.error?.message;
}

const addresses = (desk: Desk) => events(desk.database, "auth.sign_in_failed").map(({ address }) => address);

test.describe("without a proxy", () => {
  test("a forged X-Forwarded-For changes neither the record nor the throttle", async ({ open, desk }) => {
    const page = await open("nobody", "/sign-in");
    const action = await catchAction(page, () => tryToSignIn(page, { email: "a@example.com", password: "a guess" }));
    await expect(page.getByText("Email or password is wrong.")).toBeVisible();
    const forged = (attempt: number) => ({
      "x-forwarded-for": `203.0.113.${attempt}`,
      "x-real-ip": `203.0.113.${attempt}`,
      forwarded: `for=203.0.113.${attempt}`,
      "x-claimcheck-address": `203.0.113.${attempt}`,
    });
    const messages: (string | undefined)[] = [];
    for (let attempt = 1; attempt <= ATTEMPTS_PER_ADDRESS; attempt++)
      messages.push(await guess(action, forged(attempt)));
    expect(new Set(messages.slice(0, 30))).toEqual(new Set(["Email or password is wrong."]));
    // The window began when the desk's members signed in.
    expect(messages.at(-1)).toMatch(/^Too many attempts\. Try again in \d+ min\.$/);
    expect(new Set(addresses(desk))).toEqual(new Set(["127.0.0.1"]));
  });
});

test.describe("behind a trusted proxy", () => {
  test.use({ deskSettings: { TRUSTED_PROXIES: "127.0.0.1, 10.0.0.0/8" } });

  test("the address that the proxy names is recorded and throttled", async ({ open, desk }) => {
    const page = await open("nobody", "/sign-in", { extraHTTPHeaders: { "x-forwarded-for": "198.51.100.1" } });
    const action = await catchAction(page, () => tryToSignIn(page, { email: "a@example.com", password: "a guess" }));
    await expect(page.getByText("Email or password is wrong.")).toBeVisible();
    expect(addresses(desk)).toEqual(["198.51.100.1"]);

    // What the client itself put in front of the proxy's word is not believed.
    await guess(action, { "x-forwarded-for": "203.0.113.9, 198.51.100.2, 10.1.2.3" });
    expect(addresses(desk).at(-1)).toBe("198.51.100.2");

    // Next asks this server itself for the page that signing in leads to: here one that is not for an issuer.
    const { email, password } = people.issuer;
    const body = ["/audit/1", { email, password }];
    await send(action, { headers: { "x-forwarded-for": "198.51.100.5" }, body });
    expect(events(desk.database, "access.denied").map(({ address }) => address)).toEqual(["198.51.100.5"]);
    // An action that is sent to another page than its own Next would send on to this server, as from its address.
    const elsewhere = { ...action, url: `${desk.address}/join` };
    expect((await send(elsewhere, { headers: { "x-forwarded-for": "198.51.100.6" } })).status).toBe(409);
    expect(addresses(desk)).not.toContain("127.0.0.1");

    for (let attempt = 1; attempt <= ATTEMPTS_PER_ADDRESS; attempt++)
      expect(await guess(action, { "x-forwarded-for": "198.51.100.3" })).toBe("Email or password is wrong.");
    expect(await guess(action, { "x-forwarded-for": "198.51.100.3" })).toMatch(/^Too many attempts/);
    expect(await guess(action, { "x-forwarded-for": "198.51.100.4" })).toBe("Email or password is wrong.");

    // Whoever has one IPv6 address has the whole /64.
    const from = (address: string) => guess(action, { "x-forwarded-for": address }, "b@example.com");
    for (let attempt = 1; attempt <= ATTEMPTS_AT_ACCOUNT; attempt++)
      expect(await from(`2001:db8:7:1:${attempt}::${attempt}`)).toBe("Email or password is wrong.");
    expect(await from("2001:db8:7:1:ffff::1")).toMatch(/^Too many attempts/);
    expect(await from("2001:db8:7:2::1")).toBe("Email or password is wrong.");
  });
});
