/** `POST /api/v1/tokens`: issues one token, or with `rows` a batch, by the verbs of the form. What is left out is the template's, or as a new form begins. Refuses fields that it does not know, and numbers that would not stay as they are written. */
import { createHash, randomUUID } from "node:crypto";
import { decodeJwt } from "jose";
import type { Service } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import type { IssuedRow } from "@/lib/batch/issued";
import { beginWith } from "@/lib/composer/begin";
import type { KeyChoice } from "@/lib/composer/compose";
import { MOST_CUSTOM_CHARACTERS } from "@/lib/composer/custom-claims";
import { ruleWarnings } from "@/lib/composer/refusals";
import type { FormValues } from "@/lib/composer/schema";
import { templateOf } from "@/lib/composer/template";
import { AppError, type FieldErrors, isAppError } from "@/lib/errors";
import { inSlices } from "@/lib/in-slices";
import { MAX_DEPTH, parseJson } from "@/lib/jwt/json";
import { findIssuingKey, findUsableKeys } from "@/lib/keys/find-issuing-key";
import type { IssuingKey } from "@/lib/keys/open-secrets";
import { effective, templatesIn } from "@/lib/keys/policy";
import { findByJti, findTokens } from "@/lib/ledger/find";
import { type FoundBatch, findBatchByRequest } from "@/lib/ledger/find-batch";
import type { LedgerRow } from "@/lib/ledger/row";
import { parseInput, parseList } from "@/lib/parse-input";
import { processWide } from "@/lib/process-wide";
import type { Profile } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { templatesInForceOf } from "@/lib/templates/in-force";
import { batchName, tokenName } from "@/lib/text/numbered";
import { secondsOf } from "@/lib/text/parse-duration";
import { issueToken } from "@/lib/tokens/issue";
import { issueBatch } from "@/lib/tokens/issue-batch";
import { recordingRefusals } from "@/lib/tokens/record-refusal";
import { askedBy, batchId, isRecent } from "@/lib/tokens/resend";
import type * as z from "@/lib/zod";
import { BatchWithoutRows, type IssuedBatch, type IssuedToken, IssueRequest, RowRequest } from "./schema";

type Sent = {
  fields: Record<string, unknown>;
  /** The body as it was sent. */
  text: string;
  /** A UUID; undefined where none was sent. */
  idempotencyKey: string | undefined;
};

/** @throws AppError as `issueToken` and `issueBatch` do */
export async function issueForService(
  actor: Service,
  sent: Sent,
): Promise<z.output<typeof IssuedToken> | z.output<typeof IssuedBatch>> {
  await authorize(actor, "token.issue");
  // Its id is the header's, and none that the body may name.
  const asked = { ...sent.fields, jti: sent.idempotencyKey };
  const release = await recordingRefusals(actor, asked, async () => claimKind(sent));
  try {
    const made = await recordingRefusals(actor, asked, () => formOf(actor, sent));
    const words = sent.idempotencyKey && createHash("sha256").update(sent.text).digest("base64url");
    return await issueMade(actor, made, sent.idempotencyKey ?? randomUUID(), words);
  } finally {
    release();
  }
}

type Made = { form: FormValues; rows: Rows | undefined };

/** @param id the token's, or the batch's @param words of a request that may come again, by their hash */
async function issueMade(
  actor: Service,
  { form, rows }: Made,
  id: string,
  words: string | undefined,
): Promise<z.output<typeof IssuedToken> | z.output<typeof IssuedBatch>> {
  if (rows !== undefined) {
    const issued = await issueBatch(actor, { ...form, requestId: id, rows }, words);
    return {
      ...{ batch: issued.batch, keyLabel: issued.keyLabel, issuedAt: issued.issuedAt },
      // In an order of their own: an answer given again is the first one, byte for byte.
      tokens: issued.rows.map(({ token, number, room, subject, expiresAt, purpose }) => ({
        ...{ token, number, room, participant: subject, expiresAt, purpose },
      })),
      warnings: await warningsOf(profileOf(issued.profile), issued.rows),
    };
  }
  const { token, number, claims, keyLabel, profile, purpose } = await issueToken(actor, { ...form, jti: id }, words);
  const { jti, iat, exp } = claims;
  return {
    ...{ token, number, jti: String(jti), keyLabel, issuedAt: Number(iat), expiresAt: Number(exp), purpose, claims },
    warnings: ruleWarnings(profileOf(profile), claims),
  };
}

