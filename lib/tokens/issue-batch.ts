/** Issues many tokens at once, all of them or none: they leave this function only after all their ledger rows and audit events are committed together. Each row is judged as a token alone would be; one that breaks the vendor's rules or the key's policy refuses all of them. */
import { createHash, randomUUID } from "node:crypto";
import canonicalize from "canonicalize";
import { confirmNoSecretIn } from "@/lib/audit/confirm-no-secret";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { countAgainst } from "@/lib/auth/count-against";
import { type BatchRow, type CommonForm, columnsOf } from "@/lib/batch/columns";
import type { IssuedBatch, IssuedRow } from "@/lib/batch/issued";
import { type JudgedRow, rowJudge } from "@/lib/batch/judge-row";
import { BatchInput, isFieldValue } from "@/lib/batch/schema";
import { now } from "@/lib/clock";
import { IssuingKeyInput } from "@/lib/composer/schema";
import { AppError, type FieldErrors } from "@/lib/errors";
import { inSlices } from "@/lib/in-slices";
import type { IssuingKey } from "@/lib/keys/open-secrets";
import { effective } from "@/lib/keys/policy";
import { enterBatch } from "@/lib/ledger/enter-batch";
import type { NewEntry } from "@/lib/ledger/new-entry";
import { parseInput } from "@/lib/parse-input";
import type { Profile } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { findTemplateInForce, templatesToJudgeBy } from "@/lib/templates/in-force";
import { wholeEpochSeconds } from "@/lib/text/epoch-seconds";
import { NOT_ISSUED, openIssuingKey } from "./issuing-key";
import { recordingRefusals } from "./record-refusal";
import { batchId, rememberEntering, rememberIssuing } from "./resend";
import { resendOfBatch } from "./resend-batch";
import { openSigner, tokenSha256 } from "./sign";

/** What no row says for itself, beside the key. */
const OF_ALL = ["template", "startsAt", "customClaims"];
/** Of a table that is wrong throughout, the first cells are told. */
const MOST_TOLD = 100;

/**
 * @param words of a program's request, by their hash
 * @returns the tokens, shown once and never stored
 * @throws AppError `forbidden`, `invalid` (fields of a row as `rows.3.expiresIn`), `not_found`, `conflict` or `throttled`;
 * any other error too means that nothing was issued
 */
export async function issueBatch(actor: Actor, input: unknown, words?: string): Promise<IssuedBatch> {
  await authorize(actor, "batch.issue");
  return recordingRefusals(actor, input, () => issue(actor, input, words));
}

async function issue(actor: Actor, input: unknown, words: string | undefined): Promise<IssuedBatch> {
  const { keyId } = parseInput(IssuingKeyInput, input, NOT_ISSUED);
  await authorize(actor, "batch.issue", { keyId });
  const { key, secret } = await openIssuingKey(keyId);
  const { requestId, rows, purpose } = parseInput(BatchInput, input, NOT_ISSUED);
  const profile = profileOf(key.profile);
  // An object: it has been parsed as one.
  const common = commonIn(profile, key.id, input as Record<string, unknown>);
  const askedSha256 = await sha256Of(common, rows);
  const resent = () => resendOfBatch(actor, { requestId, askedSha256, words }, secret);
  // What was issued by this very form before is told of first: its key may have been disabled since.
  const earlier = await resent();
  if (earlier) return earlier;

  await countAgainst(actor, "batches");
  const at = now();
  const policy = effective(key.policy, actor);
  const template = await findTemplateInForce(profile, String(common.template ?? ""));
  const offered = {
    ...{ ...key, policy, templates: await templatesToJudgeBy(profile, policy, template) },
    ...(actor.kind === "service" && actor.templateIds ? { templatesOf: "This credential" } : {}),
  };
  const judge = rowJudge(profile, offered, common, wholeEpochSeconds(at));
  const judged = await judgeAll(rows, judge);
  await confirmNoSecretIn(await textsIn(common, rows));

  const sign = openSigner(secret.secret, profile.algorithm);
  const entries: NewEntry[] = [];
  const tokens: string[] = [];
  await inSlices(judged, 16, async (slice) => {
    const signed = slice.map(({ prepared }) => sign(prepared.claims));
    for (const [index, token] of signed.entries()) {
      const one = slice[index];
      if (!one) continue;
      tokens.push(token);
      entries.push(entryOf(actor, at, { key, profile, versionId: secret.versionId }, one, token));
    }
  });
  rememberEntering(batchId(requestId), words);
  const entered = await enterBatch({ requestId, askedSha256, entries, purpose: purpose.trim() });
  if (entered.state === "taken") {
    // A double click, or the form sent again: the first one's tokens are this one's answer.
    const first = await resent();
    if (!first) throw new Error("A batch's id is taken by no batch.");
    return first;
  }
  // The minute is counted from here.
  rememberIssuing(batchId(requestId), words);
  return {
    batch: entered.batch,
    profile: profile.id,
    keyLabel: key.label,
    issuedAt: wholeEpochSeconds(at),
    rows: entries.map((entry, index) => rowOf(entry, entered.firstNumber + index, tokens[index] ?? "")),
  };
}

