/** The demo's programs: an app that asks its endpoint, and CI that asks the API, each by what an admin made for it. Throws on what is refused. */

import { atTime } from "@/lib/clock";
import type { Tx } from "@/lib/db";
import type { HttpAnswer } from "@/lib/http/call";
import { newId } from "@/lib/new-id";
import { runEndpoint } from "@/lib/run-endpoint";
import { runRoute } from "@/lib/run-route";

/** An endpoint or a credential. */
export type DemoProgram = { name: string; purpose: string };

export class DemoCalls {
  /** How many tokens were issued. */
  tokens = 0;
  /** Paths of endpoints, and values of credentials. */
  readonly #programs = new Map<DemoProgram, string>();
  /** When a credential was used last. */
  #used: Date | undefined;

  /** @param door the endpoint's path, or the credential's value */
  keep(program: DemoProgram, door: string): void {
    this.#programs.set(program, door);
  }

  /** One of those who sit in the room. */
  async callEndpoint(at: Date, program: DemoProgram, { address, caller }: { address: string; caller: number }) {
    const query = new URLSearchParams({ roomId: "3hhx-dxta-blin", peerId: `pupil-${caller}` });
    const from = { address, userAgent: "Mozilla/5.0 (X11; CrOS x86_64) Chrome/148.0.0.0", requestId: newId() };
    const headers = new Map([["origin", "http://localhost:3000"]]);
    const answer = await atTime(at, () =>
      runEndpoint({
        ...{ method: "GET", path: `/t/${this.#programs.get(program)}/get-token`, query, body: Buffer.alloc(0) },
        ...{ header: (name) => headers.get(name), origin: from },
      }),
    );
    this.#count(answer);
  }

  async issueByApi(at: Date, program: DemoProgram): Promise<void> {
    const headers = new Map([
      ["authorization", `Bearer ${this.#programs.get(program)}`],
      ["content-type", "application/json"],
    ]);
    const body = JSON.stringify({ template: "participant", expiresIn: "1h", purpose: program.purpose });
    const from = { address: "203.0.113.90", userAgent: "curl/8.14.1", requestId: newId() };
    const answer = await atTime(at, () =>
      runRoute({
        ...{ method: "POST", path: "/api/v1/tokens", query: new URLSearchParams(), body: Buffer.from(body) },
        ...{ header: (name) => headers.get(name), origin: from },
      }),
    );
    this.#count(answer);
    this.#used = at;
  }

  /** Notes when the credential was used last: at the desk, each request does. */
  async noteUsed(tx: Tx): Promise<void> {
    if (this.#used) await tx.credentialValue.updateMany({ data: { lastUsedAt: this.#used } });
  }

  #count({ status, body }: HttpAnswer): void {
    if (status >= 300) throw new Error(`A program of the demo's was refused: ${body}`);
    this.tokens += 1;
  }
}
