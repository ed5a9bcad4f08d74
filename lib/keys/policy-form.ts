/** A key's policy as an admin fills it in: what the form holds, and the policy that this makes of the one before. Refuses, field by field, what is no limit at all, what the vendor does not know, what would let issuers do more than everybody, and what would leave nothing to issue. Browser-safe and pure. */
import { boundedList } from "@/lib/bounded-list";
import type { FieldErrors } from "@/lib/errors";
import { parsePath } from "@/lib/jwt/path";
import { knowsNoSuch, namesIn } from "@/lib/profiles/given";
import type { FormField, Profile, Template } from "@/lib/profiles/profile";
import { clearableDurationField } from "@/lib/text/duration-field";
import { lifetimeWords, typedLifetime } from "@/lib/text/lifetime";
import { listNames } from "@/lib/text/listed";
import * as z from "@/lib/zod";
import {
  type EffectivePolicy,
  effective,
  type Limits,
  noLimits,
  type Policy,
  refusedByPolicy,
  requirable,
} from "./policy";

/** In a list of names: all of them at once, where a vendor signs none for that. */
export const ALL_AT_ONCE = "*";

/** More than any vendor has names, or a team templates. */
const MOST = 200;
const list = boundedList(z.array(z.string().max(64)), MOST, `Name at most ${MOST}.`);

export const LimitsForm = z.object({
  /** Durations; empty: no limit, and the form's own. */
  maxLifetime: clearableDurationField,
  defaultLifetime: clearableDurationField,
  /** What is ticked; all of it: no limit. */
  permissions: list,
  roles: list,
  require: z.array(z.enum(requirable)).max(requirable.length),
  /** Ids; empty: any, or none. */
  templates: list,
});
export type LimitsForm = z.input<typeof LimitsForm>;
type ParsedLimits = z.output<typeof LimitsForm>;
type Asked = { [Name in keyof ParsedLimits]?: ParsedLimits[Name] | undefined };

type Vendor = Pick<Profile, "fields" | "name">;
type NamesField = Extract<FormField, { kind: "names" }>;

/** Of a template in force, what a policy is weighed against. */
export type PolicyTemplate = Pick<Template, "id" | "name" | "help" | "given">;

const fieldOf = ({ fields }: Vendor, limited: "permissions" | "roles") =>
  fields.find((field): field is NamesField => field.kind === "names" && field.limits === limited);

/** What can be ticked of a field, and its value: a name, or all at once. */
export function tickable({ choices, ways }: NamesField): { value: string; label: string; help: string }[] {
  if (!ways) return choices.map(({ value, label, help }) => ({ value, label, help }));
  return ways.map(({ names, label, help }) => ({ value: names.join(" ") || ALL_AT_ONCE, label, help }));
}

/** Of names each to tick for itself: what the vendor's rules say of every one that is ticked, so of whatever is issued. @returns undefined where one of them is good for something */
export function warningOfTicked(vendor: Profile, limited: "permissions" | "roles", ticked: readonly string[]) {
  const field = fieldOf(vendor, limited);
  if (!field || field.ways) return undefined;
  const [first, ...others] = ticked.map((name) => {
    const given = { [field.name]: [name] };
    const claims = vendor.buildClaims({ apiKey: "", given, issuedAt: 0, expiresAt: 1, jti: "" });
    return vendor
      .rules(claims, { now: 0, composing: true })
      .find(({ path, severity }) => severity === "warning" && parsePath(path ?? "")?.parts[0] === field.name);
  });
  if (!first || others.some((each) => !each)) return undefined;
  return [first.message, first.remedy].filter(Boolean).join(" ");
}

/** What is ticked where a policy says this of a field; of a field that the vendor has not, nothing. */
function tickedOf(vendor: Vendor, limited: "permissions" | "roles", names: readonly string[] | null): string[] {
  const field = fieldOf(vendor, limited);
  if (!field) return [];
  const all = tickable(field).map(({ value }) => value);
  return names === null ? all : all.filter((value) => names.includes(value));
}

/** The form that stands for a policy. */
export function formOfLimits(vendor: Vendor, limits: Limits): LimitsForm {
  return {
    maxLifetime: limits.maxTtlSeconds === null ? "" : typedLifetime(limits.maxTtlSeconds),
    defaultLifetime: limits.defaultTtlSeconds === null ? "" : typedLifetime(limits.defaultTtlSeconds),
    permissions: tickedOf(vendor, "permissions", limits.permissions),
    roles: tickedOf(vendor, "roles", limits.roles),
    require: [...limits.require],
    templates: [...(limits.templates ?? [])],
  };
}

