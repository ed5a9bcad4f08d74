/** Issues a token: it leaves this function only after its ledger row and its audit event are committed. Refuses what breaks VideoSDK's rules or the key's policy, and records that it did. */
import type { z } from "zod";
import { nextNumber } from "@/lib/audit/next-number";
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { isUniqueViolation, reader, transaction } from "@/lib/db";
import { parseDuration } from "@/lib/duration";
import { AppError } from "@/lib/errors";
import { openSecrets } from "@/lib/keys/open-secrets";
import { parseInput } from "@/lib/parse-input";
import type { Claims } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { refusals } from "./policy";
import { recordRefusal } from "./record-refusal";
import { rememberIssuing, resendOf } from "./resend";
import { IssueTokenInput } from "./schema";
import { signToken, tokenSha256 } from "./sign";
import { templateOf } from "./template";

export type IssuedTokenResult = {
  token: string;
  /** The ledger's running number. */
  number: number;
  claims: Claims;
  keyLabel: string;
  purpose: string;
};

/**
 * @returns the token, shown once and never stored
 * @throws AppError `forbidden`, `invalid`, `not_found`, `conflict` or `throttled`; any other error too means that nothing was issued
 */
export async function issueToken(actor: Actor, input: unknown): Promise<IssuedTokenResult> {
  await authorize(actor, "token.issue");
  const form = parseInput(IssueTokenInput, input);
  try {
    return await issue(actor, form);
  } catch (error) {
    // A limit has an event of its own.
    if (error instanceof AppError && error.code !== "throttled") await recordRefusal(actor, form, error);
    throw error;
  }
}

async function issue(actor: Actor, form: z.output<typeof IssueTokenInput>): Promise<IssuedTokenResult> {
  const key = await reader().signingKey.findUnique({ where: { id: form.keyId } });
  const secret = (await openSecrets(form.keyId)).find((version) => !version.retired);
  if (!key || !secret)
    throw new AppError("not_found", "Nothing was issued.", { fields: { keyId: "This key is gone. Choose another." } });

  const iat = Math.floor(Date.now() / 1000);
  const lifetime = parseDuration(form.expiresIn);
  const ttlSeconds = lifetime.ok ? lifetime.seconds : 0;
  const profile = profileOf(key.profile);
  const claims = profile.buildClaims({ ...form, apiKey: key.apiKey, issuedAt: iat, expiresAt: iat + ttlSeconds });
  const resent = await resendOf(actor, claims, form, secret);
  if (resent) return resent;

  const fields = refusals(profile, claims, { ...key, disabled: key.disabledAt !== null }, ttlSeconds);
  if (templateOf(profile, form) !== form.template)
    fields.template = "This is not what the template fills in. Choose the template again, or none.";
  if (Object.keys(fields).length > 0)
    throw new AppError("invalid", "Nothing was issued. What you typed is kept.", { fields });

  const token = await signToken(claims, secret.secret);
  const sha256 = tokenSha256(token);
  const expiresAt = new Date((iat + ttlSeconds) * 1000);
  // As they were signed: in VideoSDK's order, and once each.
  const { permissions, roles = [] } = claims as { permissions: string[]; roles?: string[] };
  const roomId = form.roomId || null;
  const participantId = form.participantId || null;
  const record = transaction(async (tx) => {
    const number = await nextNumber(tx, "ledger");
    const { count } = await tx.signingKey.updateMany({
      where: { id: key.id, disabledAt: null },
      data: { issuedTokens: { increment: 1 } },
    });
    if (count === 0) {
      throw new AppError("conflict", "Nothing was issued.", {
        fields: { keyId: `"${key.label}" was disabled just now. Choose another key.` },
      });
    }
    await tx.issuedToken.create({
      data: {
        number,
        jti: form.jti,
        keyId: key.id,
        keyLabel: key.label,
        secretVersionId: secret.versionId,
        issuerId: actor.memberId,
        issuerName: actor.name,
        sessionId: actor.sessionId,
        door: actor.origin.door,
        issuedAt: new Date(iat * 1000),
        expiresAt,
        claims: JSON.stringify(claims),
        permissions: permissions.join(" "),
        roles: roles.join(" "),
        roomId,
        participantId,
        template: form.template,
        purpose: form.purpose,
        sha256,
      },
    });
    await recordEvent(tx, actor, {
      action: "token.issued",
      outcome: "ok",
      detail: {
        template: form.template,
        purpose: form.purpose,
        expiresAt: expiresAt.toISOString(),
        permissions,
        roles,
      },
      target: {
        key: { id: key.id, label: key.label },
        roomId,
        participantId,
        jti: form.jti,
        tokenNumber: number,
        sha256,
      },
    });
    rememberIssuing(form.jti);
    return number;
  });
  try {
    return { token, number: await record, claims, keyLabel: key.label, purpose: form.purpose };
  } catch (error) {
    // Two of the same form at once: the other one was first, and its token is this one's answer.
    const twin = isUniqueViolation(error) ? await resendOf(actor, claims, form, secret) : undefined;
    if (twin) return twin;
    throw error;
  }
}
