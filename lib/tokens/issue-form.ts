/** Issues what a parsed form asks for: the payload, its signature, its row of the ledger, and only then the token. Refuses what breaks the vendor's rules or the key's policy. Asks nobody who they are: the verbs that call it have. */
import type { Actor } from "@/lib/auth/actor";
import { now } from "@/lib/clock";
import { prepare } from "@/lib/composer/prepare";
import type { ParsedIssueInput } from "@/lib/composer/schema";
import { AppError } from "@/lib/errors";
import type { IssuingKey, OpenSecret } from "@/lib/keys/open-secrets";
import { effective } from "@/lib/keys/policy";
import { enter } from "@/lib/ledger/enter";
import type { NewEntry } from "@/lib/ledger/new-entry";
import type { Profile, Template } from "@/lib/profiles/profile";
import { templatesToJudgeBy } from "@/lib/templates/in-force";
import { wholeEpochSeconds } from "@/lib/text/epoch-seconds";
import type { IssuedTokenResult } from "./issued";
import { rememberIssuing, resendOf } from "./resend";
import { signToken, tokenSha256 } from "./sign";

export type ReadyForm = {
  key: IssuingKey;
  secret: OpenSecret;
  profile: Profile;
  /** The one that the form names, as it is in force. */
  template: Template | undefined;
  form: ParsedIssueInput;
  /** Of a program's request, by their hash: to tell whether it is the same when it comes again. */
  words?: string | undefined;
};

/** @throws AppError `invalid` or `conflict`; any error means that nothing was issued */
export async function issueForm(actor: Actor, ready: ReadyForm): Promise<IssuedTokenResult> {
  const { key, secret, profile, template, form, words } = ready;
  const policy = effective(key.policy, actor);
  const at = now();
  const offered = { ...key, policy, templates: await templatesToJudgeBy(profile, policy, template) };
  const prepared = prepare(profile, offered, form, wholeEpochSeconds(at));
  const { claims, refused } = prepared;
  const { purpose } = form;
  const asked = { templateId: form.template || null, purpose, words };
  const resent = () => resendOf(actor, claims, asked, secret);

  if (Object.keys(refused).length > 0) {
    // What was issued by this very form before is told of first: its key may have been disabled since.
    const earlier = await resent();
    if (earlier) return earlier;
    throw new AppError("invalid", "Nothing was issued. What you typed is kept.", {
      fields: refused,
      ...(refused.keyId ? { reason: "disabled key" } : {}),
    });
  }

  const token = signToken(claims, secret.secret, profile.algorithm);
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
  // Nobody can ask an endpoint again for what it drew the id of.
  if (actor.kind !== "endpoint") rememberIssuing(form.jti, words);
  return { token, number: entered.number, claims, profile: profile.id, keyLabel: key.label, purpose };
}
