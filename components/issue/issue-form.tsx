"use client";
/** Composes a token: the form on one side, and on the other what it will say and sign, as one types, with the button below it. */
import type { ReactNode } from "react";
import { getNow } from "@/components/time/now-store";
import { Time } from "@/components/time/time";
import { Button } from "@/components/ui/button";
import { CodeText } from "@/components/ui/code-text";
import { Field, FieldGroup, Input, Select } from "@/components/ui/field";
import { goTo } from "@/components/ui/focus";
import { FormFailure } from "@/components/ui/form-failure";
import { Notice } from "@/components/ui/notice";
import { registerField } from "@/components/ui/register-field";
import type { useActionForm } from "@/components/ui/use-action-form";
import { beginWith } from "@/lib/composer/begin";
import { compose, type KeyChoice, profileOfChoice, templatesOfChoice } from "@/lib/composer/compose";
import { asTemplateHasIt, boundTo, isRequired, limitsInWords } from "@/lib/composer/locks";
import type { IssueTokenInput } from "@/lib/composer/schema";
import { fieldsOf, lifetimeOf, templateOf } from "@/lib/composer/template";
import { openPolicy } from "@/lib/keys/policy";
import type { Template } from "@/lib/profiles/profile";
import { secondsOf } from "@/lib/text/parse-duration";
import type { IssuedTokenResult } from "@/lib/tokens/issued";
import { controlsOf } from "./controls";
import { ExpiresInField } from "./expires-in-field";
import { IssuePreview } from "./issue-preview";
import { KeyLimits } from "./key-limits";
import { MoreFields } from "./more-fields";
import { TemplateCards } from "./template-cards";
import { VendorFields } from "./vendor-fields";

const FORM_ID = "issue-form";
/** Enough to tell two keys of one name apart; the payload beside it has the whole. */
const API_KEY_SHOWN = 8;

