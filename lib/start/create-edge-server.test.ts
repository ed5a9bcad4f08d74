/** The server's sockets, over real ones: one request at a time for each, a bound for each address, and no end of the process by what its listener throws. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, it, vi } from "vitest";
import { edgeLimits } from "@/lib/limits";
import { createEdgeServer } from "./create-edge-server";

Object.assign(process.env, { AUTH_SECRET: "x".repeat(8) + crypto.randomUUID(), LOG_LEVEL: "silent" });
Object.assign(process.env, { SEALING_KEYS: `k1:${randomBytes(32).toString("base64url")}` });

let stop = async () => {};
afterEach(() => stop());

async function serve(...parameters: Parameters<typeof createEdgeServer>): Promise<number> {
  const { server, end } = createEdgeServer(...parameters);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  stop = () => end(0);
  return (server.address() as AddressInfo).port;
}

async function open(port: number): Promise<{ socket: Socket; text: () => string; closed: Promise<unknown> }> {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.on("data", (data) => {
    text += data;
  });
  socket.on("error", () => {});
  const closed = once(socket, "close");
  await Promise.race([once(socket, "connect"), closed]);
  return { socket, text: () => text, closed };
}

const answerAtOnce: Parameters<typeof createEdgeServer>[0] = async (_, response) => {
  response.end("an answer");
};
const GET = "GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n";

it("what comes behind a request that is under way is not worked on, and the socket is closed after the first answer", async () => {
  const listener = vi.fn(async (_, response) => {
    await sleep(20);
    response.end("an answer");
  });
  const { socket, text, closed } = await open(await serve(listener, () => true));
  socket.write(GET.repeat(600));
  await closed;
  expect(listener).toHaveBeenCalledTimes(1);
  expect(text().match(/an answer/g)).toHaveLength(1);
});

it("one after the other is answered on one socket", async () => {
  const listener = vi.fn(async (_, response) => response.end("an answer"));
  const { socket, text } = await open(await serve(listener, () => true));
  for (let count = 1; count <= 3; count++) {
    socket.write(GET);
    await vi.waitFor(() => expect(text().match(/an answer/g)).toHaveLength(count));
  }
  socket.destroy();
});

it.each([
  ["at once", () => Promise.reject(new Error("a bug"))],
  ["after a while", () => sleep(5).then(() => Promise.reject(new Error("a bug")))],
])("what its listener throws %s is answered with 500, and the next request as ever", async (_, fail) => {
  const unhandled = vi.fn();
  process.once("unhandledRejection", unhandled);
  const listener = vi.fn(answerAtOnce).mockImplementationOnce(fail);
  const port = await serve(listener, () => true);
  const [failed, next] = [await open(port), await open(port)];
  failed.socket.write(GET);
  await failed.closed;
  expect(failed.text()).toMatch(/^HTTP\/1\.1 500 /);
  expect(failed.text()).not.toContain("a bug");
  next.socket.write(GET);
  await vi.waitFor(() => expect(next.text()).toContain("an answer"));
  next.socket.destroy();
  expect(unhandled).not.toHaveBeenCalled();
  process.off("unhandledRejection", unhandled);
});

/** At once: a head that is late would be closed after ten seconds anyway. */
const closedAtOnce = ({ closed }: { closed: Promise<unknown> }) =>
  Promise.race([closed.then(() => true), sleep(1_000).then(() => false)]);

it("an address has so many connections, unless many people come from it; closing one makes room", async () => {
  const most = edgeLimits.connectionsFromAddress;
  const port = await serve(answerAtOnce, () => false);
  const sockets = await Promise.all(Array.from({ length: most }, () => open(port)));
  expect(await closedAtOnce(await open(port))).toBe(true);
  expect(sockets.filter(({ socket }) => socket.closed)).toEqual([]);
  sockets[0]?.socket.destroy();
  await vi.waitFor(async () => {
    const again = await open(port);
    again.socket.write(GET);
    await vi.waitFor(() => expect(again.text()).toContain("an answer"), { timeout: 200 });
  });
  for (const { socket } of sockets) socket.destroy();
  await stop();

  const shared = await serve(answerAtOnce, () => true);
  const many = await Promise.all(Array.from({ length: most + 44 }, () => open(shared)));
  many.at(-1)?.socket.write(GET);
  await vi.waitFor(() => expect(many.at(-1)?.text()).toContain("an answer"));
  for (const { socket } of many) socket.destroy();
});

