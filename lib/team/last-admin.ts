/** Refuses to leave a desk without an admin who can get in. Asked inside the transaction, where nobody else changes the team. */
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";

/** @param member whoever is about to be no active admin any more @throws AppError `conflict` */
export async function assertAnotherAdmin(tx: Tx, member: { id: string; name: string }): Promise<void> {
  const another = await tx.member.findFirst({
    where: { role: "admin", disabledAt: null, id: { not: member.id } },
    select: { id: true },
  });
  if (!another)
    throw new AppError(
      "conflict",
      `${member.name} is the last active admin: without one nobody could manage the team or the keys. Make another member admin first.`,
    );
}
