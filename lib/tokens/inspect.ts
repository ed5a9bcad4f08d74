/** Checks a pasted token against what only the server has: the team's secrets, and the ledger. Records that somebody looked. */
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { ALGORITHM } from "@/lib/jwt/check-header";
import { readToken } from "@/lib/jwt/read";
import { type OpenSecret, openSecrets } from "@/lib/keys/open-secrets";
import { parseInput } from "@/lib/parse-input";
import { checkLedger, type LedgerCheck } from "./check-ledger";
import { checkSignature, type SignatureCheck } from "./check-signature";
import { InspectTokenInput } from "./schema";
import { tokenSha256 } from "./sign";

export type Inspection = {
  signature: SignatureCheck;
  ledger: LedgerCheck;
  /** Whether the key that the claim `apikey` names is disabled here; null when it is none of this desk's. */
  keyDisabled: boolean | null;
};

/** @throws AppError `forbidden` or `invalid`; a token that is merely bad is answered, not refused */
export async function inspectToken(actor: Actor, input: unknown): Promise<Inspection> {
  await authorize(actor, "token.inspect");
  const { token } = parseInput(InspectTokenInput, input);
  const reading = readToken(token);
  if (reading.kind !== "token" || !reading.complete || reading.token !== token || reading.header?.alg !== ALGORITHM) {
    throw new AppError("invalid", `Only a whole token that says ${ALGORITHM} can be checked.`);
  }
  const secrets = await openSecrets();
  const { check: signature, signer } = await checkSignature(reading, secrets);
  const sha256 = tokenSha256(token);
  const ledger = await checkLedger(reading, sha256);
  if (ledger.state !== "absent") await recordInspection(actor, ledger, sha256);
  else if (signer) await recordSignedElsewhere(actor, signer, sha256);
  const named = secrets.find(({ key }) => key.apiKey === reading.claims?.apikey);
  return { signature, ledger, keyDisabled: named?.key.disabled ?? null };
}

function recordInspection(actor: Actor, { state, entry }: Exclude<LedgerCheck, { state: "absent" }>, sha256: string) {
  return transaction((tx) =>
    recordEvent(tx, actor, {
      action: "token.inspected",
      outcome: "ok",
      detail: { found: state === "issued" ? "issued here" : "altered after issuing" },
      target: {
        key: { id: entry.keyId, label: entry.keyLabel },
        roomId: entry.roomId,
        participantId: entry.participantId,
        jti: entry.jti,
        tokenNumber: entry.number,
        sha256,
      },
    }),
  );
}

/** Somebody else has the secret. Once for each token: pasting it again is no news. */
function recordSignedElsewhere(actor: Actor, { key }: OpenSecret, sha256: string) {
  return transaction(async (tx) => {
    const known = await tx.auditEvent.findFirst({ where: { sha256, action: "token.signed_elsewhere" } });
    if (known) return;
    await recordEvent(tx, actor, {
      action: "token.signed_elsewhere",
      outcome: "failed",
      detail: { apiKey: key.apiKey },
      target: { key, sha256 },
    });
  });
}
