/** A credential's row under the lock. Refuses one that was ended. */
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { CredentialModel } from "@/prisma/generated/models";

/** @throws AppError `not_found` or `conflict` */
export async function lockCredential(tx: Tx, id: string): Promise<CredentialModel> {
  const row = await tx.credential.findUnique({ where: { id } });
  if (!row) throw new AppError("not_found", "There is no such credential. Reload the page.");
  if (row.endedAt) throw new AppError("conflict", "This credential was ended: nothing of it changes any more.");
  return row;
}
