/** A desk on its second day: its team has signed in once and added a key. Made once by the real pages, copied by every desk of the stories. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "@playwright/test";
import { launchOptions } from "./chromium";
import { addMembers, change, databaseIn } from "./database";
import { createAdmin, people, type Role, signIn } from "./people";
import { type OutputLine, Server } from "./server";
import { addKey, type KeyPair, makeKeyPair } from "./signing-keys";
import { Watch } from "./watch";

export type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;

export class PreparedDesk {
  readonly key: KeyPair;
  readonly sessions: Record<Role, Session>;
  readonly #folder: string;

  /** Opens one that is made. @param folder where it is */
  constructor(folder: string) {
    this.#folder = folder;
    const { key, sessions } = JSON.parse(readFileSync(join(folder, "desk.json"), "utf8")) as PreparedDesk;
    this.key = key;
    this.sessions = sessions;
  }

  /** Makes one: starts a server, creates the first admin through the setup link, adds a key and the other members, and signs them in. */
  static async make(): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), "claimcheck-prepared-"));
    const home = join(folder, "desk");
    mkdirSync(home);
    const output: OutputLine[] = [];
    const watch = new Watch();
    watch.server(output);
    const browser = await chromium.launch(launchOptions());
    const server = await Server.ready(home, {}, output);
    const visit = async (url: string) => {
      const context = await browser.newContext();
      await watch.browser(context);
      const page = await context.newPage();
      await page.goto(url);
      return page;
    };
    try {
      const page = await visit((await server.line(/^Create the first admin at /)).replace(/^.* /, ""));
      await createAdmin(page, people.admin);
      const admin = await page.context().storageState();
      await page.goto(`${server.address}/keys`);
      const key = makeKeyPair("Staging");
      await addKey(page, key);
      await addMembers(databaseIn(home));
      const session = async (role: Role) => {
        const door = await visit(`${server.address}/sign-in`);
        await signIn(door, people[role]);
        return door.context().storageState();
      };
      const sessions = {
        admin,
        issuer: await session("issuer"),
        auditor: await session("auditor"),
        support: await session("support"),
      };
      writeFileSync(join(folder, "desk.json"), JSON.stringify({ key, sessions }));
      watch.verify();
      await server.stop();
      // Their windows would end for every desk at the same instant, a quarter of an hour from now, in the middle of some story.
      change(databaseIn(home), "DELETE FROM LimitCount");
      return folder;
    } finally {
      await browser.close();
      await server.stop();
    }
  }

  /** Copies its `.env` and its data. */
  copyTo(folder: string): void {
    cpSync(join(this.#folder, "desk"), folder, { recursive: true });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
