"use client";
/** What may be issued with a key, as facts; an admin changes its label and max lifetime in place. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { FormFailure } from "@/components/ui/form-failure";
import { staysInField } from "@/components/ui/stays-in-field";
import { useActionForm } from "@/components/ui/use-action-form";
import type { ActionResult } from "@/lib/action-result";
import { ChangeKeyInput } from "@/lib/keys/schema";

export type KeyFact = { term: string; detail: ReactNode };

type Change = (input: ChangeKeyInput) => Promise<ActionResult<unknown>>;

export function KeyPolicy({
  keyId,
  label,
  maxLifetime,
  facts,
  change,
  children,
}: {
  keyId: string;
  label: string;
  /** As it is typed; empty: no limit. */
  maxLifetime: string;
  facts: readonly KeyFact[];
  /** Absent for whoever may not. */
  change?: Change | undefined;
  /** What else belongs to it. */
  children: ReactNode;
}) {
  const [editing, setEditing] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const closed = useRef(false);

  function close() {
    closed.current = true;
    setEditing(false);
  }

  // Only once it is on the page again.
  useEffect(() => {
    if (!editing && closed.current) edit.current?.focus();
    closed.current = false;
  }, [editing]);

  return (
    <section aria-labelledby="policy" className="key-policy">
      <div className="flex min-h-8 items-center justify-between gap-3">
        <h2 id="policy" className="font-semibold text-small">
          Policy
        </h2>
        {change && !editing ? (
          <Button ref={edit} variant="ghost" size="sm" icon="pen" className="-mr-2.5" onClick={() => setEditing(true)}>
            Edit
          </Button>
        ) : null}
      </div>
      {change && editing ? (
        <EditForm keyId={keyId} label={label} maxLifetime={maxLifetime} change={change} close={close} />
      ) : (
        <dl>
          {facts.map(({ term, detail }) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{detail}</dd>
            </div>
          ))}
        </dl>
      )}
      {children}
    </section>
  );
}

function EditForm({
  keyId,
  label,
  maxLifetime,
  change,
  close,
}: {
  keyId: string;
  label: string;
  maxLifetime: string;
  change: Change;
  close: () => void;
}) {
  const { form, formProps, submitProps, failure, errorOf } = useActionForm({
    schema: ChangeKeyInput,
    action: change,
    defaultValues: { keyId, label, maxLifetime },
    onDone: close,
  });
  return (
    <form {...formProps} autoComplete="off" className="mt-2 border-line border-t pt-3">
      <Field
        id="label"
        label="Label"
        help="Tokens that were issued keep the old one in the ledger."
        error={errorOf("label")}
      >
        {(control) => <Input {...control} autoFocus {...form.register("label")} />}
      </Field>
      <Field
        id="maxLifetime"
        label="Max lifetime"
        optional
        help="24h, 7d. Empty: no limit. What was issued stays as it is."
        error={errorOf("maxLifetime")}
      >
        {(control) => <Input {...control} mono {...form.register("maxLifetime")} />}
      </Field>
      <FormFailure failure={failure} />
      <div className="mb-3 flex flex-wrap gap-2">
        <Button variant="primary" size="sm" {...submitProps}>
          Save
        </Button>
        <Button size="sm" {...staysInField} onClick={close}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
