/** `issue`: asks the desk for a token. Sent again once under the same id when the answer was lost, so that it is issued once. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { readCustomClaims } from "@/lib/composer/custom-claims";
import { wordsOf } from "@/lib/decoder/report";
import { firstProfile } from "@/lib/profiles/registry";
import { formatUtc } from "@/lib/text/instant";
import { tokenName } from "@/lib/text/numbered";
import * as z from "@/lib/zod";
import { ask, Unreachable } from "./desk";
import { EXIT, type Io, type Options } from "./io";
import { json, paint, safe } from "./print";
import { UsageError } from "./usage-error";

const Issued = z.object({
  token: z.string(),
  number: z.number(),
  keyLabel: z.string(),
  expiresAt: z.number(),
  purpose: z.string(),
  claims: z.record(z.string(), z.unknown()),
  // An older desk has none.
  warnings: z.array(z.string()).default([]),
});

/** `roomId` → `room-id`. */
export const optionOf = (field: string): string => field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The vendor's own fields: an id once, names as often as there are. */
export const vendorOptions = firstProfile().fields.map(({ name, kind }) => ({
  name,
  option: kind === "id" ? optionOf(name) : optionOf(name).replace(/s$/, ""),
  multiple: kind === "names",
}));

const common = { keyId: "key", template: "template", expiresIn: "expires", startsAt: "starts", purpose: "purpose" };

function bodyOf(options: Options): Record<string, unknown> {
  const asked: Record<string, unknown> = {};
  for (const [field, option] of Object.entries(common))
    if (options[option] !== undefined) asked[field] = options[option];
  for (const { name, option } of vendorOptions) if (options[option] !== undefined) asked[name] = options[option];
  if (typeof options.claims === "string") {
    // As the desk reads them: read and written anew, what it refuses would be signed as something else.
    const read = readCustomClaims(options.claims, firstProfile());
    if (!read.ok) throw new UsageError(`--claims: ${read.message}`);
    asked.customClaims = read.claims;
  }
  return asked;
}

/** Beyond it whoever waits is told, and asks again themselves. */
const LONGEST_WAIT_SECONDS = 10;

async function askTwice(io: Io, body: Record<string, unknown>): Promise<unknown> {
  const jti = randomUUID();
  const request = { method: "POST", path: "/api/v1/tokens", body, headers: { "idempotency-key": jti } } as const;
  let mayBeIssued = false;
  const said = `A token may have been issued all the same: look for ${jti} in the audit log before you issue another.`;
  const askOnce = () =>
    ask(io, request).catch((error: unknown) => {
      if (error instanceof Unreachable) mayBeIssued ||= error.mayBeDone;
      if (mayBeIssued && error instanceof Error) error.message = `${error.message} ${said}`;
      throw error;
    });
  return askOnce().catch(async (error: unknown) => {
    if (!(error instanceof Unreachable) || error.waitSeconds > LONGEST_WAIT_SECONDS) throw error;
    await sleep(error.waitSeconds * 1000);
    return askOnce();
  });
}

export async function issue(io: Io, given: readonly string[], options: Options): Promise<number> {
  if (given.length > 0) throw new UsageError("issue takes options alone: see issue --help.");
  if (options["token-only"] && options.json) throw new UsageError("Choose --token-only or --json, not both.");
  const answer = await askTwice(io, bodyOf(options));
  const { token, number, keyLabel, expiresAt, purpose, claims, warnings } = Issued.parse(answer);
  if (options["token-only"]) io.out(`${token}\n`);
  else if (options.json) io.out(json(answer));
  else {
    io.out(`${paint(io, "strong", tokenName(number))}, with ${safe(keyLabel)}, until ${formatUtc(expiresAt)}\n`);
    io.out(`${safe(wordsOf(firstProfile().describe(claims, { now: io.now() }), io.now()))}\n`);
    if (purpose) io.out(`${safe(purpose)}\n`);
    io.out(`\n${token}\n`);
    for (const warning of warnings) io.err(`${safe(warning)}\n`);
  }
  return EXIT.ok;
}

/** The option that fills in a field of the request; undefined where none does. */
export const optionFor = (field: string): string | undefined => {
  const vendors = vendorOptions.find(({ name }) => name === field.split(".")[0])?.option;
  const own = Object.entries(common).find(([name]) => name === field)?.[1];
  return vendors ?? own ?? (field === "customClaims" ? "claims" : undefined);
};
