"use client";
/** Saves the filled form as a template, under a name and a note: asks of each id whether it is always this one. Loses nothing of the form. */
import { useState } from "react";
import { fillsInWords } from "@/components/templates/fills-words";
import { announce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { CodeText } from "@/components/ui/code-text";
import { Field, Input } from "@/components/ui/field";
import { FormFailure } from "@/components/ui/form-failure";
import { Modal } from "@/components/ui/modal";
import { useActionForm } from "@/components/ui/use-action-form";
import type { ActionResult } from "@/lib/action-result";
import type { IssueTokenInput } from "@/lib/composer/schema";
import { formOf, givenOf, idIn } from "@/lib/profiles/given";
import type { Profile } from "@/lib/profiles/profile";
import { type TemplateFields, templateFields } from "@/lib/templates/schema";

/** What becomes of it, and how that is asked for. */
export type SaveTemplate = {
  /** Whether it needs an admin. */
  proposes: boolean;
  action: (input: Readonly<Record<string, unknown>>) => Promise<ActionResult<{ templateId: string; state: string }>>;
};

/** What it is called, as far as it is typed. */
export type TemplateName = Pick<TemplateFields, "name" | "note">;
export const UNNAMED: TemplateName = { name: "", note: "" };

export function SaveTemplateDialog({
  profile,
  typed,
  named,
  save: { proposes, action },
  onSaved,
  onClose,
}: {
  profile: Profile;
  /** What the issue form holds. */
  typed: IssueTokenInput;
  /** As it was put away. */
  named: TemplateName;
  save: SaveTemplate;
  /** @param templateId undefined: it waits for an admin */
  onSaved: (templateId: string | undefined) => void;
  /** @param named what was typed, and is there again when it is opened; nothing once it is saved */
  onClose: (named: TemplateName) => void;
}) {
  const given = givenOf(profile, typed);
  const ids = profile.fields.filter(({ kind, name }) => kind === "id" && idIn(given, name) !== "");
  // One of a room is made for many; whom it is for is another one each time.
  const [kept, setKept] = useState<ReadonlySet<string>>(
    () => new Set(ids.filter((field) => field.kind === "id" && field.limits === "room").map(({ name }) => name)),
  );
  const without = Object.fromEntries(ids.filter(({ name }) => !kept.has(name)).map(({ name }) => [name, ""]));
  const [schema] = useState(() => templateFields(profile));
  const { form, formProps, submitProps, pending, failure, errorOf } = useActionForm<
    TemplateFields,
    { templateId: string; state: string }
  >({
    schema,
    defaultValues: { ...formOf(given), expiresIn: typed.expiresIn, ...named },
    prepare: (values) => ({ ...values, ...without }),
    action: (input) => action({ ...input, profile: profile.id }),
    onDone: ({ templateId, state }) => {
      onSaved(state === "accepted" ? templateId : undefined);
      // The dialog tells that it closes once more, as it goes.
      form.reset({ ...form.getValues(), ...UNNAMED });
      onClose(UNNAMED);
      announce(proposes ? "Proposed: an admin accepts it." : "Saved: it is among the templates.");
    },
  });
  // What is wrong with the form itself has no field here.
  function close() {
    const { name, note } = form.getValues();
    onClose({ name, note });
  }

  const title = proposes ? "Propose as a template" : "Save as a template";
  const told = fillsInWords(profile, { ...given, ...without });
  return (
    <Modal label={title} className="dialog" pending={pending} onClose={close}>
      <form {...formProps} autoComplete="off">
        <div className="flex flex-col px-5 pt-5 pb-1">
          <h2 className="mb-1 font-semibold text-[1.0625rem] tracking-tight">{title}</h2>
          <p className="mb-3.5 text-small text-soft [overflow-wrap:anywhere]">
            It fills in{" "}
            {told.map(({ field, label, words, isId }, index) => (
              <span key={field}>
                {index > 0 ? ", " : null}
                {label} {isId ? <code>{words}</code> : <bdi className="text-ink">{words}</bdi>}
              </span>
            ))}
            {told.length > 0 ? ", " : null}
            Expires in <bdi className="text-ink">{typed.expiresIn}</bdi>. The purpose, a later start and custom claims
            are left to whoever issues.
          </p>
          <Field id="template-name" label="Name" error={errorOf("name")}>
            {(control) => <Input {...control} autoFocus placeholder="Kiosk" {...form.register("name")} />}
          </Field>
          <Field id="template-note" label="Note" hint="what it is good for" error={errorOf("note")}>
            {(control) => <Input {...control} placeholder="One room, one tablet" {...form.register("note")} />}
          </Field>
          {ids.length > 0 ? (
            <fieldset className="mb-4.5 flex flex-col gap-1">
              <legend className="mb-1 font-medium">Always the same</legend>
              {ids.map(({ name, label }) => (
                <label key={name} className="flex w-fit max-w-full items-baseline gap-2 max-md:py-1.5">
                  <input
                    type="checkbox"
                    checked={kept.has(name)}
                    onChange={(event) => {
                      const next = new Set(kept);
                      if (event.currentTarget.checked) next.add(name);
                      else next.delete(name);
                      setKept(next);
                    }}
                  />
                  <span className="min-w-0 [overflow-wrap:anywhere]">
                    {label} <code>{idIn(given, name)}</code>
                  </span>
                </label>
              ))}
            </fieldset>
          ) : null}
          <FormFailure
            failure={failure}
            className="mb-4"
            tell={(said) => (
              <CodeText text={failure?.fields ? `The form can't be a template like this. ${said}` : said} />
            )}
          />
        </div>
        <div className="flex justify-end gap-2 border-line border-t bg-sunken px-5 py-3">
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" {...submitProps}>
            {proposes ? "Propose template" : "Save template"}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
