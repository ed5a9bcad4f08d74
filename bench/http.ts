/** What programs are answered, at 16 connections, side by side with the official example that checks and records nothing: five runs of each in turn, of which the median counts. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import autocannon, { type Options } from "autocannon";
import { Desk } from "../e2e/stage/desk";
import { PreparedDesk } from "../e2e/stage/prepared-desk";
import { addCredential, addEndpoint, keyIdOf } from "../e2e/stage/programs";
import { median } from "./median";

const CONNECTIONS = 16;
const RUNS = 5;
const MEASURED_MS = Number(process.env.BENCH_MS ?? 10_000);
const WARM_UP_MS = MEASURED_MS / 5;

type Call = Pick<Options, "url" | "method" | "headers" | "body"> & { status: number };
type Run = { perSecond: number; p99: number };

/** @throws Error when anything but a token was answered */
async function load({ status, ...call }: Call, milliseconds: number): Promise<Run> {
  const run = autocannon({
    ...{ ...call, connections: CONNECTIONS, duration: milliseconds / 1000 },
    verifyBody: (body) => String(body).includes('"token":"ey'),
  });
  const { statusCodeStats: answered = {}, errors, mismatches, duration, latency } = await run;
  const { [`${status}` as const]: given, ...others } = answered;
  if (errors + mismatches + Object.keys(others).length > 0 || !given?.count)
    throw new Error(`${call.url} gave no token: ${JSON.stringify({ answered, errors, mismatches })}`);
  return { perSecond: given.count / duration, p99: latency.p99 };
}

async function startExample(): Promise<{ child: ChildProcess; url: string }> {
  const words = ["--import", "tsx", join(import.meta.dirname, "express-example.ts"), randomUUID()];
  const child = spawn(process.execPath, [...words, randomBytes(32).toString("hex")], {
    stdio: ["ignore", "pipe", "inherit"],
    // As the desk's own server is.
    env: { ...process.env, NODE_ENV: "production" },
  });
  // Its output is bytes.
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  return { child, url: `http://127.0.0.1:${String(port).trim()}/get-token` };
}

export async function measureHttp(): Promise<[string, string][]> {
  const prepared = new PreparedDesk(await PreparedDesk.make());
  const desk = new Desk(prepared, { LOG_LEVEL: "silent" });
  const example = await startExample();
  try {
    await desk.open();
    const { base } = addEndpoint(desk);
    const { headers } = addCredential(desk);
    const calls: Record<string, Call> = {
      example: { url: example.url, status: 200 },
      endpoint: { url: `${base}/get-token`, status: 200 },
      credential: {
        ...{ url: `${desk.address}/api/v1/tokens`, method: "POST", status: 201 },
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({ keyId: keyIdOf(desk), template: "participant" }),
      },
    };
    const runs = new Map<string, Run[]>(Object.keys(calls).map((name) => [name, []]));
    for (const call of Object.values(calls)) await load(call, WARM_UP_MS);
    for (let run = 0; run < RUNS; run++)
      for (const [name, call] of Object.entries(calls)) runs.get(name)?.push(await load(call, MEASURED_MS));
    const of = (name: string): Run => ({
      perSecond: median((runs.get(name) ?? []).map(({ perSecond }) => perSecond)),
      p99: median((runs.get(name) ?? []).map(({ p99 }) => p99)),
    });
    const reference = of("example");
    const told = (name: string) => {
      const { perSecond, p99 } = of(name);
      return `${perSecond.toFixed(0)} /s, ${(perSecond / reference.perSecond).toFixed(2)} x the example; p99 ${p99.toFixed(1)} ms, ${(p99 / reference.p99).toFixed(2)} x`;
    };
    return [
      ["GET …/get-token of an endpoint", told("endpoint")],
      ["POST /api/v1/tokens with a credential", told("credential")],
      [
        "The official example: Express, jsonwebtoken, no record",
        `${reference.perSecond.toFixed(0)} /s; p99 ${reference.p99.toFixed(1)} ms`,
      ],
    ];
  } finally {
    example.child.kill();
    await desk.close();
    prepared.remove();
  }
}
