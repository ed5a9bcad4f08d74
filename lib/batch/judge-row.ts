/** Judges one row of a batch as the form for one token would be: parsed, prepared, and why it may not be signed. The same in the browser before anything is sent, and in the verb. Browser-safe. */
import { boundTo } from "@/lib/composer/locks";
import { type Prepared, prepare } from "@/lib/composer/prepare";
import type { KeyPolicy } from "@/lib/composer/refusals";
import { type IssueTokenInput, issueTokenInput, type ParsedIssueInput } from "@/lib/composer/schema";
import { fieldsOf, templateBehind, templateOf } from "@/lib/composer/template";
import type { FieldErrors } from "@/lib/errors";
import type { Profile, Template } from "@/lib/profiles/profile";
import { secondsOf } from "@/lib/text/parse-duration";
import { type BatchRow, type CommonForm, columnsOf } from "./columns";

export type JudgedRow =
  | { ok: true; form: ParsedIssueInput; prepared: Prepared }
  /** Messages by field; `prepared` of what could be read. */
  | { ok: false; fields: FieldErrors; prepared?: Prepared };

/** Made once for all rows. */
export type RowJudge = (row: BatchRow, jti: string) => JudgedRow;

/** @param now seconds since 1970 */
export function rowJudge(
  profile: Profile,
  key: KeyPolicy & { apiKey: string },
  common: CommonForm,
  now: number,
): RowJudge {
  const schema = issueTokenInput(profile);
  const known = new Set(columnsOf(profile).map(({ name }) => name));
  const follows = templateBehindForm(profile, key, common) !== undefined;
  return (row, jti) => {
    const unknown = Object.keys(row).find((name) => !known.has(name));
    if (unknown !== undefined) return { ok: false, fields: { [unknown]: "There is no such column." } };
    const read = (cells: BatchRow) => schema.safeParse(formOfRow(profile, key, common, follows, cells, jti));
    const parsed = read(row);
    if (!parsed.success) {
      const fields: FieldErrors = {};
      for (const { path, message } of parsed.error.issues) fields[String(path[0] ?? "form")] ??= message;
      // What its other cells ask for is judged all the same: whoever mends a row sees all of it at once.
      const rest = read(Object.fromEntries(Object.entries(row).filter(([name]) => !(name in fields))));
      if (!rest.success) return { ok: false, fields };
      const prepared = prepare(profile, key, rest.data, now);
      return { ok: false, fields: { ...atItsCells(profile, key, common, row, prepared.refused), ...fields }, prepared };
    }
    const prepared = prepare(profile, key, parsed.data, now);
    return Object.keys(prepared.refused).length > 0
      ? { ok: false, fields: atItsCells(profile, key, common, row, prepared.refused), prepared }
      : { ok: true, form: parsed.data, prepared };
  };
}

/** Where a key or a credential takes only templates, a row departs from the form's by a cell of its own: that is where it is said. */
function atItsCells(
  profile: Profile,
  key: KeyPolicy,
  common: CommonForm,
  row: BatchRow,
  { template: refused, ...fields }: FieldErrors,
): FieldErrors {
  const bound = boundTo(key.policy, key.templates, common.template);
  const departs = (template: Template, name: string) => {
    const form = { ...fieldsOf(template, key.policy), [name]: row[name] };
    return templateOf(profile, { ...form, ttlSeconds: secondsOf(String(form.expiresIn)) }, key) === undefined;
  };
  const cells = bound && refused ? Object.keys(row).filter((name) => departs(bound, name)) : [];
  if (refused && cells.length === 0) return { template: refused, ...fields };
  const whose = key.templatesOf ?? `"${key.label}"`;
  for (const name of cells) fields[name] ??= `${whose} takes ${bound?.name} only, unchanged. Leave this empty.`;
  return fields;
}

/** @param form of all rows, or of one */
function templateBehindForm(
  profile: Profile,
  key: KeyPolicy,
  form: Record<string, unknown> & { template?: string | undefined },
): Template | undefined {
  const { expiresIn } = form;
  const ttlSeconds = typeof expiresIn === "string" ? secondsOf(expiresIn) : undefined;
  return templateBehind(profile, { ...form, ttlSeconds }, key);
}

/** @param follows whether the form for all of them still says what its template fills in. A row that says otherwise than the template filled in is of no template; that a key asks for one is then its own to say. */
function formOfRow(
  profile: Profile,
  key: KeyPolicy,
  common: CommonForm,
  follows: boolean,
  row: BatchRow,
  jti: string,
): IssueTokenInput {
  const form = { ...common, ...row, template: common.template };
  // One that is not offered, or was changed since the form for all of them was filled in from it, stays, and is refused for it.
  const template = templateBehindForm(profile, key, form)?.id ?? (follows ? "" : common.template);
  // Whatever is no text where one belongs, the schema refuses.
  return { ...form, template: template ?? "", keyId: common.keyId, jti } as IssueTokenInput;
}
