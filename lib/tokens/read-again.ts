/** Reads of a token in the ledger what the issue form needs to issue it again, for who may issue: its fields from its claims, its lifetime and its template; and says what can't be as it was. Issues nothing, and never has the token. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { isCustom } from "@/lib/composer/custom-claims";
import { askedIn } from "@/lib/composer/refusals";
import type { FormValues } from "@/lib/composer/schema";
import { listKeyChoices } from "@/lib/keys/choices";
import { refusedByPolicy } from "@/lib/keys/policy";
import { findTokens } from "@/lib/ledger/find";
import { parseInput } from "@/lib/parse-input";
import { formOf } from "@/lib/profiles/given";
import { profileOf } from "@/lib/profiles/registry";
import { typedLifetime } from "@/lib/text/lifetime";
import { FindTokenInput } from "./schema";

export type Again = {
  number: number;
  keyLabel: string;
  /** For the form; `keyId` is empty when the key is gone. The purpose is no part of them: it was that one's. */
  values: FormValues;
  /** What that one was for. */
  purpose: string;
  /** What is not as it was, a sentence each. */
  said: string[];
};

/** @returns undefined when no token has that number @throws AppError `forbidden` or `invalid` */
export async function readAgain(actor: Actor, input: unknown): Promise<Again | undefined> {
  await authorize(actor, "token.issue");
  const { number } = parseInput(FindTokenInput, input);
  const [row] = await findTokens([number]);
  if (!row) return undefined;
  const profile = profileOf(row.profile);
  // What the form wrote is never misspelt: a `role` or a `room` is a custom claim that somebody wanted so.
  const claims = Object.entries(row.claims);
  const customClaims = Object.fromEntries(claims.filter(([name]) => isCustom(profile, name)));
  const ownClaims = Object.fromEntries(claims.filter(([name]) => !isCustom(profile, name)));
  const { given } = (await profile.loadRepairing()).repair(ownClaims);
  const template = row.templateId ?? "";
  const startedAt = row.startsAt ?? row.issuedAt;
  const ttlSeconds = row.expiresAt - startedAt;
  const asked = { ...formOf(given), template, purpose: row.purpose };
  const key = (await listKeyChoices(actor)).find(({ id }) => id === row.keyId);
  const said: string[] = [];
  if (!key) said.push(`Its key, “${row.keyLabel}”, is gone: choose the key that signs.`);
  else if (key.disabled) said.push(`Its key, “${key.label}”, is disabled here: choose another one.`);
  else {
    const form = { ...asked, ttlSeconds, startsAt: null, customClaims };
    const refused = refusedByPolicy(
      profile,
      key.policy,
      askedIn(profile, key, form, row.claims, row.issuedAt),
      key.label,
    );
    if (Object.keys(refused).length > 0)
      said.push(`“${key.label}” does not allow all of it now: change what is marked.`);
  }
  const now = key?.templates.find(({ id }) => id === template);
  if (key && template !== "" && !now) said.push(`Its template, “${row.templateName}”, is hidden or gone.`);
  if (now && (now.version ?? null) !== row.templateVersion)
    said.push(`Its template, “${row.templateName}”, was changed since: this is what it filled in then.`);
  if (startedAt !== row.issuedAt) said.push("It starts now; that one did later than it was issued.");
  return {
    number: row.number,
    keyLabel: row.keyLabel,
    values: {
      ...formOf(given),
      keyId: key?.id ?? "",
      template,
      expiresIn: typedLifetime(ttlSeconds),
      customClaims: Object.keys(customClaims).length > 0 ? JSON.stringify(customClaims, null, 2) : "",
      purpose: "",
    },
    purpose: row.purpose,
    said,
  };
}
