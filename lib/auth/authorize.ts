/** Answers "may they?" at the head of every verb, for these resources if it names some. A denial is itself an audit event. */
import { AppError } from "@/lib/errors";
import { namesOf } from "@/lib/names-of";
import type { Actor } from "./actor";
import { recordDenial } from "./record-denial";
import { type Extent, type Rule, type Verb, verbRules } from "./roles";

/** What a verb is about to act on, as far as it matters who may. */
export type Resource = {
  /** The signing key. */
  keyId?: string;
  /** Whoever made it: an actor's id. */
  ownerId?: string | null;
};

/**
 * @param resource absent: whether they may with anything at all, to begin with; whoever may with their own only is asked again with it
 * @throws AppError `forbidden`, after the denial is recorded; beyond the limit of denials, after that it was reached is
 */
export async function authorize(actor: Actor, verb: Verb, resource?: Resource): Promise<void> {
  const denial = denialOf(actor, verbRules[verb], resource);
  if (denial === undefined) return;
  const recorded = await recordDenial(actor, verb);
  throw new AppError(
    "forbidden",
    [denial.reason, recorded && "The attempt is recorded.", denial.remedy].filter(Boolean).join(" "),
  );
}

/** For what a verb tells to some and not to others; what it does is asked by `authorize`. */
export const isAllowed = (actor: Actor, verb: Verb, resource?: Resource): boolean =>
  denialOf(actor, verbRules[verb], resource) === undefined;

/** How far an actor may who may at all: with everything, or with what they made themselves. */
export const reachOf = (actor: Actor, verb: Verb): Extent =>
  denialOf(actor, verbRules[verb], { ownerId: null }) === undefined ? "any" : "own";

type Denial = { reason: string; remedy: string };

/** @returns why not; undefined: they may */
export function denialOf(actor: Actor, rule: Rule, resource?: Resource): Denial | undefined {
  switch (actor.kind) {
    case "member": {
      const extent = rule.roles[actor.role];
      const remedy = "Ask an admin to do it, or to change your role.";
      const named = namesOf(rule.roles);
      if (named.length === 0)
        return {
          reason: "This is done on the server's own shell only.",
          remedy: "Ask whoever looks after the server.",
        };
      if (!extent)
        return { reason: `Your role, ${actor.role}, may not do this; it takes ${named.join(" or ")}.`, remedy };
      const able = named.filter((role) => rule.roles[role] === "any").join(" or ");
      if (extent === "own" && resource && resource.ownerId !== actor.id)
        return {
          reason: `Your role, ${actor.role}, may do this with your own only; with others' it takes ${able}.`,
          remedy,
        };
      return undefined;
    }
    case "service": {
      const remedy = "Ask an admin for another credential.";
      const asked = [rule.scope ?? []].flat();
      if (!asked.some((scope) => actor.scopes.includes(scope)))
        return {
          reason:
            asked.length > 0
              ? `This takes a credential with the scope ${asked.join(" or ")}.`
              : "No credential may do this.",
          remedy,
        };
      if (resource?.keyId !== undefined && actor.keyIds && !actor.keyIds.includes(resource.keyId))
        return { reason: "This credential may not use that key.", remedy };
      if (rule.ownOnly && resource && resource.ownerId !== actor.id)
        return { reason: "A credential may do this with its own only.", remedy };
      return undefined;
    }
    case "endpoint": {
      const remedy = "Ask an admin to change the endpoint.";
      if (!rule.endpoint) return { reason: "An endpoint may not do this.", remedy };
      if (resource?.keyId !== undefined && resource.keyId !== actor.keyId)
        return { reason: "This endpoint may not use that key.", remedy };
      return undefined;
    }
    case "system":
      return undefined;
    default:
      // Whoever is told apart nowhere is allowed nothing: a new kind does not compile here.
      return actor satisfies never;
  }
}
