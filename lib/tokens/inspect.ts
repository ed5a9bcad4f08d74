/** Checks a pasted token against what only the server has: the team's secrets, and the ledger. Records that somebody looked, and raises the alarm about what our secret has signed elsewhere; answers also when it cannot be recorded, and says so. */
import { bytesOf } from "@/lib/audit/bytes";
import { recordEvent } from "@/lib/audit/record";
import { type Actor, idOf } from "@/lib/auth/actor";
import { authorize, isAllowed } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { countAgainst } from "@/lib/auth/count-against";
import { collectInCase } from "@/lib/cases/collect";
import { now as clock } from "@/lib/clock";
import { type Tx, transaction } from "@/lib/db";
import type { Inspection, LedgerCheck } from "@/lib/decoder/inspection";
import { climb, whyNotSent } from "@/lib/decoder/ladder";
import { isAlwaysRefused } from "@/lib/decoder/refused-always";
import { AppError } from "@/lib/errors";
import { ALGORITHM } from "@/lib/jwt/check-header";
import { readToken, type TokenReading } from "@/lib/jwt/read";
import { type OpenSecret, openSecrets } from "@/lib/keys/open-secrets";
import { describeError, log } from "@/lib/log";
import { parseInput } from "@/lib/parse-input";
import { nearlyNamesKey, profileOf } from "@/lib/profiles/registry";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { isDate } from "@/lib/text/instant";
import { isWriteFailure, writeFailureReason } from "@/lib/write-failure";
import { checkLedger } from "./check-ledger";
import { checkSignature, secretsNamed } from "./check-signature";
import { lenientClaims } from "./lenient-claims";
import { InspectTokenInput } from "./schema";
import { tokenSha256 } from "./sign";

/** @throws AppError `forbidden`, `throttled` or `invalid`; a token that is merely bad is answered, not refused */
export async function inspectToken(actor: Actor, input: unknown): Promise<Inspection> {
  await authorize(actor, "token.inspect");
  // Or a member who signs with guesses and asks could guess a secret; a program is held by the limit of its credential.
  await countAgainst(actor, "inspections");
  const { token } = parseInput(InspectTokenInput, input);
  const strict = readToken(token);
  if (strict.kind !== "token" || strict.token !== token || whyNotSent(strict) !== undefined)
    throw new AppError(
      "invalid",
      `Only a whole token with a signature as ${ALGORITHM} or its kin make it can be checked.`,
    );
  const sha256 = tokenSha256(asSigned(strict));
  const secrets = await openSecrets();
  const reading = asWhoSignedMeant(strict, secrets);
  const ledger = await checkLedger(reading, sha256, isAllowed(actor, "audit.read"), idOf(actor));
  const { found, signer } = findingsOf(reading, secrets, ledger);
  const { unrecorded, elsewhere } = await record(actor, { reading, found, signer, sha256 });
  // What a credential may not use, it is told nothing of; the alarm is raised all the same.
  const mayUse = (keyId: string) => isAllowed(actor, "token.inspect", { keyId });
  const usable = secrets.filter(({ key }) => mayUse(key.id));
  const itsLedger: LedgerCheck = ledger.state === "absent" || mayUse(ledger.entry.keyId) ? ledger : { state: "absent" };
  const isToldOfIt = itsLedger.state !== "absent" || (elsewhere !== undefined && mayUse(elsewhere.keyId));
  return {
    ...(usable.length === secrets.length
      ? found
      : { ...findingsOf(reading, usable, itsLedger).found, ofSomeKeys: true }),
    ...(elsewhere && mayUse(elsewhere.keyId) ? { elsewhere } : {}),
    // Nor that there was something to record.
    ...(unrecorded && isToldOfIt ? { unrecorded } : {}),
  };
}

/** Nobody hides what they do with a secret of ours by writing it so that only less strict readers read it. Of anybody else's token what the strict one says is enough. */
function asWhoSignedMeant(strict: TokenReading, secrets: readonly OpenSecret[]): TokenReading {
  if (strict.claims || !checkSignature(strict, secrets).signer) return strict;
  const claims = lenientClaims(strict);
  return claims ? { ...strict, claims } : strict;
}

function findingsOf(reading: TokenReading, secrets: readonly OpenSecret[], ledger: LedgerCheck) {
  const { check: signature, signer } = checkSignature(reading, secrets);
  const [named] = secretsNamed(reading.claims, secrets);
  const known = named ?? signer;
  const found: Inspection = {
    signature,
    ledger,
    keyDisabled: named?.key.disabled ?? null,
    ...(known ? { profile: known.key.profile } : {}),
    ...(named && nearlyNamesKey(reading.claims, named.key) ? { keyInOtherCapitals: named.key.label } : {}),
  };
  return { found, signer };
}

/**
 * The last character of a signature holds bits that mean nothing. A token of ours in which somebody changed them is
 * still what we signed: taken for another one, it would be an alarm that anybody can raise without the secret.
 */
