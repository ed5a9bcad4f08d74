/** What an endpoint is at a moment, the first that holds. Browser-safe. */

export type EndpointState = "active" | "off" | "ended" | "over" | "without owner";

type Row = {
  disabledAt: unknown;
  endedAt: unknown;
  /** Milliseconds since 1970. */
  endsAt: number | null;
  /** Whether its owner answers for it. */
  ownerAnswers: boolean;
};

/** @param now milliseconds since 1970 */
export function stateOf({ disabledAt, endedAt, endsAt, ownerAnswers }: Row, now: number): EndpointState {
  if (endedAt !== null) return "ended";
  if (endsAt !== null && endsAt <= now) return "over";
  if (!ownerAnswers) return "without owner";
  return disabledAt === null ? "active" : "off";
}
