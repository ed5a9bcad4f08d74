/** `POST /api/v1/tokens/inspect`: what the decoder's page says of a text, as plain data. What is no token is answered, not refused. */

import type { Service } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now as clock } from "@/lib/clock";
import { type Decoded, decodeReading } from "@/lib/decoder/decode";
import type { Inspection } from "@/lib/decoder/inspection";
import type { Found } from "@/lib/decoder/judge-credentials";
import { type ServerAnswer, whyNotSent } from "@/lib/decoder/ladder";
import { reportWith } from "@/lib/decoder/report";
import { readToken } from "@/lib/jwt/read";
import { listFingerprints } from "@/lib/keys/fingerprints";
import { parseInput } from "@/lib/parse-input";
import { vendors } from "@/lib/profiles/registry";
import { scanText } from "@/lib/scan/scan";
import { wholeEpochSeconds } from "@/lib/text/epoch-seconds";
import { inspectToken } from "@/lib/tokens/inspect";
import type * as z from "@/lib/zod";
import { type Inspected, InspectRequest } from "./schema";

export type Judged = { decoded: Decoded; inspection: Inspection | undefined };

/** Whatever it is: a token is checked against keys and ledger. */
export async function judgeForService(actor: Service, text: string): Promise<Judged> {
  await authorize(actor, "token.inspect");
  const reading = readToken(text, vendors);
  const sendable = reading.kind === "token" && whyNotSent(reading) === undefined;
  const inspection = sendable ? await inspectToken(actor, { token: reading.token }) : undefined;
  const server: ServerAnswer = inspection
    ? { state: "answered", inspection }
    : { state: "unavailable", reason: "There is nothing to check." };
  return { decoded: decodeReading(reading, { server, now: wholeEpochSeconds(clock()) }), inspection };
}

export async function inspectForService(actor: Service, fields: unknown): Promise<z.output<typeof Inspected>> {
  await authorize(actor, "token.inspect");
  const { token } = parseInput(InspectRequest, fields, "Nothing was looked at.");
  const { decoded, inspection } = await judgeForService(actor, token);
  const now = wholeEpochSeconds(clock());
  return {
    report: reportWith(await foundIn(actor, token, now), decoded, token, now),
    ledger: ledgerOf(inspection),
    key: keyOf(inspection),
    ...(inspection?.unrecorded ? { unrecorded: inspection.unrecorded } : {}),
  };
}

/** Of what the credential may not use, it is told nothing. */
async function foundIn(actor: Service, text: string, now: number): Promise<Found> {
  return scanText(text, { now, fingerprints: await listFingerprints(actor) });
}

function ledgerOf(inspection: Inspection | undefined): z.output<typeof Inspected>["ledger"] {
  const ledger = inspection?.ledger;
  if (!ledger) return { state: "not-looked-up" };
  if (ledger.state === "absent") return { state: "absent" };
  const { number, actorName, ask, issuedAt, expiresAt, revokedAt } = ledger.entry;
  return {
    state: ledger.state,
    number,
    issuedBy: actorName,
    ask,
    issuedAt,
    expiresAt,
    revokedAt: revokedAt && Math.floor(revokedAt),
  };
}

function keyOf(inspection: Inspection | undefined): z.output<typeof Inspected>["key"] {
  if (!inspection || inspection.signature.state === "unknown-key") return null;
  return { label: inspection.signature.keyLabel, disabled: inspection.keyDisabled ?? false };
}
