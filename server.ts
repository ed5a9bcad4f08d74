/**
 * Starts Claimcheck: one process that creates what is missing, checks settings, migrates, builds if needed, prints the
 * address and the setup link, and serves Next from its own http server. `--dev` serves the development build.
 */
import { Server as HttpServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { checkNode } from "./lib/start/check-node";
import type { AnswerAhead } from "./lib/start/http-routes";
import { StartError } from "./lib/start/start-error";

const ROOT = import.meta.dirname;
const SHUTDOWN_MS = 10_000;
const CLOSE_DATABASE_MS = 3_000;

/** To whoever started it, in plain words; later lines of console.* go into the log. */
const say = console.log;
const complain = console.error;

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

/** Finishes what is running, records what was only counted so far, then closes the database; ends in any case. */
function closeOnSignal(
  end: (graceMs: number) => Promise<void>,
  recordNow: () => Promise<void>,
  closeDatabase: () => Promise<void>,
): void {
  let closing = false;
  const close = async (signal: NodeJS.Signals) => {
    if (closing) return;
    closing = true;
    say(`${signal}: finishing what is running.`);
    setTimeout(() => process.exit(1), SHUTDOWN_MS + CLOSE_DATABASE_MS);
    await end(SHUTDOWN_MS);
    await recordNow();
    await closeDatabase();
    process.exit(0);
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

  const { findVersion } = await import("./lib/start/find-version");
  const { ownVersion, setVersion } = await import("./lib/version");
  const { log } = await import("./lib/log");
  setVersion(findVersion(ROOT));
  const { guardRequest } = await import("./lib/start/guard-request");
  const { mostBodyBytes, refusalOfBody } = await import("./lib/start/guard-body");
  const { openHttpRoutes, routeOf } = await import("./lib/start/http-routes");
  const { receiveBody } = await import("./lib/start/receive-body");
  const { answerPlainly } = await import("./lib/start/answer-plainly");
  const { createEdgeServer, refuse } = await import("./lib/start/create-edge-server");
  const { isSharedAddress, prepareRequestHeaders } = await import("./lib/start/request-headers");
  const { isTrustworthy } = await import("./lib/is-trustworthy");
  const { setSecurityHeaders } = await import("./lib/start/security-headers");

  // The port is taken before the work begins; who comes early waits.
  let isReady = false;
  let handler: (handle: RequestListener) => void = () => {};
  const ready = new Promise<RequestListener>((resolve) => {
    handler = resolve;
  });
  let answerAhead: AnswerAhead | undefined;
  // Next gets this one to listen for upgrades at: at the real one it would hold every socket that asks for one.
  const upgrades = new HttpServer();
  const { server, end } = createEdgeServer(
    async (request, response) => {
      const route = routeOf(request.url ?? "", dev);
      setSecurityHeaders(request, response, {
        page: !route.programs,
        dev,
        https: isHttps(),
        trusted: isTrustworthy(request.headers.host ?? "", settings),
      });
      const refusal = guardRequest(request, route, settings);
      if (refusal) return answerPlainly(request, response, refusal, route);
      prepareRequestHeaders(request, settings);
      if (request.method === "POST") {
        const received = receiveBody(request, mostBodyBytes(request, route), async () => {
          // Before, there may be no database to ask, nor what asks it.
          await ready;
          const { memberOfRequest } = await import("./lib/auth/session-of-request");
          const { credentialOfRequest } = await import("./lib/run-route");
          const { headOf } = await import("./lib/start/answer-program");
          return route.programs ? credentialOfRequest(headOf(request)) : memberOfRequest(request);
        });
        if (request.headers.expect) response.writeContinue();
        const body = await received;
        if (body.state === "gone") return;
        const refusal = refusalOfBody(request, route, body);
        if (refusal) return answerPlainly(request, response, refusal, route);
      }
      if (!isReady && (await route.early?.(request, response))) return;
      const handle = await ready;
      if (!server.listening) response.setHeader("connection", "close");
      if (!(await answerAhead?.(request, response))) await handle(request, response);
    },
    (address) => isSharedAddress(address, settings),
    dev
      ? (request, socket, head) => {
          if (routeOf(request.url ?? "", dev).upgrades) upgrades.emit("upgrade", request, socket, head);
          else refuse(socket, "404 Not Found");
        }
      : undefined,
  );
  await listen(server, settings.HOST, settings.PORT);
  // It listens on a port, not on a pipe.
  const { port } = server.address() as AddressInfo;
  // After a redirect in an action Next asks itself for the page; behind a proxy it would ask the public address.
  process.env.__NEXT_PRIVATE_ORIGIN = `http://${ownHost(settings.HOST)}:${port}`;
  const { linkTo, ONLY_HERE, setPort } = await import("./lib/links");
  setPort(port);

  const { ensureInstall } = await import("./lib/start/ensure-install");
  ensureInstall(ROOT);
  const { ensureDatabase } = await import("./lib/start/ensure-database");
  const { closeDatabase } = await import("./lib/db");
  await ensureDatabase(settings.DATABASE_URL);
  const { cleanUpDaily, expireByTheMinute } = await import("./lib/start/clean-up");
  await cleanUpDaily();
  await expireByTheMinute();
  if (!dev) {
    const { ensureBuild } = await import("./lib/start/ensure-build");
    ensureBuild(ROOT);
  }
  const { foundSessionOf } = await import("./lib/auth/session-of-request");
  const { checkHealth } = await import("./lib/start/check-health");
  const { runEndpoint } = await import("./lib/run-endpoint");
  const { runRoute } = await import("./lib/run-route");
  answerAhead = openHttpRoutes(ROOT, dev, { findSession: foundSessionOf, checkHealth, runEndpoint, runRoute });
  const { recordFailuresNow } = await import("./lib/auth/record-failures");
  const { writeRefused } = await import("./lib/endpoints/count-refused");
  const recordNow = async () => {
    await recordFailuresNow();
    await writeRefused();
  };
  closeOnSignal(end, recordNow, closeDatabase);

  // Before Next makes its first line.
  if (!dev) (await import("./lib/start/route-console")).routeConsole();
  const { default: next } = await import("next");
  const app = next({ dev, dir: ROOT, hostname: settings.HOST, port, httpServer: upgrades });
  await app.prepare();
  handler(app.getRequestHandler());
  isReady = true;

  const { needsSetup, setupCode, SETUP_CODE_HOURS } = await import("./lib/auth/setup");
  say(`Version ${ownVersion()}`);
  log().info({ version: ownVersion() }, "ready");
  say(`Claimcheck is ready at ${linkTo("").url}`);
  if (await needsSetup()) {
    const { url, onlyHere } = linkTo(`/setup?code=${setupCode()}`);
    say(`Create the first admin at ${url}`);
    say(`That link works once, within ${SETUP_CODE_HOURS} hours; a restart prints a new one.`);
    if (onlyHere) say(ONLY_HERE);
  }
}

// Whoever read the output may be gone (a closed pipe). Without this each failing write would be reported by another one, for ever.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

start(process.argv.includes("--dev")).catch((error: unknown) => {
  complain(error instanceof StartError ? error.message : error);
  process.exit(1);
});