function asSigned({ token, segments }: TokenReading): string {
  const signature = Buffer.from(segments.signature?.bytes ?? []).toString("base64url");
  return `${token.slice(0, token.lastIndexOf("."))}.${signature}`;
}

type Seen = {
  reading: TokenReading;
  found: Inspection;
  signer: OpenSecret | undefined;
  sha256: string;
};

/**
 * Promise 1 is about what is given out: here nothing is, and whoever looks at a token while the disk is full needs the
 * answer the more.
 * @returns `unrecorded`: why it could not be recorded, if it could not
 */
async function record(actor: Actor, seen: Seen): Promise<Pick<Inspection, "elsewhere" | "unrecorded">> {
  const {
    signer,
    found: { signature, ledger },
  } = seen;
  // Signed by mistake with our secret and never issued here is a backend that is still being written; unless it was
  // said that nothing else signs with it.
  const ours =
    ledger.state === "altered" ||
    (ledger.state === "absent" && (signature.state === "right" || signer?.key.signsElsewhere === "no"));
  const by = ours ? signer : undefined;
  if (ledger.state === "absent" && !by) return {};
  const elsewhere = by && { keyId: by.key.id, signsElsewhere: by.key.signsElsewhere };
  try {
    return await transaction(async (tx) => {
      await confirmActor(tx, actor);
      if (ledger.state !== "absent") await recordInspection(tx, actor, ledger, seen);
      if (!by || !elsewhere) return {};
      // Whoever makes a token in the name of one of ours is no backend of ours.
      if (by.key.signsElsewhere === "yes" && ledger.state === "absent") {
        await recordBackends(tx, actor, by, seen);
        return { elsewhere };
      }
      await recordSignedElsewhere(tx, actor, by, seen);
      if (by.key.signsElsewhere === null && ledger.state === "absent") return { elsewhere };
      return { elsewhere: { ...elsewhere, ...(await collect(tx, actor, by, seen)) } };
    });
  } catch (error) {
    if (!isWriteFailure(error)) throw error;
    log().error({ requestId: actor.origin.requestId, ...describeError(error) }, "an inspection could not be recorded");
    return { ...(elsewhere ? { elsewhere } : {}), unrecorded: writeFailureReason(error) };
  }
}

function recordInspection(
  tx: Tx,
  actor: Actor,
  { state, entry }: Exclude<LedgerCheck, { state: "absent" }>,
  { found: { signature }, sha256 }: Seen,
) {
  return recordEvent(tx, actor, {
    action: "token.inspected",
    outcome: "ok",
    // Anybody can write a known `jti` into a token; only with the signature does the log say what that is worth.
    detail: { found: state === "issued" ? "issued here" : "altered after issuing", signature: signature.state },
    target: { token: entry, ...(state === "altered" ? { sha256 } : {}) },
  });
}

/** The key says that something else signs with its secret: then this is no alarm. */
function recordBackends(tx: Tx, actor: Actor, { key }: OpenSecret, { found: { signature }, sha256 }: Seen) {
  return recordEvent(tx, actor, {
    action: "token.inspected",
    outcome: "ok",
    detail: { found: "signed by a backend", signature: signature.state },
    target: { key, sha256 },
  });
}

/** Somebody else has the secret, whatever the token calls itself. Once for each token: pasting it again is no news. */
async function recordSignedElsewhere(tx: Tx, actor: Actor, { key }: OpenSecret, { found: { ledger }, sha256 }: Seen) {
  const known = await tx.auditEvent.findFirst({ where: { sha256: bytesOf(sha256), action: "token.signed_elsewhere" } });
  if (known) return;
  const imitated = ledger.state === "altered" ? ledger.entry : undefined;
  await recordEvent(tx, actor, {
    action: "token.signed_elsewhere",
    outcome: "failed",
    detail: { apiKey: key.apiKey, ...(imitated ? { imitates: imitated.number } : {}) },
    target: { key, sha256, ...(imitated ? { token: imitated } : {}) },
  });
}

function collect(tx: Tx, actor: Actor, { key, versionId }: OpenSecret, { reading, found, sha256 }: Seen) {
  const claims = reading.claims ?? {};
  const { ledger } = found;
  const profile = profileOf(key.profile);
  const evidence = { server: { state: "answered", inspection: found }, now: epochSeconds(clock()) } as const;
  return collectInCase(tx, actor, {
    ...{ key, secretVersionId: versionId, sha256, facts: profile.facts(claims) },
    ...{ issuedAt: instantOf(claims.iat), startsAt: instantOf(claims.nbf), expiresAt: instantOf(claims.exp) },
    refusedBy: isAlwaysRefused(climb(profile, reading, evidence)) ? profile.id : null,
    imitates: ledger.state === "altered" ? ledger.entry.number : null,
  });
}

/** What is no date is a mistake, such as milliseconds, and no end. */
const instantOf = (claim: unknown): number | null =>
  typeof claim === "number" && claim >= 0 && isDate(claim) ? claim : null;
