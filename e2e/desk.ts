/** A desk at work: a server with a database of its own, its team, and one signing key. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { addMembers, databaseIn } from "./database";
import { createAdmin, people, type Role, signIn } from "./people";
import { type OutputLine, Server, type Settings } from "./server";
import { addKey, makeKeyPair } from "./signing-keys";

export type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;
/** Opens a page in a browser of its own. */
export type Visit = (url: string, session?: Session) => Promise<Page>;

export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), "claimcheck-desk-"));
  readonly database = databaseIn(this.folder);
  /** Of all processes that this desk has had. */
  readonly output: OutputLine[] = [];
  readonly key = makeKeyPair("Staging");
  readonly #settings: Settings;
  readonly #sessions = new Map<Role, Session>();
  #server: Server | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  get server(): Server {
    if (!this.#server) throw new Error("This desk has no server.");
    return this.#server;
  }

  get address(): string {
    return this.server.address;
  }

  /** Starts the server, creates the first admin through the setup link, adds the other members and the key. */
  async open(visit: Visit): Promise<void> {
    this.#server = await Server.ready(this.folder, this.#settings, this.output);
    const page = await visit((await this.server.line(/^Create the first admin at /)).replace(/^.* /, ""));
    await createAdmin(page, people.admin);
    this.#sessions.set("admin", await page.context().storageState());
    await page.goto(`${this.address}/keys`);
    await addKey(page, this.key);
    await page.context().close();
    await addMembers(this.database);
  }

  /** The session of a member who signed in once, by the form. */
  async sessionOf(role: Role, visit: Visit): Promise<Session> {
    const known = this.#sessions.get(role);
    if (known) return known;
    const page = await visit(`${this.address}/sign-in`);
    await signIn(page, people[role]);
    const session = await page.context().storageState();
    await page.context().close();
    this.#sessions.set(role, session);
    return session;
  }

  /** Starts the server again at the same address and with the same database. */
  async start(settings: Settings = {}): Promise<void> {
    const { address } = this;
    const { port } = new URL(address);
    this.#server = await Server.ready(this.folder, { ...this.#settings, PORT: port, ...settings }, this.output);
    // With a PUBLIC_URL it prints that one; where it listens is the same.
    this.#server.address = address;
  }

  async close(): Promise<void> {
    await this.#server?.stop().catch(() => this.#server?.kill());
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The `Cookie` header of a session. */
export function cookieOf(session: Session): string {
  return session.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}
