/** Opens the secret that a token or a batch is to be signed with, in the words of the issue form. Refuses a key that is gone. Asks nobody who they are: whoever issues has been asked. */
import { AppError } from "@/lib/errors";
import { openCurrentSecret } from "@/lib/keys/open-secrets";

export const NOT_ISSUED = "Nothing was issued; what you typed is kept.";

/** @throws AppError `not_found` */
export async function openIssuingKey(keyId: string) {
  const found = await openCurrentSecret(keyId);
  if (found) return found;
  throw new AppError("not_found", "Nothing was issued.", {
    fields: { keyId: "This key is gone. Choose another." },
    reason: "unknown key",
  });
}
