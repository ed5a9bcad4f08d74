"use client";
/** What is typed into the form of a batch, which this tab keeps: participants, what holds for all of them, and the id under which it is issued; so, too, what was said of it, as long as that stands. */
import { useEffect, useEffectEvent, useState } from "react";
import { useForm } from "react-hook-form";
import { forgetForm, keepForm, keptForm } from "@/components/issue/keep-form";
import { useFirstId } from "@/components/issue/use-first-id";
import { isTyping } from "@/components/ui/focus";
import { type KeyChoice, profileOfChoice, templatesOfChoice } from "@/lib/composer/compose";
import { newJti } from "@/lib/composer/new-jti";
import { staleTemplate } from "@/lib/composer/prepare";
import type { FormValues, IssueTokenInput } from "@/lib/composer/schema";
import { templateBehind } from "@/lib/composer/template";
import type { Template } from "@/lib/profiles/profile";
import { secondsOf } from "@/lib/text/parse-duration";
import { type Refused, standing } from "./standing";

const BEGAN_WITH = "batch";
/** Under it is kept that the participants' file was read by a guess. */
const GUESSED = "participants-guessed";
/** A tab keeps no more. */
const LONGEST_KEPT = 2_000_000;
/** Looking through a long text takes time: then, once one pauses. */
const LONG = 50_000;
const keepsAfterMs = (text: string) => (text.length > LONG ? 1_000 : 200);

/** The template that the form for all of them comes from, as its key has it; also where the key allows its lifetime no more: that is told at the lifetime, and whoever shortens it has the template still. */
function chosenIn(keys: readonly KeyChoice[], values: IssueTokenInput): Template | undefined {
  const key = keys.find(({ id }) => id === values.keyId);
  const ttlSeconds = secondsOf(values.expiresIn ?? "");
  return key && templateBehind(profileOfChoice(keys, values.keyId), { ...values, ttlSeconds }, key);
}

export type KeptBatch = ReturnType<typeof useKeptBatch>;

export function useKeptBatch({
  keys,
  memberId,
  requestId: firstRequestId,
  beginning,
}: {
  keys: KeyChoice[];
  memberId: string;
  requestId: string;
  beginning: FormValues;
}) {
  const form = useForm<IssueTokenInput>({ defaultValues: { ...beginning, jti: firstRequestId } });
  const [requestId, setRequestId] = useFirstId(firstRequestId);
  /** `isGuess`: it is a file's, in which nothing said how its letters are written. */
  const [list, setList] = useState({ text: "", isGuess: false });
  const { text, isGuess } = list;
  /** Of the form for all of them. */
  const [refusedOf, setRefused] = useState<Refused>({ sent: {}, fields: {} });

  const values = form.watch();
  const chosen = chosenIn(keys, values);
  const { jti: _, ...typed } = values;
  const common = { ...typed, template: chosen?.id ?? "" };
  // A page that was read anew may not find the chosen template in the form any more: what was said of it stands until one is chosen.
  const asChosen = { ...common, template: values.template ?? "" };
  const refused = standing(refusedOf, asChosen);

  const keepNow = () =>
    keepForm(BEGAN_WITH, memberId, requestId, {
      ...common,
      // One that was refused as changed or gone is chosen still: after a reload that is said again.
      template: refused.template ? asChosen.template : common.template,
      ...(text.length <= LONGEST_KEPT ? { participants: text, ...(isGuess ? { [GUESSED]: GUESSED } : {}) } : {}),
    });
  const keep = useEffectEvent(keepNow);
  const begin = useEffectEvent(() => {
    const kept = keptForm(BEGAN_WITH, memberId);
    if (!kept) return isTyping() ? undefined : document.getElementById("participants")?.focus({ preventScroll: true });
    const { participants, [GUESSED]: guessed, ...before } = kept.values;
    const keyKept = keys.some(({ id }) => id === before.keyId) ? {} : { keyId: form.getValues("keyId") };
    form.reset({ ...form.getValues(), ...before, ...keyKept });
    const again = form.getValues();
    if (again.template && !chosenIn(keys, again)) {
      const isThere = templatesOfChoice(keys, again.keyId).some(({ id }) => id === again.template);
      const fields = { template: isThere ? staleTemplate.changed : staleTemplate.gone };
      setRefused({ sent: again, fields });
    }
    // What was typed before the page ran stays.
    if (typeof participants === "string")
      setList((typed) => (typed.text ? typed : { text: participants, isGuess: guessed !== undefined }));
    setRequestId(kept.jti);
  });
  useEffect(() => begin(), []);
  const typedText = JSON.stringify(common);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever something was typed
  useEffect(() => {
    const stop = () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", keepOnce);
    };
    const keepOnce = () => {
      stop();
      keep();
    };
    const timer = setTimeout(keepOnce, keepsAfterMs(text));
    // Whoever reloads meanwhile has paused, too.
    window.addEventListener("pagehide", keepOnce);
    return stop;
  }, [typedText, text, isGuess]);

  return {
    form,
    values,
    chosen,
    /** As it is sent. */
    common,
    asChosen,
    list,
    setList,
    refused,
    setRefused,
    requestId,
    /** What is sent from now on is another batch. */
    renewId: () => setRequestId(newJti()),
    keepNow,
    forget: () => forgetForm(BEGAN_WITH, memberId),
  };
}
