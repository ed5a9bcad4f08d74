/** What every story begins with: a desk of its file's own, browsers that come and go, and a watch on every error. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContextOptions, test as base, type Page } from "@playwright/test";
import { Desk } from "./desk";
import type { Role } from "./people";
import { PreparedDesk, type Session } from "./prepared-desk";
import { Server, type Settings } from "./server";
import { Watch } from "./watch";

type Who = Role | "nobody";

type Fixtures = {
  /** The environment of the file's desk. */
  deskSettings: Settings;
  /** The desk of this file; its tests share it. */
  desk: Desk;
  /** Opens a page of the desk in a browser of its own, as a member who is signed in or as nobody. */
  open: (who: Who, path: string, options?: BrowserContextOptions) => Promise<Page>;
  /** Opens any page in a browser of its own. */
  visit: (url: string, session?: Session, options?: BrowserContextOptions) => Promise<Page>;
  /** An empty folder. */
  folder: string;
  /** Starts a server beside the desk, and waits until it serves. */
  start: (folder: string, settings?: Settings, shell?: string) => Promise<Server>;
  watch: Watch;
};

type WorkerFixtures = {
  /** The desks of the file that this worker is at. */
  desks: { file: string; open: Map<string, Desk>; prepared: PreparedDesk };
};

export const test = base.extend<Fixtures, WorkerFixtures>({
  desks: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const prepared = new PreparedDesk(process.env.PREPARED_DESK ?? "");
      const desks = { file: "", open: new Map<string, Desk>(), prepared };
      await use(desks);
      for (const desk of desks.open.values()) await desk.close();
    },
    { scope: "worker" },
  ],

  deskSettings: [{}, { option: true }],

  watch: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use, testInfo) => {
      const watch = new Watch();
      await use(watch);
      if (testInfo.status === testInfo.expectedStatus) watch.verify();
    },
    { auto: true },
  ],

  // Asks for `start`, so that pages are closed before the servers that they still fetch from.
  visit: async ({ browser, watch, start: _ }, use) => {
    const contexts: Awaited<ReturnType<typeof browser.newContext>>[] = [];
    await use(async (url, session, options = {}) => {
      const context = await browser.newContext({
        baseURL: new URL(url).origin,
        ...(session ? { storageState: session } : {}),
        ...options,
      });
      contexts.push(context);
      await watch.browser(context);
      const page = await context.newPage();
      await page.goto(url);
      return page;
    });
    for (const context of contexts) await context.close();
  },

  desk: async ({ desks, deskSettings, watch }, use, testInfo) => {
    if (desks.file !== testInfo.file) {
      for (const desk of desks.open.values()) await desk.close();
      desks.open.clear();
      desks.file = testInfo.file;
    }
    const name = JSON.stringify(deskSettings);
    let desk = desks.open.get(name);
    if (!desk) {
      desk = new Desk(desks.prepared, deskSettings);
      watch.server(desk.output);
      desks.open.set(name, desk);
      await desk.open();
    }
    watch.server(desk.output);
    await use(desk);
    if (testInfo.status !== testInfo.expectedStatus)
      await testInfo.attach("server output", { body: desk.output.map(({ text }) => text).join("\n") });
  },

  open: async ({ desk, visit }, use) => {
    await use(async (who, path, options) => {
      const session = who === "nobody" ? undefined : desk.sessions[who];
      return visit(desk.address + path, session, options);
    });
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "claimcheck-"));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },

  start: async ({ watch }, use) => {
    const servers: Server[] = [];
    await use(async (folder, settings, shell) => {
      const output: Server["output"] = [];
      watch.server(output);
      const server = await Server.ready(folder, settings, output, shell);
      servers.push(server);
      return server;
    });
    for (const server of servers) await server.kill();
  },
});

export { expect } from "@playwright/test";
