"use client";
/** Keeps what is typed into a key's policy for this tab, as the issue form's is, until it is saved or given up. */
import { forgetForm, keepForm, keptForm } from "@/components/issue/keep-form";
import { newJti } from "@/lib/composer/new-jti";
import { type ChangeKeyForm, type LeftOut, leftOutIn, overMeanwhile } from "@/lib/keys/change-key-form";

const under = ({ keyId }: Pick<ChangeKeyForm, "keyId">) => `policy=${keyId}`;

const isNone = (left: LeftOut) => Object.keys(left).length === 0;

/** @param began what the form began with @param meanwhile whether that was changed while it was filled in @param left what came to nothing by that, as it is told still */
export function keepPolicy(
  memberId: string,
  form: ChangeKeyForm,
  began: ChangeKeyForm,
  meanwhile: boolean,
  left: LeftOut = {},
): void {
  const [typed, before] = [JSON.stringify(form), JSON.stringify(began)];
  const values = { typed, before, left: JSON.stringify(left), ...(meanwhile ? { meanwhile: "yes" } : {}) };
  if (typed === before && isNone(left)) forgetPolicy(memberId, began);
  else keepForm(under(began), memberId, newJti(), values);
}

/** `meanwhile`: it was typed over another policy; `left`: what of it came to nothing by that. */
export type KeptPolicy = { form: ChangeKeyForm; meanwhile: boolean; left: LeftOut };

/** @param began what the form begins with now @returns what was typed; undefined where nothing was, or all of it holds by now */
export function keptPolicy(memberId: string, began: ChangeKeyForm): KeptPolicy | undefined {
  const kept: Readonly<Record<string, unknown>> | undefined = keptForm(under(began), memberId)?.values;
  if (typeof kept?.typed !== "string" || typeof kept.before !== "string") return undefined;
  // Both were written above, from such forms.
  const [typed, before] = [kept.typed, kept.before].map((text) => JSON.parse(text) as ChangeKeyForm);
  if (!typed || !before) return undefined;
  // So was this, where something had come to nothing.
  const left = typeof kept.left === "string" ? (JSON.parse(kept.left) as LeftOut) : {};
  return typedOver(typed, before, began, kept.meanwhile !== undefined, left);
}

/** What becomes of what was typed once the key was changed under it. @param told what had come to nothing before @returns undefined where all of it holds by now: it was saved, and the answer was lost or came late, or somebody else has done the same */
export function typedOver(
  typed: ChangeKeyForm,
  before: ChangeKeyForm,
  began: ChangeKeyForm,
  meanwhile: boolean,
  told: LeftOut = {},
): KeptPolicy | undefined {
  const form = overMeanwhile(typed, before, began);
  const left = { ...told, ...leftOutIn(typed, before, began) };
  if (isNone(left) && JSON.stringify(form) === JSON.stringify(began)) return undefined;
  return { form, meanwhile: meanwhile || JSON.stringify(before) !== JSON.stringify(began), left };
}

/** @param sent what was saved, where nothing else is to be forgotten */
export function forgetPolicy(memberId: string, key: Pick<ChangeKeyForm, "keyId">, sent?: ChangeKeyForm): void {
  const kept: Readonly<Record<string, unknown>> | undefined = keptForm(under(key), memberId)?.values;
  if (!sent || kept?.typed === JSON.stringify(sent)) forgetForm(under(key), memberId);
}
