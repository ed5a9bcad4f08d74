/** What a hand-over is made and opened with, and what is refused in it; browser-safe, used by form and verb alike. */
import { SetupInput } from "@/lib/auth/schema";
import { durationField } from "@/lib/text/duration-field";
import * as z from "@/lib/zod";

export const SHORTEST_SECONDS = 10 * 60;
export const LONGEST_SECONDS = 7 * 24 * 60 * 60;

/** 32 bytes. */
const digest = z.string().regex(/^[\w-]{43}$/, "This is not what a link is made of. Reload the page.");
const id = z.string().max(40);

export const MakeHandoverInput = z.object({
  /** The token's, in the ledger. */
  number: z.number().int().min(1).max(2_147_483_647),
  /** The token, sealed in the browser with the link's key: base64url. */
  sealed: z
    .string()
    .max(16_384, "This token is too long to be handed over.")
    .regex(/^[\w-]{40,}$/, "The token was not sealed. Reload the page."),
  /** What proves that somebody has the whole link, hashed once more. */
  proofHash: digest,
  expiresIn: durationField.refine(
    (seconds) => seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS,
    "Choose 10 minutes to 7 days.",
  ),
  /** The one member it is for; empty: whoever has the link. */
  email: z.union([SetupInput.shape.email, z.literal("")]).default(""),
});
export type MakeHandoverInput = z.input<typeof MakeHandoverInput>;

export const OpenHandoverInput = z.object({ id, proof: digest });
export type OpenHandoverInput = z.input<typeof OpenHandoverInput>;

export const HandoverInput = z.object({ id });
export type HandoverInput = z.input<typeof HandoverInput>;
