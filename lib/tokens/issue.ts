/** Issues a token: it leaves this function only after its ledger row and its audit event are committed. Refuses what breaks the vendor's rules or the key's policy, and records that it did. */
import { confirmNoSecret } from "@/lib/audit/confirm-no-secret";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { now } from "@/lib/clock";
import { prepare } from "@/lib/composer/prepare";
import { IssuingKeyInput, issueTokenInput } from "@/lib/composer/schema";
import { AppError, isAppError } from "@/lib/errors";
import { effective } from "@/lib/keys/policy";
import { enter } from "@/lib/ledger/enter";
import type { NewEntry } from "@/lib/ledger/new-entry";
import { parseInput } from "@/lib/parse-input";
import { profileOf } from "@/lib/profiles/registry";
import { findTemplateInForce } from "@/lib/templates/in-force";
import { wholeEpochSeconds } from "@/lib/text/epoch-seconds";
import type { IssuedTokenResult } from "./issued";
import { openIssuingKey } from "./issuing-key";
import { recordRefusal } from "./record-refusal";
import { rememberIssuing, resendOf } from "./resend";
import { signToken, tokenSha256 } from "./sign";

/**
 * @returns the token, shown once and never stored
 * @throws AppError `forbidden`, `invalid`, `not_found`, `conflict` or `throttled`; any other error too means that nothing was issued
 */
export async function issueToken(actor: Actor, input: unknown): Promise<IssuedTokenResult> {
  await authorize(actor, "token.issue");
  try {
    return await issue(actor, input);
  } catch (error) {
    // A limit and a denial have events of their own, and whoever is out by now is nobody's to record.
    if (isAppError(error) && !["throttled", "forbidden", "unauthenticated"].includes(error.code))
      await recordRefusal(actor, input, error);
    throw error;
  }
}

const isText = (field: [string, unknown]): field is [string, string] => typeof field[1] === "string";

async function issue(actor: Actor, input: unknown): Promise<IssuedTokenResult> {
  const { keyId } = parseInput(IssuingKeyInput, input);
  await authorize(actor, "token.issue", { keyId });
  const { key, secret } = await openIssuingKey(keyId);
  const profile = profileOf(key.profile);
  const form = parseInput(issueTokenInput(profile), input);
  const { keyId: _, jti: __, ...typed } = { ...form, customClaims: JSON.stringify(form.customClaims) };
  await confirmNoSecret(Object.fromEntries(Object.entries(typed).filter((field) => isText(field))));
  const policy = effective(key.policy, actor);
  const at = now();
  const template = await findTemplateInForce(profile, form.template);
  const offered = { ...key, policy, templates: template ? [template] : [] };
  const prepared = prepare(profile, offered, form, wholeEpochSeconds(at));
  const { claims, refused } = prepared;
  const { purpose } = form;
  const kept = { templateId: form.template || null, purpose };
  const resent = () => resendOf(actor, claims, kept, secret);

  if (Object.keys(refused).length > 0) {
    // What was issued by this very form before is told of first: its key may have been disabled since.
    const earlier = await resent();
    if (earlier) return earlier;
    throw new AppError("invalid", "Nothing was issued. What you typed is kept.", {
      fields: refused,
      ...(refused.keyId ? { reason: "disabled key" } : {}),
    });
  }

  const token = await signToken(claims, secret.secret, profile.algorithm);
  const entry: NewEntry = {
    actor,
    at,
    jti: form.jti,
    profile: profile.id,
    key: { id: key.id, label: key.label },
    secretVersionId: secret.versionId,
    issuedAt: prepared.issuedAt,
    claims,
    facts: prepared.facts,
    asked: prepared.asked,
    template: prepared.template,
    purpose,
    sha256: tokenSha256(token),
  };
  const entered = await enter(entry);
  if (entered.state === "taken") {
    // A double click, or the form sent again: the first one's token is this one's answer.
    const earlier = await resent();
    if (!earlier) throw new Error("A token id is taken by no token.");
    return earlier;
  }
  rememberIssuing(form.jti);
  return { token, number: entered.number, claims, profile: profile.id, keyLabel: key.label, purpose };
}
