/** Makes the http server, and ends it: limits connections, slow heads and idle sockets, serves no upgrade but what it is told to, survives what its listener throws, and can be closed whatever is open. */
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { addressKey } from "@/lib/auth/address-key";
import { edgeLimits } from "@/lib/limits";
import { describeError } from "@/lib/log";
import { logSparingly } from "./log-sparingly";

/** How often Node looks for requests that take too long. */
const CHECK_MS = 1_000;

export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

type EdgeServer = {
  server: Server;
  /** Resolves once nothing is open: answers that are under way may take until `graceMs`, then every socket is cut. */
  end: (graceMs: number) => Promise<void>;
};

/**
 * @param listener may be asynchronous; what it throws is logged and answered with 500
 * @param isShared whether many people come from an address, as from a proxy: then its connections are not counted
 * @param onUpgrade serves upgrades; without it an `Upgrade` header is ignored, as RFC 9110 section 7.8 allows, and the request is one like any other
 */
export function createEdgeServer(
  listener: (...parameters: Parameters<RequestListener>) => Promise<void>,
  isShared: (address: string) => boolean,
  onUpgrade?: UpgradeListener,
  bounds: Record<"connections" | "connectionsFromAddress" | "standstillMs", number> = edgeLimits,
): EdgeServer {
  const server = createServer({
    headersTimeout: edgeLimits.headMs,
    requestTimeout: edgeLimits.headMs + edgeLimits.largeBodyMs,
    connectionsCheckingInterval: CHECK_MS,
  });
  server.maxConnections = bounds.connections;
  server.setTimeout(bounds.standstillMs);
  const busy = new WeakSet<Duplex>();
  const crowded = new WeakSet<Duplex>();

  const answer: RequestListener = (request, response) => {
    const { socket } = request;
    // One at a time: thousands that come in one piece would be worked on at once, also after their sender has gone.
    // What came behind the first is not answered, as when the connection ends; no browser and no proxy sends it so.
    if (busy.has(socket)) {
      crowded.add(socket);
      return;
    }
    busy.add(socket);
    response.once("close", () => {
      busy.delete(socket);
      if (crowded.has(socket)) socket.destroySoon();
    });
    listener(request, response).catch((error: unknown) => {
      logSparingly("error", "a request could not be answered", describeError(error));
      if (response.headersSent) {
        response.destroy();
        return;
      }
      response.writeHead(500, { "content-type": "text/plain", connection: "close" });
      response.end("Something failed on the server.");
    });
  };
  server.on("request", answer);
  // Its body is asked for only when the listener wants it.
  server.on("checkContinue", answer);
  // Of no address of ours is it a method: RFC 9110 §15.5.6 asks to say which are.
  server.on("connect", (_, socket) => refuse(socket, "405 Method Not Allowed", "Allow: GET, HEAD, POST, OPTIONS\r\n"));
  if (onUpgrade) {
    server.on("upgrade", (request, socket, head) => {
      try {
        onUpgrade(request, socket, head);
      } catch (error) {
        logSparingly("error", "an upgrade could not be answered", describeError(error));
        socket.destroy();
      }
    });
  }
  // Until it listens, who starts it wants to know. Afterwards it is a failed accept, such as for want of descriptors.
  server.on("listening", () =>
    server.on("error", (error) => logSparingly("error", "a connection could not be taken", describeError(error))),
  );
  server.on("drop", () => logSparingly("warn", "too many connections"));

  // Node forgets upgraded sockets, and closes none that has sent half a request.
  const sockets = new Set<Socket>();
  const fromAddress = new Map<string, number>();
  server.on("connection", (socket) => {
    const address = addressKey(socket.remoteAddress ?? "");
    const count = (fromAddress.get(address) ?? 0) + 1;
    if (count > bounds.connectionsFromAddress && !isShared(socket.remoteAddress ?? "")) {
      logSparingly("warn", "too many connections from one address");
      socket.destroy();
      return;
    }
    fromAddress.set(address, count);
    sockets.add(socket);
    socket.once("close", () => {
      sockets.delete(socket);
      const left = (fromAddress.get(address) ?? 1) - 1;
      if (left > 0) fromAddress.set(address, left);
      else fromAddress.delete(address);
    });
  });

  const end = (graceMs: number) =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
      // Browsers open some ahead of a request that may never come: Node counts them among those under way.
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
      setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, graceMs).unref();
    });
  return { server, end };
}

/** Answers an upgrade that nobody serves, and cuts the socket. @param headers each with its line end */
export function refuse(socket: Duplex, status: string, headers = ""): void {
  socket.on("error", () => {});
  socket.end(`HTTP/1.1 ${status}\r\n${headers}Connection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
