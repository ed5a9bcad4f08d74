/** What may be issued with a key: one schema, kept as one JSON column. `issuer` holds what members of that role may do, and can only narrow. Browser-safe and pure. */

import type { FieldErrors } from "@/lib/errors";
import type { FormField, Profile, Template } from "@/lib/profiles/profile";
import { lifetimeWords } from "@/lib/text/lifetime";
import { inList } from "@/lib/text/listed";
import * as z from "@/lib/zod";

const ttlSeconds = z.number().int().positive().nullable();
const names = z.array(z.string()).nullable();

/** What a policy can ask to be given. */
export const requirable = ["room", "subject", "purpose"] as const;

const Limits = z.object({
  /** Max lifetime; null: no limit. */
  maxTtlSeconds: ttlSeconds.default(null),
  /** What a form begins with; null: its own. */
  defaultTtlSeconds: ttlSeconds.default(null),
  /** Null: all that the vendor has. */
  permissions: names.default(null),
  roles: names.default(null),
  /** What must be given. */
  require: z.array(z.enum(requirable)).default([]),
  /** Ids; null: any, or none. */
  templates: names.default(null),
});

export type Limits = z.output<typeof Limits>;

export const Policy = Limits.extend({ issuer: Limits.optional() });
export type Policy = z.output<typeof Policy>;
/** What holds for one actor. */
export type EffectivePolicy = Limits;

export const noLimits: Limits = Limits.parse({});

/** No limit at all. */
export const openPolicy: Policy = Policy.parse({});

/** The same text for the same policy, in whichever order it was made. */
export const writePolicy = (policy: Policy): string => JSON.stringify(Policy.parse(policy));

/** What its form shows of a key: a change that was made of it is of no other. */
export const seenOf = ({ label, policy }: { label: string; policy: Policy }): string =>
  JSON.stringify([label, writePolicy(policy)]);

/** @throws Error when the text is no policy, which no row that this desk wrote holds */
export const readPolicy = (text: string): Policy => Policy.parse(JSON.parse(text));

/** As lib/auth/actor.ts has them; a kind that is new there does not compile where it is handed over. */
type Asking =
  | { kind: "member"; role: string }
  | { kind: "service"; templateIds: readonly string[] | null }
  | { kind: "endpoint" | "system" };

/** Whether what holds for issuers holds for this one: only a member has a role. */
function isIssuer(actor: Asking): boolean {
  switch (actor.kind) {
    case "member":
      return actor.role === "issuer";
    case "service":
    case "endpoint":
    case "system":
      return false;
  }
}

export function effective({ issuer, ...policy }: Policy, actor: Asking): EffectivePolicy {
  if (!issuer || !isIssuer(actor))
    return {
      ...policy,
      ...lifetimes(policy.maxTtlSeconds, policy.defaultTtlSeconds),
      // A credential narrows what the key allows, as a role does.
      templates: common(policy.templates, actor.kind === "service" ? actor.templateIds : null),
    };
  return {
    ...lifetimes(
      smaller(policy.maxTtlSeconds, issuer.maxTtlSeconds),
      issuer.defaultTtlSeconds ?? policy.defaultTtlSeconds,
    ),
    permissions: common(policy.permissions, issuer.permissions),
    roles: common(policy.roles, issuer.roles),
    require: [...new Set([...policy.require, ...issuer.require])],
    templates: common(policy.templates, issuer.templates),
  };
}

/** No form begins with what would be refused. */
const lifetimes = (maxTtlSeconds: number | null, wanted: number | null) => ({
  maxTtlSeconds,
  defaultTtlSeconds: wanted === null ? null : smaller(wanted, maxTtlSeconds),
});

/** Null stands for no limit. */
const smaller = (one: number | null, other: number | null) =>
  one === null ? other : other === null ? one : Math.min(one, other);

const common = (one: readonly string[] | null, other: readonly string[] | null): string[] | null => {
  if (one === null || other === null) return other === null ? one && [...one] : [...other];
  return one.filter((name) => other.includes(name));
};

/** What somebody asks to have signed, as far as a policy speaks of it. */
export type Asked = {
  /** From now on. */
  ttlSeconds: number;
  /** Whether a part of that is the wait for its start. */
  waits?: boolean;
  permissions: readonly string[];
  roles: readonly string[];
  room: string | null;
  subject: string | null;
  purpose: string;
  templateId: string | null;
};

type NamesField = Extract<FormField, { kind: "names" }>;

/** As the form calls them, and behind that as the token does: "Moderate (allow_mod)". */
function called({ choices, ways }: NamesField, names: readonly string[]): string {
  const way = ways?.find(
    (each) => each.names.length === names.length && each.names.every((name) => names.includes(name)),
  );
  if (way) return names.length > 0 ? `${way.label} (${names.join(", ")})` : way.label;
  const one = (name: string) => {
    const label = choices.find(({ value }) => value === name)?.label;
    return label === undefined || label === name ? name : `${label} (${name})`;
  };
  return names.map(one).join(", ");
}

/** "Guest", "Guest or Support call". */
export const templatesIn = (allowed: readonly string[], templates: readonly Pick<Template, "id" | "name">[]): string =>
  templates.flatMap(({ id, name }) => (allowed.includes(id) ? inList(name) : [])).join(" or ");

/** @param label the key's @param templates those in force, for their names @returns messages by field of the vendor's issue form; empty when the policy allows it */
export function refusedByPolicy(
  vendor: Pick<Profile, "fields">,
  policy: EffectivePolicy,
  asked: Asked,
  label: string,
  templates: readonly Pick<Template, "id" | "name">[] = [],
): FieldErrors {
  const fields: FieldErrors = {};
  if (policy.maxTtlSeconds !== null && asked.ttlSeconds > policy.maxTtlSeconds)
    fields.expiresIn = `"${label}" allows at most ${lifetimeWords(policy.maxTtlSeconds)}${asked.waits ? ", counted from now. Let it start earlier, or choose" : ". Choose"} a shorter lifetime.`;
  const fieldOf = (limited: "room" | "subject" | "purpose") =>
    vendor.fields.find(({ limits }) => limits === limited)?.name ?? limited;
  for (const limited of ["permissions", "roles"] as const) {
    const field = vendor.fields.find((each): each is NamesField => each.kind === "names" && each.limits === limited);
    const allowed = policy[limited];
    if (!field || !allowed) continue;
    const beyond = asked[limited].filter((name) => !allowed.includes(name));
    if (beyond.length > 0)
      fields[field.name] = `"${label}" does not allow ${called(field, beyond)}. Choose something else, or another key.`;
    // Of names that are chosen as one thing, none at all means every one of them.
    else if (field.ways && asked[limited].length === 0)
      fields[field.name] =
        `"${label}" allows ${allowed.map((name) => called(field, [name])).join(" or ") || "none of these"}: choose that, or another key.`;
  }
  for (const required of policy.require) {
    if (!asked[required]) fields[fieldOf(required)] = `"${label}" asks for this. Fill it in.`;
  }
  if (policy.templates && !(asked.templateId && policy.templates.includes(asked.templateId)))
    fields.template = `"${label}" takes ${templatesIn(policy.templates, templates) || "certain templates"} only. Choose ${policy.templates.length === 1 ? "that template" : "one of them"}, and change nothing in it.`;
  return fields;
}
