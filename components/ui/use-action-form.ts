"use client";
/** A form whose schema the server shares: checks as one types, submits once, and puts the server's answer beside the fields. Loses nothing that was typed. */
import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { type FieldPath, type FieldValues, get, type UseFormProps, useForm } from "react-hook-form";
import type { z } from "zod";
import type { ActionError, ActionResult } from "@/lib/action-result";
import { refusalIn } from "@/lib/refusal";
import { focusFirstFault, isTyping } from "./focus";
import { isRedirect } from "./is-redirect";
import { pressOver } from "./press-over";
import { sendsForm } from "./sends-form";
import { staysInField } from "./stays-in-field";
import { useInBrowser } from "./use-in-browser";
import { useIsHere } from "./use-is-here";

/** `elsewhere`: what was said of single names, and is shown nowhere in the form: no control has the name, or its control is not drawn. */
export type FormError = ActionError & { elsewhere: readonly string[] };

/** The schema's messages of a form that was not sent, at any depth: a list's fault may be of one of its names. */
function messagesIn(errors: object): string[] {
  return Object.values(errors).flatMap((error: unknown) => {
    if (typeof error !== "object" || error === null) return [];
    return "message" in error && typeof error.message === "string" ? [error.message] : messagesIn(error);
  });
}

export function useActionForm<Input extends FieldValues, Output>({
  schema,
  action,
  onDone,
  leadTo,
  prepare = (values) => values,
  unreachable = "What you typed is kept: try again in a moment.",
  ...options
}: UseFormProps<Input> & {
  schema: z.ZodType<unknown, Input>;
  /** May redirect instead of answering. */
  action: (input: Input) => Promise<ActionResult<Output> | undefined>;
  /** Also once the form is gone, and another one may stand in its place. @param sent as it was typed then */
  onDone?: (output: Output, sent: Input) => void;
  /** Where one goes on then, unless one has gone elsewhere, or to another such form, meanwhile. */
  leadTo?: (output: Output) => string;
  /** Completes the values at the moment of sending. */
  prepare?: (values: Input) => Input;
  /** What to do where no answer came: it may be done all the same. */
  unreachable?: string;
}) {
  const router = useRouter();
  const [failure, setFailure] = useState<FormError>();
  const [pending, setPending] = useState(false);
  const underWay = useRef(false);
  const isHere = useIsHere();
  // A form that is sent before React runs would be sent by the browser itself.
  const hydrated = useInBrowser(() => true, false);
  // The form hands the input on as it was typed; what it is parsed into is the verb's.
  const judge = zodResolver(schema as z.ZodType<Input, Input>, undefined, { raw: true });
  const press = useRef<Promise<void>>(undefined);
  const form = useForm<Input>({
    mode: "onTouched",
    // It would go by the order in which the fields were registered.
    shouldFocusError: false,
    ...options,
    resolver: async (...typed) => {
      await press.current;
      return judge(...typed);
    },
  });

  // Wherever it is in the page: what stands below the form moves with it.
  useEffect(() => {
    const begin = () => {
      press.current = pressOver();
    };
    window.addEventListener("pointerdown", begin, true);
    return () => window.removeEventListener("pointerdown", begin, true);
  }, []);

  // What is wrong leads to the first of it, as it stands in the page; whoever has gone on to another field by the time of the answer stays there.
  const element = useRef<HTMLFormElement>(null);
  const sentFrom = useRef<Element>(null);
  const typedSince = useRef(false);
  // Without an error: what the schema refused, before anything was sent.
  const refused = useRef<{ error?: ActionError; messages: readonly string[] }>(undefined);
  const { submitCount } = form.formState;
  useEffect(() => {
    if (submitCount === 0 || !element.current) return;
    // In the field from which it was sent, too.
    if (!isTyping(typedSince.current ? null : sentFrom.current)) focusFirstFault(element.current);
    if (!refused.current) return;
    const { error, messages } = refused.current;
    refused.current = undefined;
    // Only the page, drawn with what is wrong, knows what of it is to be seen.
    const shown = element.current.textContent;
    const elsewhere = [...new Set(messages)].filter((message) => !shown.includes(message));
    if (error) setFailure({ ...error, elsewhere });
    else if (elsewhere.length > 0) setFailure({ code: "invalid", message: elsewhere.join(" "), fields: {}, elsewhere });
  }, [submitCount]);

  const submit = form.handleSubmit(
    async (values) => {
      // A second click within the same frame comes before the button knows.
      if (underWay.current) return;
      underWay.current = true;
      setPending(true);
      setFailure(undefined);
      try {
        const result = await action(prepare(values));
        if (!result) return;
        if (result.ok) {
          onDone?.(result.data, values);
          if (leadTo && isHere()) router.push(leadTo(result.data));
          return;
        }
        const { fields = {} } = result.error;
        for (const [given, message] of Object.entries(fields)) {
          // The server parses with the schema of this form: a name is one of its fields, or belongs to no control.
          const name = given as FieldPath<Input>;
          // It was of what stood there: what was typed meanwhile may be right.
          if (JSON.stringify(form.getValues(name)) !== JSON.stringify(get(values, name))) continue;
          form.setError(name, { type: "server", message });
        }
        refused.current = { error: result.error, messages: Object.values(fields) };
      } catch (error) {
        if (isRedirect(error)) return;
        const refusal = refusalIn(error);
        setFailure({
          code: "internal",
          message: refusal ? `${refusal} What you typed is kept.` : `The server could not be reached. ${unreachable}`,
          elsewhere: [],
        });
      } finally {
        underWay.current = false;
        setPending(false);
      }
      // What the server said of the values before these is no news beside the fields that are wrong now.
    },
    (errors) => {
      setFailure(undefined);
      refused.current = { messages: messagesIn(errors) };
    },
  );

  return {
    form,
    pending,
    failure,
    /** Spread on the submit button. */
    submitProps: {
      type: "submit" as const,
      pending,
      disabled: !hydrated,
      ...staysInField,
    },
    /** Spread on the form. POST, so that no field ever gets into a URL, whatever sends it. */
    formProps: {
      method: "post",
      noValidate: true,
      ref: element,
      onSubmit: (event?: React.BaseSyntheticEvent) => {
        sentFrom.current = document.activeElement;
        typedSince.current = false;
        // What is sent is judged now.
        press.current = undefined;
        return submit(event);
      },
      onInput: () => {
        typedSince.current = true;
      },
      onKeyDown: (event: React.KeyboardEvent<HTMLFormElement>) => {
        if (!sendsForm(event)) return;
        event.preventDefault();
        event.currentTarget.requestSubmit();
      },
    },
    /** The message beside a field. */
    errorOf: (name: FieldPath<Input>) => form.getFieldState(name, form.formState).error?.message,
  };
}
