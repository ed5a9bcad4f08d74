/** Loaded into the server's own process beside it (`NODE_OPTIONS`): at SIGUSR2 issues two tokens from plain Node, waits until an action of Next's bundle wants one too, and prints how many tokens each commit held, as the writing thread was asked. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Change, WritingThread } from "@/lib/database/writing-thread";
import { processWide } from "@/lib/process-wide";

/** The queue as lib/ledger/queue.ts hangs it up for every copy of itself. */
const queue = () => processWide("ledger queue", () => ({ waiting: [] as unknown[] }));

/** Less than a transaction may take. */
const PATIENCE_MS = 8_000;

/** @returns how many tokens each commit has entered that has entered any */
function countTokensOfCommits(): number[] {
  const commits: number[] = [];
  const { ask } = WritingThread.prototype;
  WritingThread.prototype.ask = async function (this: WritingThread, ...changes: readonly Change[]) {
    await ask.call(this, ...changes);
    const [insert] = changes.flatMap(([sql]) => (sql.startsWith('INSERT INTO "IssuedToken"') ? [sql] : []));
    if (insert && changes.at(-1)?.[0] === "COMMIT") commits.push(insert.split("), (").length);
  };
  return commits;
}

/** @returns whether so many stood in the queue in time */
async function waiting(count: number): Promise<boolean> {
  const end = performance.now() + PATIENCE_MS;
  while (queue().waiting.length !== count) {
    if (performance.now() > end) return false;
    await sleep(1);
  }
  return true;
}

async function issueTwo(): Promise<number[]> {
  const { reader, transaction } = await import("@/lib/db");
  const { newJti } = await import("@/lib/composer/new-jti");
  const { issueToken } = await import("@/lib/tokens/issue");
  const { member, ...session } = await reader().session.findFirstOrThrow({
    where: { member: { role: "issuer" } },
    include: { member: true },
  });
  const key = await reader().signingKey.findFirstOrThrow();
  const issue = () =>
    issueToken(
      {
        kind: "member",
        id: member.id,
        name: member.name,
        email: member.email,
        role: "issuer",
        sessionId: session.id,
        origin: { via: "dashboard", address: "127.0.0.1", userAgent: "plain Node", requestId: newJti() },
      },
      { keyId: key.id, permissions: ["allow_join"], expiresIn: "2h", jti: newJti() },
    );
  const commits = countTokensOfCommits();
  let issued: Promise<unknown> = Promise.resolve();
  // Whoever comes while this one is under way waits in the queue.
  await transaction(async () => {
    issued = Promise.all([issue(), issue()]);
    await waiting(2);
    process.stdout.write("plain Node: waiting\n");
    await waiting(3);
  });
  await issued;
  return commits;
}

process.once("SIGUSR2", () => {
  issueTwo().then(
    (commits) => process.stdout.write(`plain Node: commits of ${commits.join(" and ")}\n`),
    (error: unknown) => process.stdout.write(`plain Node: ${error}\n`),
  );
});
