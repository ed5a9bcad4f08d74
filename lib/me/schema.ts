/** What the forms of one's own account hold and what is refused in them; browser-safe, used by form and verb alike. */
import { SetupInput, SignInInput } from "@/lib/auth/schema";
import { PageNumber } from "@/lib/page-of";
import * as z from "@/lib/zod";

export const ChangeNameInput = SetupInput.pick({ name: true });
export type ChangeNameInput = z.input<typeof ChangeNameInput>;

export const ChangePasswordInput = z.object({
  /** The one that is to be replaced. */
  current: SignInInput.shape.password,
  password: SetupInput.shape.password,
});
export type ChangePasswordInput = z.input<typeof ChangePasswordInput>;

/** What the page of one's own account is asked for, as it stands in its address. */
export const OwnSessionsQuery = z.object({ page: PageNumber });

export const EndSessionInput = z.object({ sessionId: z.string().max(40) });
export type EndSessionInput = z.input<typeof EndSessionInput>;
