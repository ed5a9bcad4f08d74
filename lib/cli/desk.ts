/** Asks the desk: its address and its credential from the environment. Sends the credential over https, or to this machine, and nowhere else; never writes it anywhere. */
import { readFileSync, statSync } from "node:fs";
import { holdsCredential, isCredential } from "@/lib/text/credential";
import type { Io } from "./io";
import { isReadAtOnce } from "./is-read-at-once";
import { UsageError } from "./usage-error";

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];
const TIMEOUT_MS = 30_000;

/** What the desk refused, in its own words. */
export class Refused extends Error {
  constructor(
    /** Of the problem; what stands in front of the desk may answer without. */
    readonly type: string | undefined,
    message: string,
    /** By field of what was sent. */
    readonly fields: Readonly<Record<string, string>>,
    /** When to ask again; undefined: the desk does not say. */
    readonly waitSeconds?: number,
  ) {
    super(message);
  }
}

/** The desk did not answer, or failed. */
export class Unreachable extends Error {
  constructor(
    message: string,
    /** When to ask again, as the desk says. */
    readonly waitSeconds = 0,
    /** What was asked for may have been done all the same: it was sent, and the answer was lost. */
    readonly mayBeDone = false,
  ) {
    super(message);
  }
}

export const hasCredential = ({ env }: Pick<Io, "env">): boolean =>
  Boolean(env.CLAIMCHECK_CREDENTIAL || env.CLAIMCHECK_CREDENTIAL_FILE);

function credentialOf({ env }: Pick<Io, "env">): string {
  const { CLAIMCHECK_CREDENTIAL: given, CLAIMCHECK_CREDENTIAL_FILE: file } = env;
  if (!given && !file)
    throw new UsageError("Set CLAIMCHECK_CREDENTIAL, or CLAIMCHECK_CREDENTIAL_FILE to a file that holds it.");
  const value = (given || readSecretFile(file ?? "")).trim();
  if (!isCredential(value))
    throw new UsageError(
      `What ${given ? "CLAIMCHECK_CREDENTIAL" : "CLAIMCHECK_CREDENTIAL_FILE"} holds is no credential: it begins with cc_, and its checksum must be right. Copy it again.`,
    );
  return value;
}

/** The variable is named, and not what it holds: mixed up with its neighbour, that is the credential itself. */
function readSecretFile(file: string): string {
  if (holdsCredential(file))
    throw new UsageError(
      "CLAIMCHECK_CREDENTIAL_FILE holds a credential, and not the name of a file. Set CLAIMCHECK_CREDENTIAL to it.",
    );
  try {
    const stat = statSync(file);
    if (!isReadAtOnce(file, stat))
      throw new UsageError("What CLAIMCHECK_CREDENTIAL_FILE names is no file. Name one that holds the credential.");
    // What others of this machine may read is no secret.
    if (process.platform !== "win32" && !stat.isDirectory() && (stat.mode & 0o077) !== 0)
      throw new UsageError("The file that CLAIMCHECK_CREDENTIAL_FILE names can be read by others: chmod 600 it.");
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError("The file that CLAIMCHECK_CREDENTIAL_FILE names cannot be read.");
  }
}

function addressOf({ env }: Pick<Io, "env">): URL {
  const text = env.CLAIMCHECK_URL ?? "";
  if (!/^https?:/i.test(text) || !URL.canParse(text))
    throw new UsageError("Set CLAIMCHECK_URL to the desk's address, such as https://desk.example.com.");
  const url = new URL(text);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && LOOPBACK.includes(url.hostname)))
    throw new UsageError("CLAIMCHECK_URL: over plain http the credential could be read on the way. Use https.");
  // Left off, it would send the credential to whatever else is at that host.
  if (url.href !== `${url.origin}/`)
    throw new UsageError(
      `CLAIMCHECK_URL: the desk has no path, and no name and password, in its address. Write ${url.origin}.`,
    );
  return url;
}

/** Of a connection that was there, and broke. */
const BROKEN = /^(?:ECONNRESET|EPIPE|UND_ERR_(?:SOCKET|(?:HEADERS|BODY)_TIMEOUT))$/;

const leadsElsewhere = (status: number) => status >= 300 && status < 400;

/** No JSON: a page of somebody else's, a redirect, or what broke off. */
const strangeAnswer = (origin: string, status: number) =>
  leadsElsewhere(status)
    ? `${origin} leads elsewhere (${status}), where the credential is not sent. Set CLAIMCHECK_URL to the desk's own address.`
    : `What answered at ${origin} (${status}) is no desk, or broke off. Look at CLAIMCHECK_URL.`;

export type Asked = { method: "GET" | "POST"; path: string; body?: unknown; headers?: Record<string, string> };

/** @throws Refused, Unreachable or UsageError */
export async function ask(io: Pick<Io, "env">, { method, path, body, headers = {} }: Asked): Promise<unknown> {
  const url = new URL(path, addressOf(io));
  const sent = {
    ...headers,
    authorization: `Bearer ${credentialOf(io)}`,
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
  const response = await fetch(url, {
    ...{ method, headers: sent, redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    if (Object(error).name === "TimeoutError")
      throw new Unreachable(`${url.origin} did not answer within ${TIMEOUT_MS / 1000} s.`, 0, true);
    // Such as ECONNREFUSED, or what is wrong with its certificate.
    const { code } = Object(Object(error).cause);
    const said = typeof code === "string" ? code : "";
    throw new Unreachable(`${url.origin} does not answer${said && ` (${said})`}.`, 0, BROKEN.test(said));
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer;
  if (answer === undefined)
    throw new Unreachable(strangeAnswer(url.origin, response.status), 0, !leadsElsewhere(response.status));
  const { type, title, detail, fields } = Object(answer);
  const wait = response.headers.get("retry-after");
  const told = [
    typeof title === "string" ? `${title}:` : `The desk answered ${response.status}.`,
    detail,
    wait && `Try again in ${wait} s.`,
  ]
    .filter((part) => typeof part === "string")
    .join(" ");
  // What stands in front of the desk may have given up while the desk did it.
  if (response.status >= 500) throw new Unreachable(told, Number(wait) || 0, typeof type !== "string");
  throw new Refused(
    typeof type === "string" ? type : undefined,
    told,
    Object.fromEntries(
      Object.entries(Object(fields)).filter((field): field is [string, string] => typeof field[1] === "string"),
    ),
    Number(wait) || undefined,
  );
}