/** Null: no limit; undefined: it can't be meant. */
function namesOf(field: NamesField | undefined, ticked: readonly string[]): string[] | null | undefined {
  if (!field) return ticked.length === 0 ? null : undefined;
  const all = tickable(field).map(({ value }) => value);
  if (ticked.some((value) => !all.includes(value)) || ticked.length === 0) return undefined;
  return ticked.includes(ALL_AT_ONCE) || all.every((value) => ticked.includes(value))
    ? null
    : all.filter((value) => ticked.includes(value));
}

/** Either is judged by the other, which may have been there before. */
const isOfLifetime = ({ maxLifetime, defaultLifetime }: Asked) =>
  maxLifetime !== undefined || defaultLifetime !== undefined;

/** One part of a policy; what the form does not say stays. @param at in front of the fields' names, in messages */
function limitsFrom(
  vendor: Vendor,
  known: readonly PolicyTemplate[],
  before: Limits,
  form: Asked,
  at: string,
): { limits: Limits; refused: FieldErrors } {
  const refused: FieldErrors = {};
  const { maxLifetime: maxTtlSeconds = before.maxTtlSeconds } = form;
  const { defaultLifetime: defaultTtlSeconds = before.defaultTtlSeconds } = form;
  if (isOfLifetime(form) && maxTtlSeconds !== null && (defaultTtlSeconds ?? 0) > maxTtlSeconds)
    refused[`${at}defaultLifetime`] =
      `Longer than the max lifetime. Write at most ${lifetimeWords(maxTtlSeconds)}, or nothing.`;
  const named = (limited: "permissions" | "roles") => {
    const ticked = form[limited];
    if (!ticked) return before[limited];
    const field = fieldOf(vendor, limited);
    const names = namesOf(field, ticked);
    if (names !== undefined) return names;
    refused[`${at}${limited}`] =
      field && ticked.length === 0
        ? "Tick at least one: with none, nothing could be issued."
        : knowsNoSuch(vendor.name, field?.one ?? "name", field?.choices.map(({ value }) => value) ?? []);
    return null;
  };
  const permissions = named("permissions");
  const roles = named("roles");
  const { require = before.require, templates = before.templates ?? [] } = form;
  // What stands in it may stay, also where what it names is gone.
  if (templates.some((id) => !known.some((each) => each.id === id) && !before.templates?.includes(id)))
    refused[`${at}templates`] = "One of them is gone. Choose again.";
  return {
    limits: {
      ...{ maxTtlSeconds, permissions, roles, defaultTtlSeconds },
      require: requirable.filter((each) => require.includes(each)),
      templates: templates.length === 0 ? null : [...new Set(templates)],
    },
    refused,
  };
}

/** What issuers could do beyond everybody, by field. @param asked what the form says of them: what stood there before and was narrowed since is no mistake of its */
function widened(policy: Limits, issuer: Limits, asked: Asked): FieldErrors {
  const refused: FieldErrors = {};
  const shortest = policy.maxTtlSeconds;
  if (asked.maxLifetime !== undefined && shortest !== null && (issuer.maxTtlSeconds ?? 0) > shortest)
    refused["issuer.maxLifetime"] =
      `Issuers may do less, not more. Write at most ${lifetimeWords(shortest)}, or nothing.`;
  if (
    isOfLifetime(asked) &&
    issuer.maxTtlSeconds === null &&
    shortest !== null &&
    (issuer.defaultTtlSeconds ?? 0) > shortest
  )
    refused["issuer.defaultLifetime"] =
      `Longer than the max lifetime. Write at most ${lifetimeWords(shortest)}, or nothing.`;
  for (const limited of ["permissions", "roles", "templates"] as const) {
    const [all, some] = [policy[limited], issuer[limited]];
    if (asked[limited] && all && some?.some((name) => !all.includes(name)))
      refused[`issuer.${limited}`] = "Issuers may do less, not more. Take away what nobody may.";
  }
  return refused;
}

