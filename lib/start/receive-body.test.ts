/** How bodies come in, over real sockets: what waits for whom, and who takes the places of whom. */
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { edgeLimits } from "@/lib/limits";
import { refusalOfBody } from "./guard-body";
import { routeOf } from "./http-routes";
import { type Received, receiveBody } from "./receive-body";

const LARGE = edgeLimits.largeBodyBytes;
const SMALL = edgeLimits.smallBodyBytes;
const sockets: Socket[] = [];
/** Of which member a request is, by its path. */
let memberOf: (path: string) => Promise<string | undefined>;
/** In how much time a body must be there. */
let times: Parameters<typeof receiveBody>[3];
/** What has come in from each path so far. */
const taken = new Map<string, () => number>();

const server = createServer(async (request, response) => {
  const path = request.url ?? "";
  taken.set(path, () => request.socket.bytesRead);
  const received = receiveBody(request, path === "/small" ? SMALL : LARGE, () => memberOf(path), times).catch(() => ({
    state: "failed",
  }));
  const body = (await received) as Received;
  const bytes = body.state === "whole" ? Buffer.concat(body.chunks).length : 0;
  const refused = refusalOfBody(request, routeOf("/decode"), body)?.status;
  if (body.state !== "whole" && refused !== undefined) response.statusCode = refused;
  response.end(`${body.state}, ${bytes}.`);
});

beforeEach(async () => {
  memberOf = async (path) => path.split("/")[1] || undefined;
  times = undefined;
  if (server.listening) return;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

/** @param sent how much of its body comes @returns what is answered, once there is something */
function post(path: string, bytes: number, sent = bytes): { socket: Socket; answer: Promise<string> } {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  sockets.push(socket);
  socket.on("error", () => {});
  socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${bytes}\r\n\r\n`);
  socket.write("x".repeat(sent));
  const answer = once(socket, "data").then(([data]) => String(data).split("\r\n\r\n")[1] ?? "");
  return { socket, answer };
}

it("comes in whole, whoever of those sends it that may", async () => {
  for (const bytes of [0, 1, 65_536]) expect(await post("/", bytes).answer).toBe(`whole, ${bytes}.`);
  for (const bytes of [65_537, 100_000, LARGE]) expect(await post("/maya", bytes).answer).toBe(`whole, ${bytes}.`);
  expect(await post("/maya", LARGE + 1).answer).toBe("too large, 0.");
});

it("whose session does not hold sends no more than a small one, and takes no place, however many there are", async () => {
  const strangers = Array.from({ length: 40 }, () => post("/", LARGE, 70_000));
  for (const { answer } of strangers) expect(await answer).toBe("not allowed, 0.");
  expect(await post("/maya", LARGE).answer).toBe(`whole, ${LARGE}.`);
});

it("one member has four places, all have sixteen, and each is free again once its body is in or its sender gone", async () => {
  const begun = (path: string) => post(path, LARGE, 70_000);
  const hers = Array.from({ length: 4 }, () => begun("/maya"));
  await vi.waitFor(async () => expect(await begun("/maya").answer).toBe("too many of one member, 0."));
  expect(await post("/tomas", LARGE).answer).toBe(`whole, ${LARGE}.`);

  for (const name of ["tomas", "ana", "li"]) for (let count = 0; count < 4; count++) begun(`/${name}`);
  await vi.waitFor(async () => expect(await begun("/jonas").answer).toBe("too many, 0."));
  expect(await post("/jonas", 65_536).answer).toBe("whole, 65536.");

  hers[0]?.socket.destroy();
  await vi.waitFor(async () => expect(await post("/jonas", LARGE).answer).toBe(`whole, ${LARGE}.`));
  hers[1]?.socket.write("x".repeat(LARGE - 70_000));
  expect(await hers[1]?.answer).toBe(`whole, ${LARGE}.`);
  expect(await post("/maya", 70_000).answer).toBe("whole, 70000.");
});

it("what is not there in its time is answered with 408, a small body before a large one", async () => {
  const statusOf = async ({ socket }: { socket: Socket }) => String((await once(socket, "data"))[0]).split(" ")[1];
  times = { smallBodyMs: 200, largeBodyMs: 60_000 };
  expect(await statusOf(post("/small", SMALL, 1_000))).toBe("408");
  times = { smallBodyMs: 60_000, largeBodyMs: 200 };
  expect(await statusOf(post("/maya", LARGE, 70_000))).toBe("408");
  // Its place is free again.
  for (let count = 0; count < 4; count++) expect(await post("/maya", LARGE).answer).toBe(`whole, ${LARGE}.`);
});

it("until it is known who sends it, no more is read than a small body and what came with its end", async () => {
  let tell = (_: string | undefined) => {};
  memberOf = () => new Promise((resolve) => (tell = resolve));
  const { answer } = post("/unknown", LARGE);
  await vi.waitFor(() => expect(taken.get("/unknown")?.()).toBeGreaterThan(65_536));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(taken.get("/unknown")?.()).toBeLessThan(3 * 65_536);
  tell("maya");
  expect(await answer).toBe(`whole, ${LARGE}.`);
});

it("what fails while its sender is looked for is the server's failure, not theirs", async () => {
  memberOf = () => Promise.reject(new Error("no database"));
  expect(await post("/maya", LARGE).answer).toBe("failed, 0.");
});
