/** Measures issuing at 16 connections, side by side with an action that does nothing and with the official example that keeps no record; and the verb alone, in this process. */
import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import Database from "better-sqlite3";
import { launchOptions } from "../e2e/stage/chromium";
import { databaseIn } from "../e2e/stage/database";
import { Desk } from "../e2e/stage/desk";
import { compose, issueButton, issuedToken } from "../e2e/stage/issue-form";
import { PreparedDesk } from "../e2e/stage/prepared-desk";
import { type ActionRequest, catchAction } from "../e2e/stage/server-action";
import { copyWithEmptyAction } from "./copy-with-empty-action";

const CONNECTIONS = 16;
const WARM_UP_MS = 2_000;
const MEASURED_MS = 5_000;

type Call = { url: string; method?: string; headers?: Record<string, string>; body?: () => string; expected: string };

/** @returns answers per second */
async function load({ url, method = "GET", headers = {}, body, expected }: Call): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const once = () =>
    new Promise<void>((resolve, reject) => {
      const sent = request(url, { agent, method, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part) => {
          text += part;
        });
        response.on("end", () =>
          text.includes(expected) ? resolve() : reject(new Error(`${url} answered ${response.statusCode}: ${text}`)),
        );
      }).on("error", reject);
      sent.end(body?.());
    });
  const run = async (milliseconds: number) => {
    const end = performance.now() + milliseconds;
    let answers = 0;
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        while (performance.now() < end) {
          await once();
          answers += 1;
        }
      }),
    );
    return answers;
  };
  await run(WARM_UP_MS);
  const start = performance.now();
  const answers = await run(MEASURED_MS);
  agent.destroy();
  return (answers * 1000) / (performance.now() - start);
}

async function catchIssuing(desk: Desk): Promise<ActionRequest> {
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await (await browser.newContext({ storageState: desk.sessions.issuer })).newPage();
    await page.goto(`${desk.address}/issue`);
    await compose(page, { purpose: "A bench" });
    const action = await catchAction(page, () => issueButton(page).click());
    await issuedToken(page).waitFor();
    return action;
  } finally {
    await browser.close();
  }
}

/** Milliseconds of this process for one token, `at` of them at a time, without any HTTP. */
async function timeOfVerb(at: number): Promise<{ cpu: number; wall: number }> {
  const { issueToken } = await import("@/lib/tokens/issue");
  const { reader, transaction } = await import("@/lib/db");
  const { addSession } = await import("@/lib/auth/sign-in");
  const member = await reader().member.findFirstOrThrow({ where: { role: "issuer" } });
  const key = await reader().signingKey.findFirstOrThrow();
  const origin = { via: "dashboard", address: "127.0.0.1", userAgent: "a bench", requestId: randomUUID() } as const;
  const { id, name, email } = member;
  const sessionId = await transaction((tx) => addSession(tx, id, origin, new Date()));
  const actor = { kind: "member", id, name, email, role: "issuer", sessionId, origin } as const;
  const form = () => ({ keyId: key.id, permissions: ["allow_join"], expiresIn: "2h", jti: randomUUID() });
  const run = async (tokens: number) => {
    for (let done = 0; done < tokens; done += at)
      await Promise.all(Array.from({ length: at }, () => issueToken(actor, form())));
  };
  await run(20 * at);
  const tokens = 50 * at;
  const [start, before] = [performance.now(), process.cpuUsage()];
  await run(tokens);
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000 / tokens, wall: (performance.now() - start) / tokens };
}

/** Bytes that the database took for each token with its event, their indexes with them; the full text that events are found by is told apart. */
function sizeOf(file: string): { books: number; text: number } {
  const db = new Database(file, { readonly: true });
  try {
    const tokens = db.prepare<[], number>("SELECT count(*) FROM IssuedToken").pluck().get() ?? 0;
    const bytes = (tables: string) =>
      db.prepare<[], number>(`SELECT sum(pgsize) FROM dbstat WHERE name IN (${tables})`).pluck().get() ?? 0;
    const named = (condition: string) => `SELECT name FROM sqlite_schema WHERE ${condition}`;
    return {
      books: bytes(named("tbl_name IN ('IssuedToken', 'AuditEvent')")) / tokens,
      text: bytes(named("tbl_name LIKE 'EventText_%'")) / tokens,
    };
  } finally {
    db.close();
  }
}

async function measureExample(): Promise<number> {
  const words = ["--import", "tsx", join(import.meta.dirname, "express-example.ts")];
  const secret = randomBytes(32).toString("hex");
  const child = spawn(process.execPath, [...words, randomUUID(), secret], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    // Its output is bytes.
    const [port] = (await once(child.stdout, "data")) as [Buffer];
    return await load({ url: `http://127.0.0.1:${String(port).trim()}/get-token`, expected: '{"token":"ey' });
  } finally {
    child.kill();
  }
}

export async function measureIssue(): Promise<[string, string][]> {
  const copy = copyWithEmptyAction();
  const prepared = new PreparedDesk(await PreparedDesk.make());
  const desk = new Desk(prepared, { LOG_LEVEL: "silent" }, copy.root);
  try {
    await desk.open();
    const { url, headers, arguments: given } = await catchIssuing(desk);
    // The form is the action's one argument.
    const [form] = given as [Record<string, unknown>];
    const from = { origin: desk.address, cookie: desk.cookieOf("issuer") };
    const call = { method: "POST", body: () => JSON.stringify([{ ...form, jti: randomUUID() }]) };
    const issuing = await load({ ...call, url, headers: { ...headers, ...from }, expected: '"number":' });
    const empty = await load({
      ...call,
      url: desk.address + copy.empty.path,
      headers: { ...copy.empty.headers, ...from },
      expected: "$undefined",
    });
    const example = await measureExample();
    await desk.server.stop();
    const { books, text } = sizeOf(databaseIn(desk.folder));
    process.loadEnvFile(join(desk.folder, ".env"));
    process.env.DATABASE_URL = `file:${databaseIn(desk.folder)}`;
    const [alone, together] = [await timeOfVerb(1), await timeOfVerb(CONNECTIONS)];
    const { closeDatabase } = await import("@/lib/db");
    await closeDatabase();
    const perSecond = (value: number) => `${value.toFixed(0)} /s`;
    const ms = ({ cpu, wall }: { cpu: number; wall: number }) =>
      `${wall.toFixed(2)} ms, of it ${cpu.toFixed(2)} ms of CPU`;
    return [
      [
        "The form's action",
        `${perSecond(issuing)}; ${(issuing / empty).toFixed(2)} x the empty action, ${(issuing / example).toFixed(3)} x the example`,
      ],
      ["An empty action of the same build", perSecond(empty)],
      ["The official example: Express, jsonwebtoken, no record", perSecond(example)],
      ["The verb, one at a time", ms(alone)],
      [`The verb, ${CONNECTIONS} at a time, each`, ms(together)],
      [
        "A token with its event, on disk",
        `${books.toFixed(0)} bytes, and ${text.toFixed(0)} of full text to be found by`,
      ],
    ];
  } finally {
    await desk.close();
    prepared.remove();
    copy.remove();
  }
}
