/**
 * Starts Claimcheck: one process that creates what is missing, checks settings, migrates, builds if needed, prints the
 * address and the setup link, and serves Next from its own http server. `--dev` serves the development build.
 */
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { checkNode } from "./lib/start/check-node";
import { StartError } from "./lib/start/start-error";

const ROOT = import.meta.dirname;
const SHUTDOWN_MS = 10_000;

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reasons: Record<string, string> = {
        EADDRINUSE: `PORT: ${port} on ${host} is taken by another program. Stop it, or set another PORT.`,
        EACCES: `PORT: this user may not listen on ${port}. Set a PORT above 1023.`,
        EADDRNOTAVAIL: `HOST: ${host} is not an address of this machine.`,
        ENOTFOUND: `HOST: ${host} is not known.`,
      };
      reject(
        new StartError(reasons[error.code ?? ""] ?? `HOST and PORT: cannot listen on ${host}:${port} (${error.code}).`),
      );
    });
    server.listen(port, host, resolve);
  });
}

/** How this process reaches itself when it listens on `host`. */
function ownHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}

/** Finishes what is running, then closes the database. */
function closeOnSignal(server: Server, closeDatabase: () => Promise<void>): void {
  let closing = false;
  const close = (signal: NodeJS.Signals) => {
    if (closing) return;
    closing = true;
    console.log(`${signal}: finishing what is running.`);
    setTimeout(() => server.closeAllConnections(), SHUTDOWN_MS).unref();
    server.close(async () => {
      await closeDatabase();
      process.exit(0);
    });
    server.closeIdleConnections();
  };
  process.on("SIGINT", close);
  process.on("SIGTERM", close);
}

async function start(dev: boolean): Promise<void> {
  checkNode(process.versions.node);
  Object.assign(process.env, { NODE_ENV: dev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" });
  const { loadEnv } = await import("./lib/start/load-env");
  loadEnv();
  const { env, isHttps, SettingsError } = await import("./lib/env");
  const settings = (() => {
    try {
      return env();
    } catch (error) {
      throw error instanceof SettingsError ? new StartError(error.message) : error;
    }
  })();

  // The port is taken before the work begins; who comes early waits.
  let handler: (handle: RequestListener) => void = () => {};
  const ready = new Promise<RequestListener>((resolve) => {
    handler = resolve;
  });
  const server = createServer(async (request, response) => (await ready)(request, response));
  await listen(server, settings.HOST, settings.PORT);
  const { port } = server.address() as AddressInfo;
  // After a redirect in an action Next asks itself for the page; behind a proxy it would ask the public address.
  process.env.__NEXT_PRIVATE_ORIGIN = `http://${ownHost(settings.HOST)}:${port}`;

  const { ensureInstall } = await import("./lib/start/ensure-install");
  ensureInstall(ROOT);
  const { ensureDatabase } = await import("./lib/start/ensure-database");
  const { closeDatabase } = await import("./lib/db");
  await ensureDatabase(settings.DATABASE_URL);
  const { cleanUpDaily } = await import("./lib/start/clean-up");
  await cleanUpDaily();
  if (!dev) {
    const { ensureBuild } = await import("./lib/start/ensure-build");
    ensureBuild(ROOT);
  }
  closeOnSignal(server, closeDatabase);

  const { prepareRequestHeaders } = await import("./lib/start/request-headers");
  const { setSecurityHeaders } = await import("./lib/start/security-headers");
  const { default: next } = await import("next");
  const app = next({ dev, dir: ROOT, hostname: settings.HOST, port, httpServer: server });
  await app.prepare();
  const handle = app.getRequestHandler();
  handler((request, response) => {
    prepareRequestHeaders(request, settings);
    setSecurityHeaders(request, response, { dev, https: isHttps() });
    if (!server.listening) response.setHeader("connection", "close");
    return handle(request, response);
  });

  const { needsSetup, setupCode } = await import("./lib/auth/setup");
  const host = settings.HOST.includes(":") ? `[${settings.HOST}]` : settings.HOST;
  const address = settings.PUBLIC_URL?.origin ?? `http://${host}:${port}`;
  console.log(`Claimcheck is ready at ${address}`);
  if (await needsSetup()) console.log(`Create the first admin at ${address}/setup?code=${setupCode()}`);
}

// Whoever read the output may be gone (a closed pipe). Without this each failing write would be reported by another one, for ever.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

start(process.argv.includes("--dev")).catch((error: unknown) => {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
});
