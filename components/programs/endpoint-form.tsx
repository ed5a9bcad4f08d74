"use client";
/** Makes a token endpoint, or changes one. Says before it is saved what the key and the template do not allow, and how far its tokens reach: what reaches far, or has no limit, asks for a tick. */
import { useState } from "react";
import { useController } from "react-hook-form";
import { ExpiresInField } from "@/components/issue/expires-in-field";
import { useKeptForm } from "@/components/issue/use-kept-form";
import { InstantField } from "@/components/time/instant-field";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { CheckboxCard, CheckboxCards } from "@/components/ui/choice";
import { Field, FieldGroup, Input, Select, Textarea } from "@/components/ui/field";
import { FormFailure } from "@/components/ui/form-failure";
import { registerField } from "@/components/ui/register-field";
import { useActionForm } from "@/components/ui/use-action-form";
import type { ActionResult } from "@/lib/action-result";
import type { KeyChoice } from "@/lib/composer/compose";
import { lockOfTemplate } from "@/lib/composer/locks";
import { lifetimeOf } from "@/lib/composer/template";
import { isConfirmed, judgeEndpoint, missingTicks, namedBy, reachInWords } from "@/lib/endpoints/judge";
import { callLimits, type EndpointFields, EndpointForm as EndpointSchema, roomSources } from "@/lib/endpoints/schema";
import type { FieldErrors } from "@/lib/errors";
import { profileOf } from "@/lib/profiles/registry";
import { lifetimeWords } from "@/lib/text/lifetime";
import { secondsOf } from "@/lib/text/parse-duration";
import { appsInBrief } from "./apps-in-brief";
import { eachOf, roomWords } from "./endpoint-words";

const TICK = "Tick this if that is meant.";

/** @param isTicked nothing that the page has a box for is left to tick: then the server knows of more */
function inWords<Data>(answer: ActionResult<Data>, isTicked: boolean): ActionResult<Data> {
  if (answer.ok || !answer.error.fields?.farReaching) return answer;
  const farReaching = isTicked
    ? "Its key or its template was changed meanwhile, and its tokens would reach further than is said here: reload the page. What you typed is kept."
    : TICK;
  return { ok: false, error: { ...answer.error, fields: { ...answer.error.fields, farReaching } } };
}

