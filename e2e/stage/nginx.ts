/** Runs the system's nginx in front of a desk, as a user of its own does who has no port below 1024: with the very configuration of docs/deploy, and a certificate made for this run. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { findProgram } from "./find-program";
import { ROOT } from "./server";

/** Where nginx comes from, so that its own address and a client's are two. */
export const PROXY = "127.0.0.5";

/** @returns the path of an executable; undefined when there is none */
export function findNginx(): string | undefined {
  return process.env.NGINX_PATH || findProgram(["nginx", "../sbin/nginx"]);
}

const findOpenssl = () => findProgram(["openssl"]);

/** Why no story can be played behind it here; undefined where one can. */
export const noNginx = !findNginx()
  ? "There is no nginx here: install one (nginx-light), or name it in NGINX_PATH."
  : findOpenssl()
    ? undefined
    : "There is no openssl here to make a certificate with.";

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** `https`: where browsers go. `desk`: where the desk itself listens. */
export type Ports = { http: number; https: number; desk: number };

export const freePorts = async (): Promise<Ports> => ({
  http: await freePort(),
  https: await freePort(),
  desk: await freePort(),
});

/** The site as it is documented, with other ports, another name and another certificate. @throws Error when it is not as this expects it */
function siteFrom(text: string, ports: Ports, folder: string): string {
  const changes: [from: RegExp, to: string][] = [
    [/^ *listen \[::\].*\n/gm, ""],
    // What it would leave out there is looked at here.
    [/^ *error_log .*\n/gm, ""],
    [/listen 80;/g, `listen 127.0.0.1:${ports.http};`],
    [/listen 443 /g, `listen 127.0.0.1:${ports.https} `],
    [/return 301 https:\/\/desk\.example\.com/g, `return 301 https://localhost:${ports.https}`],
    [/server_name desk\.example\.com;/g, "server_name localhost;"],
    [/\/etc\/letsencrypt\/live\/desk\.example\.com/g, folder],
    [/127\.0\.0\.1:3000;/g, `127.0.0.1:${ports.desk};`],
  ];
  return changes.reduce((site, [from, to]) => {
    if (!site.match(from)) throw new Error(`docs/deploy/nginx.conf has nothing like ${from} any more.`);
    return site.replace(from, to);
  }, text);
}

export class Nginx {
  readonly #child: ChildProcess;
  readonly #log: string;
  readonly #left: Promise<unknown>;

  /** @param folder an empty one @throws Error when there is none, or it does not take its configuration */
  constructor(folder: string, ports: Ports) {
    const [program, openssl] = [findNginx(), findOpenssl()];
    if (!program || !openssl) throw new Error(noNginx);
    mkdirSync(folder, { recursive: true });
    this.#log = join(folder, "error.log");
    const made = spawnSync(
      openssl,
      [
        ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"],
        ...["-addext", "subjectAltName=DNS:localhost", "-keyout", "privkey.pem", "-out", "fullchain.pem"],
      ],
      { cwd: folder, encoding: "utf8" },
    );
    if (made.status !== 0) throw new Error(`openssl made no certificate:\n${made.stderr}`);
    const site = siteFrom(readFileSync(join(ROOT, "docs/deploy/nginx.conf"), "utf8"), ports, folder);
    const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map((name) => `${name}_temp_path ${join(folder, name)};`)
      .join("\n");
    const config = join(folder, "nginx.conf");
    const head = `daemon off; worker_processes 1; pid ${join(folder, "nginx.pid")}; error_log ${this.#log} info;`;
    writeFileSync(config, `${head}\nevents {}\nhttp {\n${places}\nproxy_bind ${PROXY};\n${site}\n}\n`);
    const words = ["-e", this.#log, "-p", folder, "-c", config];
    const tested = spawnSync(program, ["-t", ...words], { encoding: "utf8" });
    if (tested.status !== 0) throw new Error(`nginx does not take its configuration:\n${tested.stderr}`);
    this.#child = spawn(program, words, { stdio: "ignore" });
    this.#left = new Promise((resolve) => this.#child.once("close", resolve));
  }

  /** What it has to say, down to notes such as of a file that it wrote a body to. */
  get log(): string {
    return readFileSync(this.#log, "utf8");
  }

  async stop(): Promise<void> {
    this.#child.kill("SIGTERM");
    await this.#left;
  }
}