/** Of what goes through all rows, those that differ are as many as the rows are. */
const MOST_WARNINGS = 20;

/** @returns what is said of any of them, each once */
async function warningsOf(profile: Profile, rows: readonly Pick<IssuedRow, "token">[]): Promise<string[]> {
  const said = new Set<string>();
  await inSlices(rows, 16, (slice) => {
    if (said.size > MOST_WARNINGS) return;
    for (const { token } of slice) for (const warning of ruleWarnings(profile, decodeJwt(token))) said.add(warning);
  });
  const told = [...said].slice(0, MOST_WARNINGS);
  return said.size > told.length ? [...told, "There are more warnings of other rows, which are not told."] : told;
}

type Rows = Record<string, unknown>[];

const NOTHING = "Nothing was issued.";

const refuse = (fields: FieldErrors, reason?: string) =>
  new AppError("invalid", NOTHING, { fields, ...(reason ? { reason } : {}) });

/** What comes again has issued, whatever its body names by now: a template that is gone is no reason to say that nothing was. @throws AppError */
async function formOf(actor: Service, sent: Sent): Promise<Made> {
  try {
    return await filledIn(actor, sent);
  } catch (error) {
    if (isAppError(error) && error.code === "invalid" && sent.idempotencyKey !== undefined)
      await confirmUnused(sent.idempotencyKey);
    throw error;
  }
}

/** What was asked for, as somebody would have filled in the form; `rows`: of a batch alone. */
async function filledIn(actor: Service, { fields, text, idempotencyKey }: Sent): Promise<Made> {
  const isBatch = "rows" in fields;
  const request = parseInput(isBatch ? BatchWithoutRows : IssueRequest, fields, NOTHING);
  const keyId = request.keyId ?? (await keyOfFirst(actor, idempotencyKey)) ?? (await theOnlyKey(actor));
  await authorize(actor, "token.issue", { keyId });
  const key = await findIssuingKey(keyId);
  if (!key) throw refuse({ keyId: "There is no such key." }, "unknown key");
  if (idempotencyKey !== undefined) await confirmSameKind(actor, idempotencyKey, isBatch);
  const profile = profileOf(key.profile);
  // A batch alone has any.
  const { rows: sent, ...common } = request as typeof request & { rows?: unknown[] };
  const rows = sent && (await parseList(RowRequest, "rows", sent, NOTHING));
  return { form: await fill(actor, key, profile, common, customClaimsIn(text, common)), rows };
}

/** What comes again without naming a key asks of the one that signed first, whatever became of that meanwhile. */
async function keyOfFirst(actor: Service, id: string | undefined): Promise<string | undefined> {
  if (id === undefined) return undefined;
  const first = (await findByJti(id)) ?? (await firstOf(await findBatchByRequest(id)));
  return first?.credentialId === actor.credentialId ? first.keyId : undefined;
}

async function firstOf(batch: FoundBatch | undefined): Promise<LedgerRow | undefined> {
  return batch && (await findTokens([batch.firstNumber]))[0];
}

/** @throws AppError `invalid` */
async function theOnlyKey({ keyIds }: Service): Promise<string> {
  const [first, second] = await findUsableKeys(keyIds);
  if (first !== undefined && second === undefined) return first;
  throw refuse({
    keyId: first
      ? "Say which key signs: this credential may use several."
      : "There is no key that this credential may sign with.",
  });
}

/** What is under way the books do not know yet: until it is done, its id is of its kind. @returns what ends that @throws AppError `conflict` */
function claimKind({ fields, idempotencyKey: id }: Sent): () => void {
  if (id === undefined) return () => {};
  const underWay = processWide("kinds under way", () => new Map<string, { isBatch: boolean; requests: number }>());
  const isBatch = "rows" in fields;
  const claim = underWay.get(id) ?? { isBatch, requests: 0 };
  if (claim.isBatch !== isBatch)
    throw new AppError("conflict", "This `Idempotency-Key` is under way with another body. Nothing more was issued.", {
      reason: "another request",
    });
  claim.requests += 1;
  underWay.set(id, claim);
  return () => {
    claim.requests -= 1;
    if (claim.requests === 0) underWay.delete(id);
  };
}

