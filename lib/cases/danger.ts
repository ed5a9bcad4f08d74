/** Puts the tokens of a case in the order of their danger: what is active first, unless its vendor takes it at no time, then what was altered after issuing, then what may do most, then what ends last. Pure. */
import type { CaseToken } from "@/prisma/generated/client";

type Dangerous = Pick<CaseToken, "expiresAt" | "imitates" | "moderates" | "callsRest" | "lastSeenAt"> & {
  /** Null: it may be taken. */
  refusedBy: string | null;
};

/** The most dangerous first. @param at now, in milliseconds since 1970 */
export function byDanger(at: number) {
  const active = ({ expiresAt, refusedBy }: Dangerous) =>
    refusedBy === null && (expiresAt === null || expiresAt.getTime() > at);
  const altered = ({ imitates }: Dangerous) => imitates !== null;
  const rights = ({ moderates, callsRest }: Dangerous) => Number(moderates) + Number(callsRest);
  const end = ({ expiresAt }: Dangerous) => expiresAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
  return (one: Dangerous, other: Dangerous) =>
    Number(active(other)) - Number(active(one)) ||
    Number(altered(other)) - Number(altered(one)) ||
    rights(other) - rights(one) ||
    end(other) - end(one) ||
    other.lastSeenAt.getTime() - one.lastSeenAt.getTime();
}
