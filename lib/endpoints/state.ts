/** What an endpoint is at a moment, the first that holds. Browser-safe. */

export type EndpointState = "active" | "off" | "ended" | "over" | "without owner";

type Row = {
  disabledAt: unknown;
  endedAt: unknown;
  /** Milliseconds since 1970. */
  endsAt: number | null;
  ownerDisabledAt: unknown;
};

/** @param now milliseconds since 1970 */
export function stateOf({ disabledAt, endedAt, endsAt, ownerDisabledAt }: Row, now: number): EndpointState {
  if (endedAt !== null) return "ended";
  if (endsAt !== null && endsAt <= now) return "over";
  if (ownerDisabledAt !== null) return "without owner";
  return disabledAt === null ? "active" : "off";
}