/** Whether it says nothing beyond what holds for everybody. */
const isIdle = (policy: Limits, issuer: Limits) =>
  (issuer.maxTtlSeconds ?? policy.maxTtlSeconds) === policy.maxTtlSeconds &&
  (issuer.defaultTtlSeconds ?? policy.defaultTtlSeconds) === policy.defaultTtlSeconds &&
  issuer.require.every((each) => policy.require.includes(each)) &&
  (["permissions", "roles", "templates"] as const).every(
    (limited) =>
      issuer[limited] === null || (policy[limited]?.every((name) => issuer[limited]?.includes(name)) ?? false),
  );

const GIVEN = "given";
const ISSUER = { kind: "member", role: "issuer" } as const;

/** Where a policy takes only templates, and each of them asks for what its other limits do not allow. @returns nothing otherwise */
function leavesNothing(vendor: Vendor, policy: EffectivePolicy, known: readonly PolicyTemplate[]): string | undefined {
  if (!policy.templates) return undefined;
  const taken = known.filter(({ id }) => policy.templates?.includes(id));
  const isAllowed = ({ id, given }: PolicyTemplate) => {
    const namesOf = (limited: "permissions" | "roles") => namesIn(given, fieldOf(vendor, limited)?.name ?? "");
    // What a template does not fill in can be given; its lifetime becomes the key's where that is less.
    const asked = { ttlSeconds: 0, room: GIVEN, subject: GIVEN, purpose: GIVEN, templateId: id };
    const all = { ...asked, permissions: namesOf("permissions"), roles: namesOf("roles") };
    return Object.keys(refusedByPolicy(vendor, policy, all, "")).length === 0;
  };
  if (taken.length === 0 || taken.some(isAllowed)) return undefined;
  const names = listNames(taken.map(({ name }) => name));
  return `Nothing could be issued: ${names} ${taken.length === 1 ? "asks" : "ask"} for what is not ticked above. Tick that, or another template.`;
}

/** Of what issuers may and what everybody may, nothing is left where no name is in both. @returns by field, where it was not so before */
function leftToIssuers(before: Policy, policy: Policy): FieldErrors {
  const [had, left] = [effective(before, ISSUER), effective(policy, ISSUER)];
  const none = (["permissions", "roles", "templates"] as const).filter(
    (limited) => left[limited]?.length === 0 && had[limited]?.length !== 0,
  );
  return Object.fromEntries(
    none.map((limited) => [
      `issuer.${limited}`,
      "Nothing would be left to issuers. Tick at least one that everybody may, or let them have what everybody has.",
    ]),
  );
}

/** What a form may say of a policy: what is absent stays; `issuer: null` takes away what held for issuers. */
export type PolicyChange = Asked & { issuer?: Asked | null | undefined };

/** @param known the templates that there are @returns the policy, and by field why it can't be that */
export function policyFrom(
  vendor: Vendor,
  known: readonly PolicyTemplate[],
  before: Policy,
  { issuer: asked, ...change }: PolicyChange,
): { policy: Policy; refused: FieldErrors } {
  const { issuer: issuerBefore, ...limitsBefore } = before;
  const all = limitsFrom(vendor, known, limitsBefore, change, "");
  // Who changes no limit, but the key's name, is told nothing of them.
  const isOfLimits = Object.keys(change).some((name) => name in LimitsForm.shape);
  const nothing = isOfLimits ? leavesNothing(vendor, all.limits, known) : undefined;
  const refusedOfAll = { ...(nothing ? { templates: nothing } : {}), ...all.refused };
  if (asked === null || (asked === undefined && !issuerBefore)) return { policy: all.limits, refused: refusedOfAll };
  const { limits: issuer, refused } = limitsFrom(vendor, known, issuerBefore ?? noLimits, asked ?? {}, "issuer.");
  // What was taken from issuers stays theirs not to have, also while nobody may do it.
  const policy = asked && isIdle(all.limits, issuer) ? all.limits : { ...all.limits, issuer };
  const ofIssuers = asked && !nothing ? leavesNothing(vendor, effective(policy, ISSUER), known) : undefined;
  return {
    policy,
    refused: {
      ...(ofIssuers ? { "issuer.templates": ofIssuers } : {}),
      ...leftToIssuers(before, policy),
      ...(asked ? widened(all.limits, issuer, asked) : {}),
      ...refused,
      ...refusedOfAll,
    },
  };
}