export function EndpointForm({
  keys,
  values: given,
  named = {},
  memberId,
  submit,
  action,
  cancelTo,
}: {
  /** With the policy that holds for endpoints. */
  keys: readonly KeyChoice[];
  values: EndpointFields;
  /** What else is sent: which one, and what was seen of it. */
  named?: Record<string, string | number>;
  /** Who fills it in. */
  memberId: string;
  /** The button's words. */
  submit: string;
  action: (input: EndpointFields) => Promise<ActionResult<{ endpointId: string }>>;
  /** Where Cancel leads. */
  cancelTo: string;
}) {
  const { form, formProps, submitProps, failure, errorOf } = useActionForm({
    schema: EndpointSchema,
    unreachable:
      "What you typed is kept. It may have been saved all the same: look at the endpoints in another tab first.",
    defaultValues: given,
    action: async (input: EndpointFields): ReturnType<typeof action> =>
      inWords(await action({ ...input, ...named }), isConfirmed(reach, input.farReaching ?? [])),
    onDone: (_, sent) => forgetSent(sent),
    leadTo: ({ endpointId }) => `/endpoints/${endpointId}`,
  });
  // What was typed for another version than this one is not put over it.
  const { forget, forgetSent } = useKeptForm(form, {
    beganWith: `endpoint-form=${Object.values(named).join(":")}`,
    memberId,
  });
  // The box of each stands for a list: what it names when it is ticked.
  const { field: farReaching } = useController({ name: "farReaching", control: form.control });
  const { field: unlimited } = useController({ name: "unlimited", control: form.control });
  const values = form.watch();
  const key = keys.find(({ id }) => id === values.keyId);
  const template = key?.templates.find(({ id }) => id === values.template);
  const ttlSeconds = secondsOf(values.expiresIn);
  const [now] = useState(() => Math.floor(Date.now() / 1000));
  const judged =
    key && template && ttlSeconds !== undefined
      ? judgeEndpoint(
          profileOf(key.profile),
          key,
          {
            ...{ keyId: key.id, template: template.id, expiresIn: ttlSeconds, purpose: values.purpose?.trim() ?? "" },
            ...{ roomFrom: values.roomFrom, room: values.room?.trim() || "room" },
          },
          now,
        )
      : undefined;
  const errors: FieldErrors = judged?.errors ?? {};
  const reach = judged?.reach ?? [];
  const apps =
    key && template && judged && Object.keys(errors).length === 0
      ? appsInBrief(profileOf(key.profile), {
          ...judged,
          ...namedBy(profileOf(key.profile), template, key.policy, values.roomFrom),
          ...{
            roomFrom: values.roomFrom,
            room: values.room ?? "",
            origins: values.origins.split(/\s+/).filter(Boolean),
          },
        })
      : undefined;
  const open = callLimits.filter((limit) => !values[limit]?.trim());
  // What the person has not come to yet is not held against them.
  const unticked = form.formState.isSubmitted ? missingTicks(reach, open, values) : {};
  // Its box says the rest; what the server says of it is news only where the box does not.
  if (unticked.farReaching) unticked.farReaching = TICK;
  const says = (name: keyof EndpointFields) =>
    unticked[name] ??
    errorOf(name) ??
    (name === "purpose" && !form.getFieldState("purpose").isTouched ? undefined : errors[name]);
  const longest = template && key ? secondsOf(lifetimeOf(template, key.policy)) : undefined;
  const { field: endsAt } = useController({ name: "endsAt", control: form.control });
  return (
    <form {...formProps} autoComplete="off" className="max-w-[38rem]">
      <Field id="name" label="Name" help="Its tokens stand under it in the ledger." error={says("name")}>
        {(control) => <Input {...control} placeholder="Demo app" {...registerField(form, "name")} />}
      </Field>
      <Field id="keyId" label="Key" error={says("keyId")}>
        {(control) => (
          <Select {...control} {...registerField(form, "keyId")}>
            {keys.map(({ id, label, disabled }) => (
              <option key={id} value={id} disabled={disabled}>
                {label}
                {disabled ? " (disabled)" : ""}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        id="template"
        label="Template"
        help={template ? template.help : "What its tokens may do: no caller gets more."}
        error={says("template")}
      >
        {(control) => (
          <Select {...control} {...registerField(form, "template")}>
            {key?.templates.map((each) => {
              const lock = lockOfTemplate(profileOf(key.profile), key.policy, each);
              return (
                <option key={each.id} value={each.id} disabled={lock !== undefined}>
                  {each.name}
                  {lock ? ` (${lock})` : ""}
                </option>
              );
            })}
          </Select>
        )}
      </Field>
      <ExpiresInField
        value={values.expiresIn}
        ttlSeconds={ttlSeconds}
        startsAt={undefined}
        maxSeconds={longest ?? null}
        most="key and template"
        help="Of each token, from the call that it is given to."
        error={says("expiresIn")}
        input={registerField(form, "expiresIn")}
        onPick={(preset) => form.setValue("expiresIn", preset, { shouldValidate: true, shouldDirty: true })}
      />
      <Field id="roomFrom" label="Room" help={roomWords[values.roomFrom].help} error={says("roomFrom")}>
        {(control) => (
          <Select {...control} {...registerField(form, "roomFrom")}>
            {roomSources.map((source) => (
              <option key={source} value={source}>
                {roomWords[source].label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {values.roomFrom === "fixed" ? (
        <Field id="room" label="Room ID" error={says("room")}>
          {(control) => <Input {...control} mono {...registerField(form, "room")} />}
        </Field>
      ) : null}
      <Field
        id="origins"
        label="Allowed origins"
        hint="one a line"
        help="Empty: no page of another site may ask. They hold back browsers, not programs: whoever has the address can ask by other means."
        error={says("origins")}
      >
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={2}
            placeholder="http://localhost:3000"
            {...registerField(form, "origins")}
          />
        )}
      </Field>
      <div className="grid gap-x-4 sm:grid-cols-3">
        <Field id="perMinute" label="Calls a minute" error={says("perMinute")}>
          {(control) => (
            <Input {...control} inputMode="numeric" placeholder="no limit" {...registerField(form, "perMinute")} />
          )}
        </Field>
        <Field id="perMinuteFromAddress" label="A minute from one address" error={says("perMinuteFromAddress")}>
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              placeholder="no limit"
              {...registerField(form, "perMinuteFromAddress")}
            />
          )}
        </Field>
        <Field id="perDay" label="Calls a day" error={says("perDay")}>
          {(control) => (
            <Input {...control} inputMode="numeric" placeholder="no limit" {...registerField(form, "perDay")} />
          )}
        </Field>
      </div>
      <InstantField
        id="endsAt"
        label="Ends"
        hint="empty: never"
        help={(zone) => `In ${zone}. From then on every call is refused.`}
        error={says("endsAt")}
        value={endsAt.value}
        inputRef={endsAt.ref}
        onBlur={endsAt.onBlur}
        onChange={endsAt.onChange}
      />
      <Field
        id="purpose"
        label="Purpose"
        optional
        help="Stands in the ledger with each of its tokens."
        error={says("purpose")}
      >
        {(control) => <Input {...control} {...registerField(form, "purpose")} />}
      </Field>
      {reach.length > 0 ? (
        <FieldGroup id="farReaching" label="Reaches far" error={says("farReaching")}>
          <CheckboxCards>
            <CheckboxCard
              plain
              id="farReaching"
              label={`Whoever has the address may ${reachInWords(reach)}`}
              help="It stands on the overview until the endpoint ends."
              ref={farReaching.ref}
              checked={isConfirmed(reach, values.farReaching ?? [])}
              onChange={({ target }) => farReaching.onChange(target.checked ? reach : [])}
            />
          </CheckboxCards>
        </FieldGroup>
      ) : null}
      {open.length > 0 ? (
        <FieldGroup id="unlimited" label="No limit" error={says("unlimited")}>
          <CheckboxCards>
            <CheckboxCard
              plain
              id="unlimited"
              label={`No limit on calls ${eachOf(open)}`}
              help="Each is a row of the ledger, which nobody removes. A number above bounds them."
              ref={unlimited.ref}
              checked={isConfirmed(open, values.unlimited ?? [])}
              onChange={({ target }) => unlimited.onChange(target.checked ? open : [])}
            />
          </CheckboxCards>
        </FieldGroup>
      ) : null}
      <p className="mb-4.5 max-w-[65ch] text-small text-soft">
        Whoever reads this address in your app gets these tokens
        {longest ? `, each for up to ${lifetimeWords(Math.min(ttlSeconds ?? longest, longest))}` : ""}. Allowed origins
        hold back browsers, not programs.
      </p>
      {apps ? <p className="mb-4.5 max-w-[65ch] text-small text-soft">{apps}</p> : null}
      <FormFailure failure={failure} />
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" {...submitProps}>
          {submit}
        </Button>
        <ButtonLink href={cancelTo} onClick={forget}>
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}
