"use client";
/** Changes a key's label and policy in place. Before a policy is saved that active tokens go beyond, it says which. */
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { UnderWay } from "@/components/issue/under-way";
import { Button } from "@/components/ui/button";
import { OptionCard, OptionCards } from "@/components/ui/choice";
import { Field, Input } from "@/components/ui/field";
import { FormFailure } from "@/components/ui/form-failure";
import { Notice } from "@/components/ui/notice";
import { useActionForm } from "@/components/ui/use-action-form";
import { useIsHere } from "@/components/ui/use-is-here";
import type { ActionResult } from "@/lib/action-result";
import type { StoppedByPolicy } from "@/lib/endpoints/stopped-by";
import type { FieldErrors } from "@/lib/errors";
import {
  type ChangeKeyForm,
  changeAsked,
  changeKeyForm,
  changeKeySchema,
  type LeftOut,
  withoutGone,
} from "@/lib/keys/change-key-form";
import { type Policy, seenOf } from "@/lib/keys/policy";
import type { PolicyTemplate } from "@/lib/keys/policy-form";
import type { ChangeKeyInput } from "@/lib/keys/schema";
import { profileOf } from "@/lib/profiles/registry";
import { BeyondPolicy } from "./beyond-policy";
import { forgetPolicy, type KeptPolicy, keepPolicy, keptPolicy, typedOver } from "./kept-policy";
import { LimitsFields } from "./limits-fields";
import { lostInWords, toldStill } from "./lost-ticks";

export type ChangeKeyActions = {
  change: (input: ChangeKeyInput) => Promise<ActionResult<unknown>>;
  /** Which active tokens it would not allow any more. */
  preview: (input: ChangeKeyInput) => Promise<ActionResult<StoppedByPolicy>>;
};

export type ChangeableKey = {
  id: string;
  label: string;
  policy: Policy;
  /** The id of its profile. */
  profile: string;
  templates: readonly PolicyTemplate[];
};

/** Whether there is something to say before it is saved. */
const goesBeyond = ({ count, all, endpoints, asking }: StoppedByPolicy): boolean =>
  count > 0 || !all || [...endpoints, ...asking.room, ...asking.subject].length > 0;

type Ticked = { templates: string[] };

const goneFrom = (typed: Ticked, left: Ticked) => typed.templates.filter((id) => !left.templates.includes(id));

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

