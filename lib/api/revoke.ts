/** `POST /api/v1/tokens/revoke`: marks tokens that this credential issued, by the verb of the page. Refuses a request that names none, or in two ways. */

import type { Service } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { ownedBy } from "@/lib/ledger/mark-revoked";
import { parseInput } from "@/lib/parse-input";
import { revokeTokens } from "@/lib/tokens/revoke";
import type { RevocationScope } from "@/lib/tokens/schema";
import type * as z from "@/lib/zod";
import { LAST_NUMBER, type Revoked, RevokeRequest } from "./schema";

export async function revokeForService(actor: Service, fields: unknown): Promise<z.output<typeof Revoked>> {
  await authorize(actor, "token.revoke");
  const { numbers, batch, room, reason } = parseInput(RevokeRequest, fields, "Nothing was revoked.");
  const named: RevocationScope[] = [
    ...(numbers === undefined ? [] : [{ of: "numbers", numbers } as const]),
    ...(batch === undefined ? [] : [{ of: "batch", batch } as const]),
    ...(room === undefined ? [] : [{ of: "room", room } as const]),
  ];
  const [scope] = named;
  if (!scope || named.length > 1)
    throw new AppError("invalid", "Nothing was revoked.", {
      fields: { numbers: "Name numbers, a batch or a room: one of them." },
    });
  // Nobody was shown anything before: all that there is by now.
  const revoked = await revokeTokens(actor, { scope, reason, upTo: LAST_NUMBER });
  const unknown = await unknownOf(actor, numbers ?? []);
  return { ...revoked, ...(unknown.length > 0 ? { unknown } : {}) };
}

/** What is others' is told as what was never issued. */
async function unknownOf(actor: Service, numbers: readonly number[]): Promise<number[]> {
  const rows = await reader().issuedToken.findMany({
    where: { AND: [ownedBy(actor), { number: { in: [...numbers] } }] },
    select: { number: true },
  });
  const own = new Set(rows.map(({ number }) => number));
  return [...new Set(numbers)].filter((number) => !own.has(number));
}