export function IssueForm({
  keys,
  jti,
  actionForm: { form, formProps, submitProps, failure, errorOf },
  told,
  purpose,
  again,
  proposes,
  onSaveTemplate,
}: {
  keys: KeyChoice[];
  jti: string;
  actionForm: ReturnType<typeof useActionForm<IssueTokenInput, IssuedTokenResult>>;
  /** What the form was filled in from. */
  told: { title: string; said: string[] } | undefined;
  /** What the same was for before. */
  purpose: string | undefined;
  again: ReactNode;
  /** Whether a template needs an admin. */
  proposes: boolean;
  onSaveTemplate: () => void;
}) {
  const values: IssueTokenInput = { ...form.watch(), jti };
  const profile = profileOfChoice(keys, values.keyId);
  const key = keys.find((choice) => choice.id === values.keyId);
  const policy = key?.policy;
  const templates = templatesOfChoice(keys, values.keyId);
  const { claims, ttlSeconds, errors, warnings } = compose(profile, keys, values, getNow());
  const chosen = templateOf(profile, { ...values, ttlSeconds }, { policy: policy ?? openPolicy, templates });
  const bound = boundTo(policy, templates, values.template);
  const controls = controlsOf(profile);
  // What the key asks for is no mistake before one has tried without: it stands beside the field as well.
  const isDue = (name: string) =>
    policy !== undefined && form.formState.submitCount === 0 && !values[name] && isRequired(profile, policy, name);
  const says = (name: string) => {
    const error = errorOf(name) ?? (isDue(name) ? undefined : errors[name]);
    return { error, warning: error ? undefined : warnings[name] };
  };
  const wrong = controls.filter(({ name }) => says(name).error);
  // What is due is not marked yet, and can't be signed all the same.
  const unsigned = controls.filter(({ name }) => errors[name] || says(name).error).map(({ label }) => label);
  const limits = key ? limitsInWords(profile, key.policy, key.templates) : [];
  const fill = (some: object) =>
    form.reset({ ...form.getValues(), ...some }, { keepDefaultValues: true, keepSubmitCount: true });

  function pick(template: Template) {
    fill(fieldsOf(template, policy ?? openPolicy));
  }

  /** A template that is in force stays so: it takes what the other key allows. */
  function changeKey(keyId: string) {
    const next = keys.find(({ id }) => id === keyId);
    if (!next) return;
    if (key && next.profile !== key.profile) fill({ ...beginWith(next), purpose: values.purpose });
    else if (chosen) fill({ keyId, expiresIn: lifetimeOf(chosen, next.policy) });
  }

  return (
    <div className="issue-columns">
      <form {...formProps} id={FORM_ID} autoComplete="off" className="min-w-0">
        {told ? (
          <Notice role="status" title={told.title} className="mb-3.5">
            {told.said.map((each) => (
              <span key={each} className="block">
                <CodeText text={each} />
              </span>
            ))}
          </Notice>
        ) : null}
        {again}
        <FieldGroup id="template" label={<span className="sr-only">Template</span>} {...says("template")}>
          <TemplateCards profile={profile} templates={templates} policy={policy} chosen={chosen} onPick={pick} />
        </FieldGroup>
        <Field
          id="keyId"
          label="Signing key"
          hint={key?.lastIssuedAt ? <LastUsed at={key.lastIssuedAt} /> : undefined}
          help={limits.length > 0 ? <KeyLimits limits={limits} /> : undefined}
          {...says("keyId")}
        >
          {(control) => (
            <Select
              {...control}
              {...registerField(form, "keyId", { onChange: ({ target }) => changeKey(target.value) })}
            >
              {values.keyId ? null : <option value="">Choose a key</option>}
              {keys.map((choice) => (
                <option key={choice.id} value={choice.id}>
                  {choice.label} ({choice.apiKey.slice(0, API_KEY_SHOWN)}…){choice.disabled ? ", disabled" : ""}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <VendorFields
          profile={profile}
          policy={policy}
          bound={bound}
          values={values}
          register={form.register}
          control={form.control}
          says={says}
        />
        <ExpiresInField
          value={values.expiresIn}
          ttlSeconds={ttlSeconds}
          startsAt={typeof claims.nbf === "number" ? claims.nbf : undefined}
          maxSeconds={policy?.maxTtlSeconds ?? null}
          bound={
            bound && { said: asTemplateHasIt(bound), ttlSeconds: secondsOf(lifetimeOf(bound, policy ?? openPolicy)) }
          }
          {...says("expiresIn")}
          input={registerField(form, "expiresIn")}
          onPick={(preset) => form.setValue("expiresIn", preset, { shouldValidate: true, shouldDirty: true })}
        />
        <Field
          id="purpose"
          label="Purpose"
          hint={
            policy && isRequired(profile, policy, "purpose") ? "required here" : "kept in the ledger, not in the token"
          }
          help={
            purpose && !values.purpose ? (
              <>
                Last time:{" "}
                <button
                  type="button"
                  className="text-left underline decoration-edge underline-offset-3 [overflow-wrap:anywhere] hover:decoration-current"
                  onClick={() => form.setValue("purpose", purpose, { shouldValidate: true, shouldDirty: true })}
                >
                  <bdi>{purpose}</bdi>
                </button>
              </>
            ) : undefined
          }
          {...says("purpose")}
        >
          {(control) => <Input {...control} {...registerField(form, "purpose")} />}
        </Field>
        <MoreFields
          lock={bound && asTemplateHasIt(bound)}
          values={values}
          control={form.control}
          register={form.register}
          says={says}
        />
        <Button variant="ghost" size="sm" icon="plus" className="-ml-2.5" onClick={onSaveTemplate}>
          {proposes ? "Propose" : "Save"} as template…
        </Button>
      </form>
      <aside aria-label="What will be signed" className="issue-aside min-w-0">
        <IssuePreview keys={keys} values={values} wrong={unsigned}>
          <FormFailure failure={failure} className="mt-2.5" />
          <div className="issue-submit mt-2.5">
            {wrong.length > 0 ? (
              <p className="mb-1.5 text-bad text-small">
                To change:{" "}
                {wrong.map(({ name, label }, index) => (
                  <span key={name}>
                    {index > 0 ? ", " : null}
                    <a href={`#${name}-error`} className="underline underline-offset-3" onClick={focusOn(name)}>
                      {label}
                    </a>
                  </span>
                ))}
              </p>
            ) : null}
            <Button variant="primary" shortcut="Ctrl ↵" form={FORM_ID} className="w-full" {...submitProps}>
              Issue token
            </Button>
          </div>
        </IssuePreview>
      </aside>
    </div>
  );
}

const LastUsed = ({ at }: { at: number }) => (
  <>
    last used <Time epochSeconds={at} mode="relative" />
  </>
);

/** Its message scrolls into view; the control beside it takes the focus. */
const focusOn = (name: string) => (event: React.MouseEvent) => {
  event.preventDefault();
  const group = document.getElementById(`${name}-error`)?.parentElement;
  goTo(group?.querySelector<HTMLElement>("input:not(:disabled), select, textarea, button") ?? null);
};