it("all together have so many connections, whoever they come from", async () => {
  const port = await serve(answerAtOnce, () => true, undefined, { ...edgeLimits, connections: 5 });
  const sockets = await Promise.all(Array.from({ length: 5 }, () => open(port)));
  expect(await closedAtOnce(await open(port))).toBe(true);
  sockets[4]?.socket.write(GET);
  await vi.waitFor(() => expect(sockets[4]?.text()).toContain("an answer"));
  for (const { socket } of sockets) socket.destroy();
});

it("a socket on which nothing comes and nothing goes is closed, also in the midst of an answer", async () => {
  const listener = vi.fn(async (request, response) => {
    if (request.url === "/page") response.write("the beginning of an answer");
    // Something goes again and again, for longer than a standstill may be.
    else for (let piece = 0; piece < 8; piece++) await sleep(50).then(() => response.write("a piece."));
    if (request.url !== "/page") response.end();
  });
  const port = await serve(listener, () => true, undefined, { ...edgeLimits, standstillMs: 200 });
  const [stalled, lively] = [await open(port), await open(port)];
  stalled.socket.write(GET);
  lively.socket.write(GET.replace("/page", "/lively"));
  expect(await closedAtOnce(stalled)).toBe(true);
  expect(stalled.text()).toContain("the beginning");
  await vi.waitFor(() => expect(lively.text().match(/a piece\./g)).toHaveLength(8));
  lively.socket.destroy();
});

it("ends when its grace is over, whatever is under way, and waits until then", async () => {
  let answerLate = () => {};
  const listener = vi.fn(async (_, response) => {
    response.write("the beginning");
    answerLate = () => response.end(", and the end");
  }) as Parameters<typeof createEdgeServer>[0];
  const made = createEdgeServer(listener, () => true);
  made.server.listen(0, "127.0.0.1");
  await once(made.server, "listening");
  const { port } = made.server.address() as AddressInfo;
  const [stalled, late] = [await open(port), await open(port)];
  stalled.socket.write(GET);
  await vi.waitFor(() => expect(stalled.text()).toContain("the beginning"));
  late.socket.write(GET);
  await vi.waitFor(() => expect(late.text()).toContain("the beginning"));
  const ended = made.end(500);
  answerLate();
  await vi.waitFor(() => expect(late.text()).toContain("and the end"));
  expect(stalled.socket.closed).toBe(false);
  await ended;
  expect(await closedAtOnce(stalled)).toBe(true);
});

it("ends at once where nothing is under way but a connection on which nothing was ever sent", async () => {
  const made = createEdgeServer(answerAtOnce, () => true);
  made.server.listen(0, "127.0.0.1");
  await once(made.server, "listening");
  const silent = await open((made.server.address() as AddressInfo).port);
  await vi.waitFor(() => expect(silent.socket.readyState).toBe("open"));
  await made.end(60_000);
  expect(await closedAtOnce(silent)).toBe(true);
});

it("goes by the table of limits", async () => {
  const { server, end } = createEdgeServer(answerAtOnce, () => true);
  expect(server).toMatchObject({
    maxConnections: edgeLimits.connections,
    timeout: edgeLimits.standstillMs,
    headersTimeout: edgeLimits.headMs,
    requestTimeout: edgeLimits.headMs + edgeLimits.largeBodyMs,
    // Node looks at the two above no more often than this; without it, twice a minute.
    connectionsCheckingInterval: 1_000,
  });
  await end(0);
});