/** A token's id and a batch's are ids of one kind: one `Idempotency-Key` makes one of them. @throws AppError `conflict` */
async function confirmSameKind(actor: Service, id: string, isBatch: boolean): Promise<void> {
  const token = isBatch ? await findByJti(id) : undefined;
  const batch = isBatch ? undefined : await findBatchByRequest(id);
  if (!token && !batch) return;
  const first = token ?? (await firstOf(batch));
  const name = token ? tokenName(token.number) : batchName(batch?.number ?? 0);
  const isTheirs = first !== undefined && askedBy(actor, first);
  throw new AppError("conflict", `This \`Idempotency-Key\` has issued ${name}. Nothing more was issued.`, {
    reason: isTheirs && isRecent(batch ? batchId(id) : id) ? "another request" : "already issued",
  });
}

/** @throws AppError `conflict` */
async function confirmUnused(id: string): Promise<void> {
  const token = await findByJti(id);
  const batch = token ? undefined : await findBatchByRequest(id);
  const name = token ? tokenName(token.number) : batch && batchName(batch.number);
  if (name !== undefined)
    throw new AppError("conflict", `Already issued, ${name}. Nothing more was issued.`, { reason: "already issued" });
}

/** As it stands in the body: read into numbers and written again, some would be others. */
function customClaimsIn(text: string, { customClaims }: { customClaims?: unknown }): string {
  if (customClaims === undefined) return "";
  const { root, whole } = parseJson(text);
  // What else is wrong with a text `JSON.parse` has seen before.
  if (!whole) throw refuse({ customClaims: `They nest deeper than ${MAX_DEPTH} levels. Flatten them.` });
  const given = root?.kind === "object" ? root.entries.findLast(({ key }) => key === "customClaims")?.value : undefined;
  // None at all is what no field says, too.
  if (!given || (given.kind === "object" && given.entries.length === 0)) return "";
  // Far more is not read once more, only to count it.
  if (given.end - given.start > MOST_CUSTOM_CHARACTERS)
    throw refuse({ customClaims: "That is longer than custom claims may be: 4 kB." });
  return text.slice(given.start, given.end);
}

/** The issue form, as somebody would have filled it in. */
async function fill(
  actor: Service,
  key: IssuingKey,
  profile: Profile,
  request: { template?: string | undefined; startsAt?: string | undefined } & Record<string, unknown>,
  customClaims: string,
): Promise<FormValues> {
  const choice: KeyChoice = {
    ...key,
    policy: effective(key.policy, actor),
    templates: await templatesInForceOf(profile),
  };
  const begun = beginWith(choice, request.template);
  if (request.template !== undefined && begun.template !== request.template)
    throw refuse({ template: "There is no such template." });
  const { keyId: _, template: ___, startsAt, customClaims: __, ...given } = request;
  const form: FormValues = {
    ...begun,
    // Each is a text, or a list of them; what the vendor has no field for, the verb leaves out.
    ...(given as Partial<FormValues>),
    customClaims,
    startsAt: startsAt ?? "",
  };
  const unknown = Object.keys(given).find((name) => !(name in begun));
  if (unknown !== undefined) throw refuse({ [unknown]: `${profile.name} has no such field.` });
  // As in the form: what says otherwise than its template comes from none.
  const kept = templateOf(profile, { ...form, ttlSeconds: secondsOf(form.expiresIn) }, choice)?.id ?? "";
  const { templates: allowed } = choice.policy;
  if (allowed && !allowed.includes(kept))
    throw refuse({
      template: `Name one of ${templatesIn(allowed, choice.templates) || "the templates that are allowed, of which none is in force"}, and say nothing that it does not fill in.`,
    });
  return { ...form, template: kept };
}
