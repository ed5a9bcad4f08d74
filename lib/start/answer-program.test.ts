/** What doors are told of a request's head, as a socket brings it. */
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openProgramAnswer } from "./answer-program";

const answer = openProgramAnswer(async ({ header }) => ({
  status: 200,
  headers: {},
  body: JSON.stringify(header("authorization") ?? header("content-type") ?? null),
}));
const server = createServer(answer);
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => server.close());

const told = (lines: string[]) =>
  new Promise<unknown>((resolve, reject) => {
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    let text = "";
    socket.on("data", (data) => {
      text += data;
    });
    socket.on("end", () => resolve(JSON.parse(text.split("\r\n\r\n")[1] ?? "")));
    socket.on("error", reject);
    socket.end(["GET / HTTP/1.1", "Host: a", "Connection: close", ...lines, "", ""].join("\r\n"));
  });

it.each([
  [["Authorization: Bearer a"], "Bearer a"],
  [[], null],
  // A proxy may look at the last of them.
  [["Authorization: Bearer a", "authorization: Bearer b"], "Bearer a, Bearer b"],
  [["Content-Type: application/json", "Content-Type: text/plain"], "application/json, text/plain"],
])("%j", async (lines, header) => expect(await told(lines)).toBe(header));
