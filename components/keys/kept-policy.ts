"use client";
/** Keeps what is typed into a key's policy for this tab, as the issue form's is, until it is saved or given up. Not over a policy that was changed meanwhile. */
import { forgetForm, keepForm, keptForm } from "@/components/issue/keep-form";
import { newJti } from "@/lib/composer/new-jti";
import type { ChangeKeyForm } from "@/lib/keys/change-key-form";

const under = ({ keyId }: Pick<ChangeKeyForm, "keyId">) => `policy=${keyId}`;

/** @param began what the form began with */
export function keepPolicy(memberId: string, form: ChangeKeyForm, began: ChangeKeyForm): void {
  const [typed, before] = [JSON.stringify(form), JSON.stringify(began)];
  if (typed === before) forgetPolicy(memberId, began);
  else keepForm(under(began), memberId, newJti(), { typed, before });
}

export function keptPolicy(memberId: string, began: ChangeKeyForm): ChangeKeyForm | undefined {
  const kept: Readonly<Record<string, unknown>> | undefined = keptForm(under(began), memberId)?.values;
  if (typeof kept?.typed !== "string" || kept.before !== JSON.stringify(began)) return undefined;
  return JSON.parse(kept.typed) as ChangeKeyForm; // Written above, from such a form.
}

export const forgetPolicy = (memberId: string, key: Pick<ChangeKeyForm, "keyId">): void =>
  forgetForm(under(key), memberId);
