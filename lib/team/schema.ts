/** What the team's forms hold and what is refused in them; browser-safe, used by form and verb alike. */
import { roles } from "@/lib/auth/roles";
import { SetupInput } from "@/lib/auth/schema";
import { PageNumber } from "@/lib/page-of";
import { plainText } from "@/lib/plain-text";
import { holdsNoSecret, LIKE_A_SECRET_SAID } from "@/lib/profiles/no-secret";
import * as z from "@/lib/zod";

const id = z.string().max(40);
const role = z.enum(roles, "Choose a role.");

/** What the team's page is asked for, as it stands in its address. What cannot be read is left out rather than refused: a link must always show something. */
export const TeamQuery = z.object({
  /** Words of a name or an email. No address may hold a token, or a secret. */
  q: z
    .string()
    .trim()
    .max(100)
    .refine(holdsNoSecret)
    .optional()
    .catch(undefined)
    .transform((words) => words || undefined),
  /** Of the members, from 1. */
  page: PageNumber,
  /** Of the invitations, from 1. */
  invited: PageNumber,
});
export type TeamQuery = z.output<typeof TeamQuery>;

/** The address that shows it, so that a link shares exactly the view. */
export function teamAddress({ q, page: members = 1, invited = 1 }: Partial<TeamQuery>): string {
  const given = {
    ...(q && { q }),
    ...(members > 1 && { page: `${members}` }),
    ...(invited > 1 && { invited: `${invited}` }),
  };
  const query = new URLSearchParams(given).toString();
  return query ? `/team?${query}` : "/team";
}

export const InviteMemberInput = z.object({
  // Before it is made small: a token is one by its capitals.
  email: z.string().refine(holdsNoSecret, LIKE_A_SECRET_SAID).pipe(SetupInput.shape.email),
  role,
});
export type InviteMemberInput = z.input<typeof InviteMemberInput>;

export const InvitationInput = z.object({ invitationId: id });
export type InvitationInput = z.input<typeof InvitationInput>;

export const LinkStateInput = z.object({ kind: z.enum(["invitation", "reset"]), id });
export type LinkStateInput = z.input<typeof LinkStateInput>;

export const ChangeRoleInput = z.object({ memberId: id, role });
export type ChangeRoleInput = z.input<typeof ChangeRoleInput>;

export const SetMemberStatusInput = z.object({
  memberId: id,
  disabled: z.boolean(),
  /** Why; for the audit log. */
  note: plainText().max(500, "Use at most 500 characters.").refine(holdsNoSecret, LIKE_A_SECRET_SAID).default(""),
});
export type SetMemberStatusInput = z.input<typeof SetMemberStatusInput>;

export const PreviewLeavingInput = z.object({ memberId: id });
export type PreviewLeavingInput = z.input<typeof PreviewLeavingInput>;

export const MakeResetLinkInput = z.object({ memberId: id });
export type MakeResetLinkInput = z.input<typeof MakeResetLinkInput>;
