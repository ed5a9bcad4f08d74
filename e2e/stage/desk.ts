/** A desk at work: a server with a database of its own, its team, and one signing key. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databaseIn } from "./database";
import type { Role } from "./people";
import type { PreparedDesk, Session } from "./prepared-desk";
import { type OutputLine, Server, type Settings } from "./server";
import type { KeyPair } from "./signing-keys";

export function cookieHeader({ cookies }: Session): string {
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}

export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), "claimcheck-desk-"));
  readonly database = databaseIn(this.folder);
  /** Of all processes that this desk has had. */
  readonly output: OutputLine[] = [];
  readonly key: KeyPair;
  /** Of each member, who signed in once by the form. */
  readonly sessions: Record<Role, Session>;
  readonly #settings: Settings;
  readonly #root: string | undefined;
  #server: Server | undefined;

  /** @param root the project's folder, this one by default */
  constructor(prepared: PreparedDesk, settings: Settings = {}, root?: string) {
    prepared.copyTo(this.folder);
    this.key = prepared.key;
    this.sessions = prepared.sessions;
    this.#settings = settings;
    this.#root = root;
  }

  get server(): Server {
    if (!this.#server) throw new Error("This desk has no server.");
    return this.#server;
  }

  get address(): string {
    return this.server.address;
  }

  /** The `Cookie` header of a member's session. */
  cookieOf(role: Role): string {
    return cookieHeader(this.sessions[role]);
  }

  async open(): Promise<void> {
    this.#server = await this.#ready(this.#settings);
  }

  #ready(settings: Settings): Promise<Server> {
    return Server.ready(this.folder, settings, this.output, undefined, this.#root);
  }

  /** Starts the server again at the same address and with the same database. */
  async start(settings: Settings = {}): Promise<void> {
    const { address } = this;
    const { port } = new URL(address);
    this.#server = await this.#ready({ ...this.#settings, PORT: port, ...settings });
    // With a PUBLIC_URL it prints that one; where it listens is the same.
    this.#server.address = address;
  }

  async close(): Promise<void> {
    await this.#server?.stop().catch(() => this.#server?.kill());
    rmSync(this.folder, { recursive: true, force: true });
  }
}
