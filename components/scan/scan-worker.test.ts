/** What the worker of the scan posts: the page copies each of its messages, so that nothing in them may come twice. */
import { expect, test, vi } from "vitest";
import { tokenReader } from "@/lib/scan/packed-tokens";
import type { ScannedToken } from "@/lib/scan/scan";
import type { ScanMessage, ScanRequest } from "./scan-worker";

const part = (text: string) => Buffer.from(text).toString("base64url");
const tokenOf = (jti: number) => [`{"alg":"HS256"}`, `{"jti":"${jti}"}`, "x".repeat(32)].map(part).join(".");

/** As the page gets them. */
async function messagesFor(request: ScanRequest): Promise<ScanMessage[]> {
  const messages: ScanMessage[] = [];
  const listen = vi.fn();
  vi.stubGlobal("addEventListener", listen);
  vi.stubGlobal("postMessage", (message: ScanMessage) => messages.push(structuredClone(message)));
  await import("./scan-worker");
  await listen.mock.calls[0]?.[1]({ data: request });
  return messages;
}

/** Of everything in it, each once. */
function countRanges(value: unknown, seen = new Set<unknown>()): number {
  if (typeof value !== "object" || value === null || seen.has(value)) return 0;
  seen.add(value);
  const within = Object.values(value).reduce((sum: number, each) => sum + countRanges(each, seen), 0);
  return within + ("start" in value && "end" in value ? 1 : 0);
}

test("of many tokens in lines of base64 each line is posted once", async () => {
  const written = Array.from({ length: 600 }, (_, index) => tokenOf(index));
  const lines =
    Buffer.from(written.join("\n"))
      .toString("base64")
      .match(/.{1,76}/g) ?? [];
  const text = lines.join("\n");
  const messages = await messagesFor({ text, now: 0, fingerprints: [] });
  const tokens = messages.flatMap((message): ScannedToken[] => (message.kind === "tokens" ? message.tokens : []));
  const [rest] = messages.flatMap((message) => (message.kind === "done" ? [message.rest] : []));
  expect(tokens.map(tokenReader(text, rest?.runs ?? []))).toEqual(written);
  expect(messages.filter(({ kind }) => kind === "tokens").length).toBeGreaterThan(1);
  // A token has its place, and one in what its run holds.
  const posted = messages.reduce((sum, message) => sum + countRanges(message), 0);
  expect(posted).toBe(lines.length + 2 * tokens.length);
});
