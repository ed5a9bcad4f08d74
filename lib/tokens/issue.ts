/** Issues a token: it leaves this function only after its ledger row and its audit event are committed. Refuses what breaks the vendor's rules or the key's policy, and records that it did. */
import { confirmNoSecret } from "@/lib/audit/confirm-no-secret";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { IssuingKeyInput, issueTokenInput } from "@/lib/composer/schema";
import { parseInput } from "@/lib/parse-input";
import { profileOf } from "@/lib/profiles/registry";
import { findTemplateInForce } from "@/lib/templates/in-force";
import { issueForm } from "./issue-form";
import type { IssuedTokenResult } from "./issued";
import { NOT_ISSUED, openIssuingKey } from "./issuing-key";
import { recordingRefusals } from "./record-refusal";

/**
 * @param words of a program's request, by their hash
 * @returns the token, shown once and never stored
 * @throws AppError `forbidden`, `invalid`, `not_found`, `conflict` or `throttled`; any other error too means that nothing was issued
 */
export async function issueToken(actor: Actor, input: unknown, words?: string): Promise<IssuedTokenResult> {
  await authorize(actor, "token.issue");
  return recordingRefusals(actor, input, () => issue(actor, input, words));
}

const isText = (field: [string, unknown]): field is [string, string] => typeof field[1] === "string";

async function issue(actor: Actor, input: unknown, words: string | undefined): Promise<IssuedTokenResult> {
  const { keyId } = parseInput(IssuingKeyInput, input, NOT_ISSUED);
  await authorize(actor, "token.issue", { keyId });
  const { key, secret } = await openIssuingKey(keyId);
  const profile = profileOf(key.profile);
  const form = parseInput(issueTokenInput(profile), input, NOT_ISSUED);
  const template = await findTemplateInForce(profile, form.template);
  const { keyId: _, jti: __, ...typed } = { ...form, customClaims: JSON.stringify(form.customClaims) };
  // One that is in force is known by its id, and holds what somebody has looked at.
  const texts = { ...typed, template: template ? "" : form.template };
  await confirmNoSecret(Object.fromEntries(Object.entries(texts).filter((field) => isText(field))), {
    told: NOT_ISSUED,
  });
  return issueForm(actor, { key, secret, profile, template, form, words });
}
