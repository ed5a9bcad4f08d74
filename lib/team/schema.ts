/** What the team's forms hold and what is refused in them; browser-safe, used by form and verb alike. */
import { roles } from "@/lib/auth/roles";
import { SetupInput } from "@/lib/auth/schema";
import { plainText } from "@/lib/plain-text";
import { holdsNoSecret, LIKE_A_SECRET_SAID } from "@/lib/profiles/no-secret";
import * as z from "@/lib/zod";

const id = z.string().max(40);
const role = z.enum(roles, "Choose a role.");

export const InviteMemberInput = z.object({
  // Before it is made small: a token is one by its capitals.
  email: z.string().refine(holdsNoSecret, LIKE_A_SECRET_SAID).pipe(SetupInput.shape.email),
  role,
});
export type InviteMemberInput = z.input<typeof InviteMemberInput>;

export const InvitationInput = z.object({ invitationId: id });
export type InvitationInput = z.input<typeof InvitationInput>;

export const ChangeRoleInput = z.object({ memberId: id, role });
export type ChangeRoleInput = z.input<typeof ChangeRoleInput>;

export const SetMemberStatusInput = z.object({
  memberId: id,
  disabled: z.boolean(),
  /** Why; for the audit log. */
  note: plainText().max(500, "Use at most 500 characters.").refine(holdsNoSecret, LIKE_A_SECRET_SAID).default(""),
});
export type SetMemberStatusInput = z.input<typeof SetMemberStatusInput>;

export const MakeResetLinkInput = z.object({ memberId: id });
export type MakeResetLinkInput = z.input<typeof MakeResetLinkInput>;