export function PolicyForm({
  item,
  memberId,
  actions,
  close: onClose,
}: {
  item: ChangeableKey;
  /** Who fills it in. */
  memberId: string;
  actions: ChangeKeyActions;
  close: () => void;
}) {
  const vendor = profileOf(item.profile);
  const seen = seenOf(item);
  // Anew with the templates that come while the form is open.
  const schema = useMemo(() => changeKeySchema(vendor, item.templates, item), [vendor, item]);
  // Another item whenever the page is drawn: what the form begins with is the same as long as the key is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const began = useMemo(() => changeKeyForm(vendor, item), [seen]);
  const [meanwhile, setMeanwhile] = useState(false);
  const [beyond, setBeyond] = useState<StoppedByPolicy>();
  /** The change that was shown to go beyond. */
  const shown = useRef<string>(undefined);
  /** What another admin has left no room for, and as it was told so: that stands until its ticks are changed. */
  const leftOut = useRef<{ form: ChangeKeyForm; ids: LeftOut; said: FieldErrors }>(undefined);
  const isHere = useIsHere();
  const [isPreviewing, setPreviewing] = useState(false);

  const { form, formProps, submitProps, failure, errorOf } = useActionForm({
    schema,
    mode: "onChange",
    defaultValues: began,
    action: async (typed: ChangeKeyForm) => {
      const asked = { ...changeAsked(typed, vendor, item), seen };
      const { keyId: _, seen: __, ...changed } = asked;
      // Nothing is left to be saved, and the form would close as though it were.
      if (leftOut.current && Object.keys(changed).length === 0)
        return { ok: false, error: { code: "invalid", message: "Nothing was saved.", fields: leftOut.current.said } };
      if (shown.current !== JSON.stringify(asked)) {
        setPreviewing(true);
        const previewed = await actions.preview(asked).finally(() => setPreviewing(false));
        if (!previewed.ok) return previewed;
        // Cancelled, or left in spite of the question, with what was typed kept: nothing was saved yet.
        if (!isHere()) return undefined;
        if (goesBeyond(previewed.data)) {
          shown.current = JSON.stringify(asked);
          setBeyond(previewed.data);
          return undefined;
        }
      }
      return actions.change(asked);
    },
    onDone: (_, sent) => {
      forgetPolicy(memberId, began, sent);
      // Another one may be open in its place by now.
      if (isHere()) onClose();
    },
  });
  const { control, register } = form;

  function giveUp() {
    forgetPolicy(memberId, began);
    onClose();
  }

  /** The templates that were offered when the page was last drawn. */
  const offered = useRef(item.templates);
  /** @returns what was said, by field */
  function tellLost(typed: ChangeKeyForm, left: ChangeKeyForm, out: LeftOut): FieldErrors {
    const said: FieldErrors = {};
    for (const [field, had, has] of [
      ["templates", typed, left],
      ["issuer.templates", typed.issuer, left.issuer],
    ] as const) {
      const ticks = { typed: had.templates, left: has.templates, leftOut: out[field] ?? [] };
      const message = lostInWords(ticks, item.templates, offered.current);
      if (!message) continue;
      said[field] = message;
      form.setError(field, { message });
    }
    return said;
  }

  const put = ({ form: typed, meanwhile: over, left: out }: KeptPolicy) => {
    const left = withoutGone(typed, item.templates, began);
    form.reset(left, { keepDefaultValues: true });
    setMeanwhile(over);
    keepPolicy(memberId, left, began, over, out);
    const said = tellLost(typed, left, out);
    leftOut.current = Object.keys(out).length > 0 ? { form: left, ids: out, said } : undefined;
  };
  const begin = useEffectEvent(() => {
    const kept = keptPolicy(memberId, began);
    if (kept) put(kept);
  });
  const before = useRef(began);
  const moveOn = useEffectEvent(() => {
    if (before.current === began) return;
    const [had, was] = [form.getValues(), before.current];
    before.current = began;
    const typed = typedOver(had, was, began, true, leftOut.current?.ids);
    if (!typed && !isSame(had, was)) return giveUp();
    form.reset(began);
    put(typed ?? { form: began, meanwhile: true, left: {} });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the key was changed under the form
  useEffect(() => moveOn(), [began]);
  // One that is gone is not there to be unticked.
  const takeOutGone = useEffectEvent(() => {
    const typed = form.getValues();
    const left = withoutGone(typed, item.templates, began);
    if (goneFrom(typed, left).length > 0) form.setValue("templates", left.templates);
    if (goneFrom(typed.issuer, left.issuer).length > 0) form.setValue("issuer.templates", left.issuer.templates);
    tellLost(typed, left, {});
    offered.current = item.templates;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever other templates are offered
  useEffect(() => takeOutGone(), [item.templates]);
  const keep = useEffectEvent((values: ChangeKeyForm) => {
    if (leftOut.current) {
      const { form: then, ids, said } = leftOut.current;
      const still = { form: then, ids: toldStill(ids, then, values), said: toldStill(said, then, values) };
      leftOut.current = Object.keys(still.ids).length > 0 ? still : undefined;
    }
    keepPolicy(memberId, values, began, meanwhile, leftOut.current?.ids);
  });
  useEffect(() => {
    begin();
    return form.subscribe({ formState: { values: true }, callback: ({ values }) => keep(values) });
  }, [form]);

  const values = form.watch();
  // Of another form it is not said.
  const told =
    beyond && shown.current === JSON.stringify({ ...changeAsked(values, vendor, item), seen }) ? beyond : undefined;
  const foot = useRef<HTMLDivElement>(null);
  // It stands at the foot of a long form, which may have been sent from its top.
  useEffect(() => {
    if (beyond) foot.current?.scrollIntoView({ block: "nearest" });
  }, [beyond]);
  const fields = { control, register, errorOf, vendor, templates: item.templates };

  function onIssuersLess(isLess: boolean) {
    form.setValue("issuersLess", isLess);
    // What was told of their ticks is told no more once they are away.
    if (!isLess) form.clearErrors("issuer.templates");
    const { permissions, roles, require, issuer } = form.getValues();
    // What was said of them before is there again.
    if (!isLess || began.issuersLess || JSON.stringify(issuer) !== JSON.stringify(began.issuer)) return;
    // They begin with what everybody may.
    form.setValue("issuer", { maxLifetime: "", defaultLifetime: "", permissions, roles, require, templates: [] });
  }

  return (
    <form {...formProps} autoComplete="off" aria-labelledby="edit-policy" className="key-panel policy-form">
      <h2 id="edit-policy" className="mb-3 font-semibold text-small">
        Label and policy
      </h2>
      <Field
        id="label"
        label="Label"
        help="Tokens that were issued keep the old one in the ledger."
        error={errorOf("label")}
      >
        {(props) => <Input {...props} autoFocus {...register("label")} />}
      </Field>
      <LimitsFields of="" {...fields} />
      <OptionCards>
        <OptionCard
          type="checkbox"
          id="issuersLess"
          label="Issuers may do less"
          checked={values.issuersLess}
          onChange={({ target }) => onIssuersLess(target.checked)}
        />
      </OptionCards>
      {values.issuersLess ? (
        <fieldset className="mt-4 border-line-strong border-l-2 pl-3">
          <legend className="mb-3 font-semibold">What issuers may</legend>
          <LimitsFields of="issuer." everybody={values} {...fields} />
        </fieldset>
      ) : null}
      <div ref={foot} className="mt-4 scroll-mb-6">
        {told ? <BeyondPolicy vendor={vendor} beyond={told} /> : null}
        {meanwhile ? (
          <Notice tone="warn" role="status" title="The key was changed meanwhile." className="mb-3">
            What you had not touched shows what holds now; what you typed stands, unless a field says otherwise. Look at
            it before you save.
          </Notice>
        ) : null}
        {isPreviewing ? (
          <UnderWay
            what="The change"
            loss="It is not saved yet, and would not be. What you typed is kept for when you come back."
          />
        ) : null}
        <FormFailure failure={failure} />
        <div className="mb-3 flex flex-wrap gap-2">
          <Button variant="primary" size="sm" {...submitProps}>
            {told ? "Save anyway" : "Save"}
          </Button>
          <Button size="sm" onClick={giveUp}>
            Cancel
          </Button>
        </div>
      </div>
    </form>
  );
}
