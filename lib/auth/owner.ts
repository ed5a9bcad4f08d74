/** Who answers for an endpoint or a credential: an admin. What somebody answered for who is disabled, or no admin any more, stands still: with it they could go on issuing what their role does not allow. */
import { isRole, may } from "./roles";

/** Why an owner does not answer any more; null: they do. */
export type OwnerGone = "disabled" | "no admin" | null;

/** @param owner null or undefined: there is no such member */
export function ownerGone(owner: { role: string; disabledAt: unknown } | null | undefined): OwnerGone {
  if (!owner || owner.disabledAt !== null) return "disabled";
  return isRole(owner.role) && may(owner.role, "credential.manage") ? null : "no admin";
}

/** The same in a statement, of the member `m`. */
export const OWNER_ANSWERS = `m."disabledAt" IS NULL AND m."role" = 'admin'`;
