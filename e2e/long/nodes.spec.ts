/** README's two commands on each Node that it names, from a clean clone; then the main job, and two minutes of issuing and decoding in which nothing aborts. On 22 and 24 no compiler is in reach. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { Checkout, fetchNode, ownNode, type Toolchain } from "../stage/checkout";
import { expectVerdict, tokenField, verdict } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { compose, issue, issueButton, issuedToken } from "../stage/issue-form";
import { createAdmin, people } from "../stage/people";
import { catchAction, send } from "../stage/server-action";
import { addKey, makeKeyPair } from "../stage/signing-keys";

const BUSY_MS = 120_000;
/** Below what one member may inspect in a minute. */
const BETWEEN_INSPECTIONS_MS = 1_000;

const nodes: { name: string; compiler: boolean; toolchain: (folder: string) => Toolchain }[] = [
  { name: "the Node that runs this", compiler: true, toolchain: ownNode },
  { name: "Node 22 and npm 10", compiler: false, toolchain: (folder) => fetchNode(folder, 22, 10) },
  { name: "Node 24 and npm 11", compiler: false, toolchain: (folder) => fetchNode(folder, 24, 11) },
];

async function cookieOf(page: Page): Promise<string> {
  return (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
}

for (const { name, compiler, toolchain } of nodes) {
  test(`${name}: from a clone to a decoded token, and two minutes of work`, async ({ folder, visit, watch }) => {
    const checkout = new Checkout(toolchain(join(folder, "node")), { compiler });
    try {
      watch.server(checkout.output);
      checkout.run("npm", "ci");
      const { address, setup } = await checkout.start();

      const page = await visit(setup);
      await createAdmin(page, people.admin);
      await page.goto(`${address}/keys`);
      await addKey(page, makeKeyPair("Staging"));
      await page.goto(`${address}/issue`);
      const token = await issue(page, { purpose: "The first" });
      await page.goto(`${address}/audit`);
      await expect(page.getByRole("row", { name: /issued a token/ })).toContainText("No. 1");
      await page.goto(`${address}/decode`);
      const inspection = await catchAction(page, () => tokenField(page).fill(token));
      await expectVerdict(page, "Valid, and issued here as No. 1");
      await expect(verdict(page)).toBeVisible();

      await page.goto(`${address}/issue`);
      await compose(page, { purpose: "Two minutes" });
      const issuing = await catchAction(page, () => issueButton(page).click());
      await expect(issuedToken(page)).toBeVisible();
      const cookie = await cookieOf(page);
      const [form] = issuing.arguments as [Record<string, unknown>];

      const end = Date.now() + BUSY_MS;
      const count = { issued: 0, inspected: 0 };
      const whileBusy = async (work: () => Promise<void>) => {
        while (Date.now() < end) {
          expect(checkout.left, checkout.text).toBeUndefined();
          await work();
        }
      };
      const issueOne = () =>
        whileBusy(async () => {
          const { result } = await send(issuing, { cookie, body: [{ ...form, jti: crypto.randomUUID() }] });
          expect(result, checkout.text).toMatchObject({ ok: true });
          count.issued++;
        });
      const inspectOne = () =>
        whileBusy(async () => {
          const { result } = await send(inspection, { cookie });
          expect(result, checkout.text).toMatchObject({ ok: true });
          count.inspected++;
          await sleep(BETWEEN_INSPECTIONS_MS);
        });
      await Promise.all([issueOne(), issueOne(), issueOne(), issueOne(), inspectOne()]);

      expect(checkout.left).toBeUndefined();
      await page.goto(`${address}/issue`);
      await issue(page, { purpose: "The last" });
      await expect(issuedToken(page)).toContainText(`No. ${(count.issued + 3).toLocaleString("en-GB")}`);
      console.log(`${name}: ${count.issued} issued, ${count.inspected} inspected.`);
    } finally {
      await checkout.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
