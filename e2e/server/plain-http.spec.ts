/** The desk at an address of this machine that browsers don't trust: it says so before a password is typed, what does not work says why, and the rest works. */
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { expectAccessible } from "../stage/accessible";
import { expectVerdict, paste } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { issue } from "../stage/issue-form";
import { freePort } from "../stage/nginx";
import { people, signIn } from "../stage/people";

const lan = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === "IPv4" && !internal)?.address;

test.use({ deskSettings: { HOST: "0.0.0.0" } });

test("over plain http a bar says what does not work, and how to mend it", async ({ desk, open, visit }) => {
  test.skip(lan === undefined, "This machine has no address but its own loopback.");
  const page = await visit(`http://${lan}:${new URL(desk.address).port}/sign-in`);
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  const bar = page.getByRole("complementary", { name: "This address is not encrypted" });
  await expect(bar).toContainText("can read passwords, secrets and tokens on their way");
  await signIn(page, people.issuer);
  // Where the sign-in leads the desk has asked for itself, at an address of its own that is trusted.
  await expect(bar).toBeVisible();

  await page.goto("/issue");
  const token = await issue(page);
  await page.getByRole("button", { name: "Copy token" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Copied" })).toBeAttached();

  await page.goto("/decode");
  await expect(page.getByRole("button", { name: "Compare" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Paste", exact: true })).toBeHidden();
  await paste(page, token);
  await expectVerdict(page, "Valid, and issued here as No. 1");
  await bar.getByText("What does not work here, and what to do").click();
  for (const words of ["press Ctrl+V", "a secret of your own", "no token is handed over", "PUBLIC_URL"])
    await expect(bar).toContainText(words);
  await expectAccessible(page, "the decoder over plain http");

  const trusted = await open("issuer", "/decode");
  await expect(trusted.getByRole("button", { name: "Paste", exact: true })).toBeVisible();
  await expect(trusted.getByText("This address is not encrypted")).toHaveCount(0);
});

test("passing by the proxy over plain http, one is told before a password is typed, and led to the desk's address", async ({
  desks,
  folder,
  start,
  visit,
  watch,
}) => {
  test.skip(lan === undefined, "This machine has no address but its own loopback.");
  watch.allow(/Cross-Origin-Opener-Policy header has been ignored/, "a header for https, at an address without");
  const home = join(folder, "desk");
  desks.prepared.copyTo(home);
  const [port, PUBLIC_URL] = [await freePort(), "https://desk.example.com"];
  await start(home, { HOST: "0.0.0.0", PORT: `${port}`, PUBLIC_URL });
  const page = await visit(`http://${lan}:${port}/sign-in`);
  const bar = page.getByRole("complementary", { name: "This address is not encrypted" });
  await expect(bar).toContainText("can read what you type");
  await expect(bar.getByRole("link", { name: PUBLIC_URL })).toHaveAttribute("href", PUBLIC_URL);
  await expectAccessible(page, "signing in beside the proxy");
  // Where the browser trusts the address there is nothing to tell.
  await page.goto(`http://localhost:${port}/sign-in`);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeEnabled();
  await expect(bar).toHaveCount(0);
});
