/** What the forms hold by which people come in; browser-safe, used by form and verb alike. */
import { plainText } from "@/lib/plain-text";
import * as z from "@/lib/zod";

export const MIN_PASSWORD_LENGTH = 12;
/** Bounds the work of one hash. */
export const MAX_PASSWORD_LENGTH = 256;

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "Use an email of at most 254 characters.")
  .pipe(z.email("Enter an email address, such as maya@example.com."));

export const SignInInput = z.object({
  email,
  password: z
    .string()
    .min(1, "Enter your password.")
    .max(MAX_PASSWORD_LENGTH, "That is longer than any password here."),
});
export type SignInInput = z.infer<typeof SignInInput>;

export const SetupInput = z.object({
  code: z.string(),
  name: plainText().min(1, "Enter your name; the audit log shows it.").max(80, "Use at most 80 characters."),
  email,
  password: z
    .string()
    .min(MIN_PASSWORD_LENGTH, `Use at least ${MIN_PASSWORD_LENGTH} characters.`)
    .max(MAX_PASSWORD_LENGTH, `Use at most ${MAX_PASSWORD_LENGTH} characters.`),
});
export type SetupInput = z.infer<typeof SetupInput>;

export const JoinInput = SetupInput.pick({ code: true, name: true, password: true });
export type JoinInput = z.input<typeof JoinInput>;

export const ResetPasswordInput = SetupInput.pick({ code: true, password: true });
export type ResetPasswordInput = z.input<typeof ResetPasswordInput>;
