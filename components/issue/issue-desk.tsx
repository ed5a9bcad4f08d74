"use client";
/** The issue page: a form until something is issued, then the ticket, with the form folded behind it. Loses neither what was typed nor, unasked, a token that was not copied. */
import { type ReactNode, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { HandOverActions } from "@/components/into/hand-over-panel";
import { getNow } from "@/components/time/now-store";
import { takeHandedDraft } from "@/components/token/handoff";
import { Announcer } from "@/components/ui/announcer";
import { isTyping } from "@/components/ui/focus";
import { useActionForm } from "@/components/ui/use-action-form";
import { useIsHere } from "@/components/ui/use-is-here";
import type { ActionResult } from "@/lib/action-result";
import { issueFormSchema, type KeyChoice, profileOfChoice, templatesOfChoice } from "@/lib/composer/compose";
import { isRequired } from "@/lib/composer/locks";
import { newJti } from "@/lib/composer/new-jti";
import type { FormValues, IssueTokenInput } from "@/lib/composer/schema";
import { templateOf } from "@/lib/composer/template";
import { keyOfDraft } from "@/lib/decoder/key-of-draft";
import { openPolicy } from "@/lib/keys/policy";
import { tokenName } from "@/lib/text/numbered";
import { secondsOf } from "@/lib/text/parse-duration";
import type { IssuedTokenResult } from "@/lib/tokens/issued";
import { IssueForm } from "./issue-form";
import { IssuedToken } from "./issued-token";
import { forgetForm, keepForm, keptForm } from "./keep-form";
import { LeaveDialog } from "./leave-dialog";
import { SameAgain } from "./same-again";
import { type SaveTemplate, SaveTemplateDialog, UNNAMED } from "./save-template";
import { UnderWay } from "./under-way";
import { useFirstId } from "./use-first-id";
import { useLeaveGuard } from "./use-leave-guard";

/** What the form was opened with. */
export type Beginning = {
  /** Tells one beginning from another: each has its own kept text. */
  id: string;
  values: FormValues;
  /** What it was filled in from, and what can't be as it was there. */
  told?: { title: string; said: string[] };
  /** What the same was for before. */
  purpose?: string;
  /** Where one goes on. */
  focus?: string;
};

export function IssueDesk({
  header,
  again,
  keys,
  memberId,
  jti: firstJti,
  beginning,
  action,
  handOver,
  saveTemplate,
}: {
  /** The page's head, above the form. */
  header: ReactNode;
  /** What one issued last, above the form. */
  again: ReactNode;
  keys: KeyChoice[];
  memberId: string;
  /** The first token's id. */
  jti: string;
  beginning: Beginning;
  action: (input: IssueTokenInput) => Promise<ActionResult<IssuedTokenResult>>;
  handOver: HandOverActions;
  saveTemplate: SaveTemplate;
}) {
  // Anew with the templates that come while the page is open.
  const schema = useMemo(() => issueFormSchema(keys), [keys]);
  const [isSaving, setIsSaving] = useState(false);
  const [named, setNamed] = useState(UNNAMED);
  const [jti, setJti] = useFirstId(firstJti);
  const [issued, setIssued] = useState<{ token: IssuedTokenResult; values: IssueTokenInput }>();
  const [copiedAt, setCopiedAt] = useState<number>();
  const [leave, setLeave] = useState<() => void>();
  const [told, setTold] = useState(beginning.told);
  const sent = useRef<IssueTokenInput>(undefined);
  const isHere = useIsHere();

  function show(token: IssuedTokenResult, values: IssueTokenInput) {
    // Nobody has seen it: sent again, the form asks for the same one.
    if (!isHere()) return;
    forgetForm(beginning.id, memberId);
    setIssued({ token, values });
    setCopiedAt(undefined);
    setTold(undefined);
    setJti(newJti());
  }

  const defaultValues: IssueTokenInput = { ...beginning.values, jti: firstJti };
  const actionForm = useActionForm({
    schema,
    mode: "onChange",
    defaultValues,
    // The preview's token id is the one that is sent: until something was issued, the form asks for one and the same token.
    prepare: (values) => {
      const policy = keys.find(({ id }) => id === values.keyId)?.policy ?? openPolicy;
      const ttlSeconds = secondsOf(values.expiresIn);
      const offered = { policy, templates: templatesOfChoice(keys, values.keyId) };
      const template = templateOf(profileOfChoice(keys, values.keyId), { ...values, ttlSeconds }, offered)?.id ?? "";
      sent.current = { ...values, template, jti };
      // Also where nothing was typed: by its token id it is known again.
      keepForm(beginning.id, memberId, jti, values);
      return sent.current;
    },
    action: async (input: IssueTokenInput) => {
      const result = await action(input);
      if (result?.ok === false && result.error.code === "conflict") setJti(newJti());
      return result;
    },
    onDone: (token: IssuedTokenResult) => sent.current && show(token, sent.current),
  });
  const { form } = actionForm;

  const keep = useEffectEvent((values: IssueTokenInput) => keepForm(beginning.id, memberId, jti, values));
  const begin = useEffectEvent(() => {
    const draft = takeHandedDraft();
    if (draft) {
      const { keyId, said } = keyOfDraft(draft, keys);
      form.reset({ ...form.getValues(), ...draft.values, keyId });
      setTold({ title: "Filled in from a decoded token.", said });
      return;
    }
    const kept = keptForm(beginning.id, memberId);
    if (kept) {
      const key = keys.some(({ id }) => id === kept.values.keyId) ? {} : { keyId: form.getValues("keyId") };
      form.reset({ ...form.getValues(), ...kept.values, ...key }, { keepDefaultValues: true });
      setJti(kept.jti);
    }
    const focus = (kept ? undefined : beginning.focus) ?? dueField();
    // A focus that comes late would take the field away from whoever types into another one already.
    if (focus && !isTyping())
      // What stands above is not scrolled away: what is told of it, or all that comes before.
      document.getElementById(focus)?.focus({ preventScroll: told !== undefined || focus !== beginning.focus });
  });

  /** The first one that must be filled in and is not. */
  function dueField(): string | undefined {
    const values = form.getValues();
    const policy = keys.find(({ id }) => id === values.keyId)?.policy;
    if (!policy) return "keyId";
    const profile = profileOfChoice(keys, values.keyId);
    const names = [...profile.fields.map(({ name }) => name), "purpose"];
    return names.find((name) => isRequired(profile, policy, name) && !values[name]);
  }

  useEffect(() => {
    begin();
    return form.subscribe({ formState: { values: true }, callback: ({ values }) => keep(values) });
  }, [form]);

  /** The form is drawn anew, below what had the focus: one goes on at what is for each token alone. */
  function close() {
    flushSync(() => setIssued(undefined));
    document.getElementById("purpose")?.focus({ preventScroll: true });
  }
  const uncopied = issued !== undefined && copiedAt === undefined;
  const goBack = useLeaveGuard(issued !== undefined, uncopied ? (go) => setLeave(() => go) : undefined, close);
  const taken = () => setCopiedAt(getNow());

  if (!issued) {
    return (
      <>
        {header}
        <IssueForm
          keys={keys}
          jti={jti}
          actionForm={actionForm}
          told={told}
          purpose={beginning.purpose}
          again={again}
          proposes={saveTemplate.proposes}
          onSaveTemplate={() => setIsSaving(true)}
        />
        <Announcer />
        {actionForm.pending ? (
          <UnderWay
            what="The token"
            loss="It may be issued all the same, and is shown here only. What you typed is kept: sent again from here within a minute, it is the same token."
          />
        ) : null}
        {isSaving ? (
          <SaveTemplateDialog
            profile={profileOfChoice(keys, form.getValues("keyId"))}
            typed={{ ...form.getValues(), jti }}
            named={named}
            save={saveTemplate}
            // It says what the form says: it is the one in force.
            onSaved={(templateId) => templateId && form.setValue("template", templateId)}
            onClose={(typed) => {
              setNamed(typed);
              setIsSaving(false);
            }}
          />
        ) : null}
      </>
    );
  }
  return (
    <>
      <IssuedToken
        key={issued.token.number}
        issued={issued.token}
        handOver={handOver}
        copiedAt={copiedAt}
        onTaken={taken}
      >
        <SameAgain
          keys={keys}
          values={issued.values}
          action={action}
          onDone={show}
          onAnother={(forWhom) => {
            const leaveFor = () => {
              goBack();
              for (const [name, value] of Object.entries(forWhom)) form.setValue(name, value);
            };
            if (uncopied) setLeave(() => leaveFor);
            else leaveFor();
          }}
        />
      </IssuedToken>
      {leave ? (
        <LeaveDialog
          what={`Token ${tokenName(issued.token.number)}`}
          text={issued.token.token}
          loss="The ledger keeps what it permits, not the token."
          onCopied={taken}
          onStay={() => setLeave(undefined)}
          onLeave={() => {
            setLeave(undefined);
            leave();
          }}
        />
      ) : null}
    </>
  );
}
