"use client";
/** Composes a token: the form on one side, and on the other what it will say and sign, as one types. */
import { useEffect, useState } from "react";
import { getNow } from "@/components/time/now-store";
import { takeHandedDraft } from "@/components/token/handoff";
import { Button } from "@/components/ui/button";
import { CodeText } from "@/components/ui/code-text";
import { Chip, Chips, Field, FieldGroup, Input, Select } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useActionForm } from "@/components/ui/use-action-form";
import type { ActionResult } from "@/lib/action-result";
import { compose, issueFormSchema, type KeyChoice, profileOfChoice } from "@/lib/composer/compose";
import { newJti } from "@/lib/composer/new-jti";
import type { IssueTokenInput } from "@/lib/composer/schema";
import { fieldsOf, templateOf } from "@/lib/composer/template";
import { keyOfDraft } from "@/lib/decoder/repair";
import { profileOf } from "@/lib/profiles/registry";
import { secondsOf } from "@/lib/text/parse-duration";
import { formatSpan } from "@/lib/text/span";
import type { IssuedTokenResult } from "@/lib/tokens/issued";
import { ExpiresInField } from "./expires-in-field";
import { IssuePreview } from "./issue-preview";
import { IssuedToken } from "./issued-token";
import { VendorFields } from "./vendor-fields";

/** The fields beside which a message can stand, and those of the vendor. */
const commonControls = ["keyId", "template", "expiresIn", "purpose"];

/** What is ticked in an empty form, whichever of the keys is chosen. */
function ticked(keys: readonly KeyChoice[]): Record<string, string[]> {
  const fields = keys.flatMap(({ profile }) => profileOf(profile).fields);
  return Object.fromEntries(
    fields.flatMap((field) => (field.kind === "names" ? [[field.name, [...(field.initially ?? [])]]] : [])),
  );
}

export function IssueForm({
  keys,
  jti: firstJti,
  action,
}: {
  keys: KeyChoice[];
  /** The first token's id. */
  jti: string;
  action: (input: IssueTokenInput) => Promise<ActionResult<IssuedTokenResult>>;
}) {
  const [schema] = useState(() => issueFormSchema(keys));
  const [jti, setJti] = useState(firstJti);
  const [issued, setIssued] = useState<IssuedTokenResult>();
  const [corrected, setCorrected] = useState<string[]>();
  const { form, formProps, submitProps, failure, errorOf } = useActionForm({
    schema,
    mode: "onChange",
    defaultValues: {
      keyId: (keys.find((key) => !key.disabled) ?? keys[0])?.id ?? "",
      ...ticked(keys),
      expiresIn: "2h",
      template: "",
      jti: firstJti,
    },
    // The preview's token id is the one that is sent: until something was issued, the form asks for one and the same token.
    prepare: (values) => {
      const ttlSeconds = secondsOf(values.expiresIn);
      const template = templateOf(profileOfChoice(keys, values.keyId), { ...values, ttlSeconds })?.id ?? "";
      return { ...values, template, jti };
    },
    action: async (input: IssueTokenInput) => {
      const result = await action(input);
      if (result?.ok === false && result.error.code === "conflict") setJti(newJti());
      return result;
    },
    onDone: (token: IssuedTokenResult) => {
      setIssued(token);
      setJti(newJti());
    },
  });

  useEffect(() => {
    const draft = takeHandedDraft();
    if (!draft) return;
    const { keyId, said } = keyOfDraft(draft, keys);
    form.reset({ ...form.getValues(), ...draft.values, keyId });
    setCorrected(said);
  }, [form, keys]);

  const values = { ...form.watch(), jti };
  const profile = profileOfChoice(keys, values.keyId);
  const { ttlSeconds, errors, warnings } = compose(profile, keys, values, getNow());
  const key = keys.find((choice) => choice.id === values.keyId);
  const chosen = templateOf(profile, { ...values, ttlSeconds });
  const controls = [...commonControls, ...profile.fields.map(({ name }) => name)];
  // What was refused and has no control here (the token's id, one of a list): it would be shown nowhere.
  const elsewhere = Object.entries(failure?.fields ?? {}).flatMap(([name, message]) =>
    controls.includes(name) ? [] : [message],
  );
  const says = (name: string) => ({ error: errorOf(name) ?? errors[name], warning: warnings[name] });

  return (
    <div className="grid items-start gap-x-8 gap-y-6 lg:grid-cols-2">
      <form {...formProps} autoComplete="off">
        {corrected ? (
          <Notice role="status" title="Filled in from a decoded token." className="mb-4.5">
            {corrected.map((change) => (
              <span key={change} className="block">
                <CodeText text={change} />
              </span>
            ))}
          </Notice>
        ) : null}
        <Field id="keyId" label="Signing key" {...says("keyId")}>
          {(control) => (
            <Select {...control} {...form.register("keyId")}>
              {values.keyId ? null : <option value="">Choose a key</option>}
              {keys.map((choice) => (
                <option key={choice.id} value={choice.id}>
                  {choice.label} ({choice.apiKey}){choice.disabled ? ", disabled" : ""}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <FieldGroup
          id="template"
          label="Template"
          help={chosen?.help ?? "Fills in permissions, roles and lifetime"}
          {...says("template")}
        >
          <Chips>
            {profile.templates.map((template) => (
              <Chip
                key={template.id}
                pressed={template === chosen}
                onClick={() => form.reset({ ...form.getValues(), ...fieldsOf(template) }, { keepDefaultValues: true })}
              >
                {template.name}
              </Chip>
            ))}
          </Chips>
        </FieldGroup>
        <VendorFields fields={profile.fields} register={form.register} says={says} />
        <ExpiresInField
          value={values.expiresIn}
          ttlSeconds={ttlSeconds}
          limit={
            key?.policy.maxTtlSeconds
              ? `“${key.label}” allows up to ${formatSpan(key.policy.maxTtlSeconds)}.`
              : undefined
          }
          {...says("expiresIn")}
          input={form.register("expiresIn")}
          onPick={(preset) => form.setValue("expiresIn", preset, { shouldValidate: true, shouldDirty: true })}
        />
        <Field id="purpose" label="Purpose" optional help="Kept in the ledger, not in the token" {...says("purpose")}>
          {(control) => <Input {...control} {...form.register("purpose")} />}
        </Field>
        {failure && (!failure.fields || elsewhere.length > 0) ? (
          <Notice tone="bad" role="alert" className="mb-4.5">
            {elsewhere.length > 0 ? elsewhere.join(" ") : failure.message}
          </Notice>
        ) : null}
        <Button variant="primary" shortcut="Ctrl ↵" {...submitProps}>
          Issue token
        </Button>
      </form>
      <aside
        aria-label="What will be signed"
        className="flex min-w-0 flex-col gap-5 max-lg:order-last lg:sticky lg:top-7"
      >
        {issued ? <IssuedToken key={issued.number} issued={issued} /> : null}
        <IssuePreview keys={keys} values={values} heading={issued ? "Next token" : undefined} />
      </aside>
    </div>
  );
}