/** Of `[common, rows]` as RFC 8785 writes it; row by row, so that others are answered meanwhile. @returns in hexadecimal */
async function sha256Of(common: CommonForm, rows: readonly BatchRow[]): Promise<string> {
  const hash = createHash("sha256").update(`[${canonical(common)},[`);
  await inSlices(rows, 16, (slice, from) => {
    hash.update(`${from > 0 ? "," : ""}${slice.map(canonical).join(",")}`);
  });
  return hash.update("]]").digest("hex");
}

/** RFC 8785 has no form for half a character (an unpaired surrogate): the row that it stands in is refused later. */
function canonical(value: CommonForm | BatchRow): string {
  try {
    return canonicalize(value) ?? "";
  } catch {
    return JSON.stringify(value);
  }
}

/** What people wrote and everybody will read, each text once. */
async function textsIn(common: CommonForm, rows: readonly BatchRow[]): Promise<ReadonlySet<string>> {
  const texts = new Set([String(common.purpose ?? ""), String(common.customClaims ?? "")]);
  await inSlices(rows, 16, (slice) => {
    for (const row of slice) for (const text of Object.values(row).flat()) texts.add(text);
  });
  return texts;
}

/** What holds for all rows, and nothing else that was sent; what stands in it is judged with each row. @throws AppError `invalid` */
function commonIn(profile: Profile, keyId: string, input: Record<string, unknown>): CommonForm {
  const names = [...columnsOf(profile).map(({ name }) => name), ...OF_ALL].filter((name) => input[name] !== undefined);
  const wrong = names.filter((name) => !isFieldValue(input[name]));
  if (wrong.length > 0)
    throw new AppError("invalid", "Nothing was issued. What you typed is kept.", {
      fields: Object.fromEntries(wrong.map((name) => [name, "Write a text here."])),
    });
  // Each is a text or a list of them; the schema of each row's form says more.
  return { keyId, ...Object.fromEntries(names.map((name) => [name, input[name]])) } as CommonForm;
}

type GoodRow = Extract<JudgedRow, { ok: true }>;

/** @throws AppError `invalid`: what is wrong with a row by its cell, what is wrong with all of them by the form's field */
async function judgeAll(rows: readonly BatchRow[], judge: ReturnType<typeof rowJudge>): Promise<GoodRow[]> {
  const good: GoodRow[] = [];
  const fields: FieldErrors = {};
  // Of a key that is disabled no row is to blame.
  let faulty = 0;
  const isOfAll = (field: string) => field === "keyId" || OF_ALL.includes(field);
  await inSlices(rows, 16, (slice, from) => {
    for (const [index, row] of slice.entries()) {
      const judged = judge(row, randomUUID());
      if (judged.ok) {
        good.push(judged);
        continue;
      }
      if (!Object.keys(judged.fields).every(isOfAll)) faulty += 1;
      for (const [field, message] of Object.entries(judged.fields)) {
        if (Object.keys(fields).length < MOST_TOLD)
          fields[isOfAll(field) ? field : `rows.${from + index}.${field}`] ??= message;
      }
    }
  });
  const which = faulty === 0 ? "" : `: ${faulty === 1 ? "1 row needs" : `${faulty} rows need`} another look`;
  if (good.length < rows.length)
    throw new AppError("invalid", `Nothing was issued${which}. What you typed is kept.`, {
      fields,
      ...(fields.keyId ? { reason: "disabled key" } : {}),
    });
  return good;
}

function entryOf(
  actor: Actor,
  at: Date,
  { key, profile, versionId }: { key: IssuingKey; profile: Profile; versionId: string },
  { form, prepared }: GoodRow,
  token: string,
): NewEntry {
  const { claims, facts, asked, template, issuedAt } = prepared;
  return {
    ...{ actor, at, jti: form.jti, profile: profile.id, key: { id: key.id, label: key.label } },
    ...{ secretVersionId: versionId, issuedAt, claims, facts, asked, template, purpose: form.purpose },
    sha256: tokenSha256(token),
  };
}

function rowOf({ facts, issuedAt, asked, purpose }: NewEntry, number: number, token: string): IssuedRow {
  const { subject, room } = facts;
  return { number, token, subject, room, expiresAt: issuedAt + asked.ttlSeconds, purpose };
}
