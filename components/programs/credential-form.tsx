"use client";
/** Makes a credential: what it may do, with which keys and templates, from where, how often and until when. */
import { useController } from "react-hook-form";
import { UnderWay } from "@/components/issue/under-way";
import { useKeptForm } from "@/components/issue/use-kept-form";
import { InstantField } from "@/components/time/instant-field";
import { CheckboxCard, CheckboxCards } from "@/components/ui/choice";
import { Field, FieldGroup, Input, Textarea } from "@/components/ui/field";
import { PanelEnd } from "@/components/ui/panel-end";
import { registerField } from "@/components/ui/register-field";
import { useActionForm } from "@/components/ui/use-action-form";
import type { ActionResult } from "@/lib/action-result";
import { scopes } from "@/lib/auth/roles";
import { type CredentialFields, CredentialForm as CredentialSchema } from "@/lib/credentials/schema";
import { scopeWords } from "./credential-words";

type Named = { id: string; label: string };

export function CredentialForm({
  keys,
  templates,
  memberId,
  action,
  onKept,
  onMade,
  onCancel,
}: {
  keys: readonly Named[];
  templates: readonly Named[];
  memberId: string;
  action: (input: CredentialFields) => Promise<ActionResult<{ credential: string }>>;
  /** Something was typed before the page was loaded again. */
  onKept: () => void;
  onMade: (value: string) => void;
  onCancel: () => void;
}) {
  const { form, formProps, submitProps, pending, failure, errorOf } = useActionForm<
    CredentialFields,
    { credential: string }
  >({
    schema: CredentialSchema,
    unreachable:
      "What you typed is kept. It may have been made all the same: reload the page, and look in the list first.",
    action,
    defaultValues: {
      ...{ name: "", scopes: ["issue"], keyIds: [], templateIds: [], addresses: "", perMinute: "600", endsAt: "" },
    },
    onDone: ({ credential }, sent) => {
      forgetSent(sent);
      onMade(credential);
    },
  });
  const { forget, forgetSent } = useKeptForm(form, { beganWith: "credential", memberId, onKept });
  const { field: endsAt } = useController({ name: "endsAt", control: form.control });
  return (
    <section aria-labelledby="new-credential">
      <h2 id="new-credential" className="mb-3 font-semibold text-[1.0625rem] tracking-tight">
        New credential
      </h2>
      <form {...formProps} autoComplete="off">
        <Field
          id="name"
          label="Name"
          help="Its tokens stand under it in the ledger: CI, Backend."
          error={errorOf("name")}
        >
          {(control) => <Input {...control} {...registerField(form, "name")} />}
        </Field>
        <FieldGroup id="scopes" label="May" error={errorOf("scopes")}>
          <CheckboxCards>
            {scopes.map((scope) => (
              <CheckboxCard
                key={scope}
                id={`scope-${scope}`}
                label={scope}
                value={scope}
                help={scopeWords[scope]}
                {...form.register("scopes")}
              />
            ))}
          </CheckboxCards>
        </FieldGroup>
        <Choices
          id="keyIds"
          label="Keys"
          hint="none ticked: all"
          choices={keys}
          error={errorOf("keyIds")}
          field={form.register("keyIds")}
        />
        <Choices
          id="templateIds"
          label="Templates"
          hint="none ticked: any, or none at all"
          choices={templates}
          error={errorOf("templateIds")}
          field={form.register("templateIds")}
        />
        <Field
          id="addresses"
          label="Addresses"
          hint="one a line; empty: from everywhere"
          help="An address or a subnet: 192.0.2.7, 10.0.0.0/8."
          error={errorOf("addresses")}
        >
          {(control) => <Textarea {...control} mono rows={2} {...registerField(form, "addresses")} />}
        </Field>
        <Field id="perMinute" label="Calls a minute" hint="empty: no limit" error={errorOf("perMinute")}>
          {(control) => (
            <Input {...control} inputMode="numeric" className="max-w-40" {...registerField(form, "perMinute")} />
          )}
        </Field>
        <InstantField
          id="endsAt"
          label="Ends"
          hint="empty: never"
          help={(zone) => `In ${zone}.`}
          error={errorOf("endsAt")}
          value={endsAt.value}
          inputRef={endsAt.ref}
          onBlur={endsAt.onBlur}
          onChange={endsAt.onChange}
        />
        <PanelEnd {...{ failure, submitProps, forget, onCancel }} submit="Create credential" />
      </form>
      {pending ? (
        <UnderWay
          what="The credential"
          loss="It may be made all the same, and its value is shown here only. Then give it another in the list by renewing it, or end it."
        />
      ) : null}
    </section>
  );
}

function Choices({
  id,
  label,
  hint,
  choices,
  error,
  field,
}: {
  id: string;
  label: string;
  hint: string;
  choices: readonly Named[];
  error: string | undefined;
  field: object;
}) {
  if (choices.length === 0) return null;
  return (
    <FieldGroup id={id} label={label} hint={hint} error={error}>
      <div className="max-h-56 overflow-auto rounded-[9px] border border-line-strong [&>*]:rounded-none [&>*]:border-0">
        <CheckboxCards>
          {choices.map((choice) => (
            <CheckboxCard
              plain
              key={choice.id}
              id={`${id}-${choice.id}`}
              label={choice.label}
              value={choice.id}
              {...field}
            />
          ))}
        </CheckboxCards>
      </div>
    </FieldGroup>
  );
}
