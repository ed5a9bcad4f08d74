"use client";
/** Issues the same once more for somebody else: one field and Enter. */
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { leaveBy } from "@/components/ui/leaving";
import { useActionForm } from "@/components/ui/use-action-form";
import type { ActionResult } from "@/lib/action-result";
import { issueFormSchema, type KeyChoice, profileOfChoice } from "@/lib/composer/compose";
import { newJti } from "@/lib/composer/new-jti";
import { staleTemplate } from "@/lib/composer/prepare";
import type { IssueTokenInput, VendorFields } from "@/lib/composer/schema";
import { withinSentence } from "@/lib/text/within-sentence";
import type { IssuedTokenResult } from "@/lib/tokens/issued";
import { controlsOf } from "./controls";
import { UnderWay } from "./under-way";

export function SameAgain({
  keys,
  values,
  action,
  onDone,
  onAnother,
}: {
  keys: KeyChoice[];
  /** What was issued, as it was asked for. */
  values: IssueTokenInput;
  action: (input: IssueTokenInput) => Promise<ActionResult<IssuedTokenResult>>;
  onDone: (token: IssuedTokenResult, values: IssueTokenInput) => void;
  /** For what is not the same, but for whom it is: the one typed here, or the last one. */
  onAnother: (forWhom: VendorFields) => void;
}) {
  const profile = profileOfChoice(keys, values.keyId);
  const field = profile.fields.find((each) => each.kind === "id" && each.limits === "subject");
  const name = field?.name ?? "";
  const had = Boolean(values[name]);
  const [jti, setJti] = useState(newJti);
  const sent = useRef(values);
  const [schema] = useState(() =>
    issueFormSchema(keys).superRefine((typed, context) => {
      // Without one it would be good for anybody, and nobody asked for that.
      if (field && had && !String(typed[name] ?? "").trim())
        context.addIssue({ code: "custom", path: [name], message: `Enter the next ${withinSentence(field.label)}.` });
    }),
  );
  const { form, formProps, submitProps, pending, failure, errorOf } = useActionForm<IssueTokenInput, IssuedTokenResult>(
    {
      schema,
      // Whoever goes past it on the way to something else has not left it out.
      mode: "onSubmit",
      defaultValues: { ...values, ...(field ? { [name]: "" } : {}), jti },
      prepare: (typed) => {
        sent.current = { ...typed, jti };
        return sent.current;
      },
      action: async (input: IssueTokenInput) => {
        const result = await action(input);
        if (result?.ok === false && result.error.code === "conflict") setJti(newJti());
        return result;
      },
      onDone: (token: IssuedTokenResult) => onDone(token, sent.current),
    },
  );
  const own = field ? errorOf(name) : undefined;
  const labels = new Map(controlsOf(profile).map((control) => [control.name, control.label]));
  const others = Object.entries(form.formState.errors).flatMap(([each, error]) =>
    each === name || typeof error?.message !== "string" ? [] : [withoutItsField(labels.get(each), error.message)],
  );
  const problem =
    [own, ...others, others.length > 0 && "Choose New form to change that."].filter(Boolean).join(" ") ||
    failure?.message;
  const told = useRef<HTMLParagraphElement>(null);
  // The last line of a page that may be long: the focus brings its field into view, and not what is said of it.
  useEffect(() => {
    if (problem) told.current?.scrollIntoView({ block: "nearest" });
  }, [problem]);
  return (
    <form
      {...formProps}
      onSubmit={async (event) => {
        event.preventDefault();
        // What is wrong is said at once: nothing would take the token's place, so that nobody is asked about it.
        if (await form.trigger()) leaveBy(() => formProps.onSubmit());
        else formProps.onSubmit();
      }}
      autoComplete="off"
      aria-label="Same again"
      className="issued-card flex flex-wrap items-center gap-x-3 gap-y-2"
    >
      <Icon name="again" className="text-faint" />
      <label htmlFor="same-again" className="mr-auto">
        <span className="font-medium">Same again</span>
        {field ? (
          <span className="text-soft"> for the next {withinSentence(field.label).replace(/ id$/i, "")}</span>
        ) : null}
      </label>
      {field ? (
        <Input
          id="same-again"
          mono
          aria-label={field.label}
          aria-invalid={own ? true : undefined}
          aria-describedby="same-again-problem"
          placeholder={field.label}
          className="max-w-80 flex-1 basis-48"
          {...form.register(name)}
        />
      ) : null}
      <Button {...submitProps}>Issue</Button>
      <Button variant="ghost" onClick={() => onAnother(field ? { [name]: form.getValues(name) || values[name] } : {})}>
        New form
      </Button>
      <p ref={told} id="same-again-problem" role="alert" className="basis-full text-bad text-small empty:hidden">
        {problem}
      </p>
      {pending ? (
        <UnderWay
          what="The token"
          loss="It may be issued all the same, and is shown here only. The ledger keeps what it permits, not the token."
        />
      ) : null}
    </form>
  );
}

/** The form would show it at the field, and could be loaded again: here that would lose the token. */
function withoutItsField(label: string | undefined, message: string): string {
  if (Object.values(staleTemplate).includes(message)) return "Its template is gone, or was changed meanwhile.";
  return label === undefined ? message : `${label}: ${message}`;
}
