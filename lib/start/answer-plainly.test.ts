/** What the edge refuses, as it is told to a program and to a page: the type of each problem, and that the connection ends. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, vi } from "vitest";
import { PROBLEM_PREFIX } from "@/lib/http/problem";
import { answerPlainly } from "./answer-plainly";

vi.mock("./log-sparingly", () => ({ logSparingly: () => {} }));

async function told(status: number, to: { programs?: true }): Promise<Response> {
  const server = createServer((request, response) =>
    answerPlainly(request, response, { status, kind: "a probe", text: "Not accepted." }, to),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // It listens on a port, not on a pipe.
  const { port } = server.address() as AddressInfo;
  try {
    return await fetch(`http://127.0.0.1:${port}`);
  } finally {
    server.close();
  }
}

it.each([
  [400, "malformed-request"],
  [401, "unauthenticated"],
  [403, "forbidden"],
  [405, "method-not-allowed"],
  [408, "too-slow"],
  [413, "too-large"],
  [421, "misdirected"],
  [429, "throttled"],
  [503, "busy"],
])("%i is %s to a program", async (status, type) => {
  const answer = await told(status, { programs: true });
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.headers.get("connection")).toBe("close");
  expect(await answer.json()).toMatchObject({ type: PROBLEM_PREFIX + type, status, detail: "Not accepted." });
});

it("is plain text to anybody else", async () => {
  const answer = await told(421, {});
  expect(answer.headers.get("content-type")).toBe("text/plain");
  expect(await answer.text()).toBe("Not accepted.");
});
