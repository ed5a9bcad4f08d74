/** Names the endpoints that would give nothing any more. */
import type { NamedEndpoint } from "@/lib/endpoints/stopped-by";

const SHOWN = 5;

export function StoppedEndpoints({ endpoints, until }: { endpoints: readonly NamedEndpoint[]; until: string }) {
  const others = endpoints.length - SHOWN;
  return (
    <span className="[overflow-wrap:anywhere]">
      {endpoints.slice(0, SHOWN).map(({ id, name }, index) => (
        <span key={id}>
          {index === 0 ? "" : index === endpoints.length - 1 ? " and " : ", "}
          <bdi className="font-medium text-ink">{name}</bdi>
        </span>
      ))}
      {others > 0 ? ` and ${others} more` : ""} {endpoints.length === 1 ? "refuses" : "refuse"} every call until {until}
      .
    </span>
  );
}
