/** Narrows the endpoints to a state, each with how many it holds. Those that are over or ended are only here. */
import { ChipLink, Chips } from "@/components/ui/chips";
import { type EndpointGroup, type EndpointsQuery, endpointGroups, endpointsAddress } from "@/lib/endpoints/listed";
import { groupDigits } from "@/lib/text/group-digits";

const words: Record<EndpointGroup, string> = {
  refuses: "Refuses calls",
  still: "Stands still",
  active: "Active",
  off: "Switched off",
  ended: "Over or ended",
};

export function EndpointGroups({
  asked: { q, state },
  counts,
  moreEnded,
}: {
  asked: EndpointsQuery;
  counts: Record<EndpointGroup | "open", number>;
  /** Whether more may have ended than are counted. */
  moreEnded: boolean;
}) {
  // One that holds all of the open ones says the same as those.
  const offered = endpointGroups.filter(
    (group) => group === state || (counts[group] > 0 && (group === "ended" || counts[group] < counts.open)),
  );
  if (offered.length === 0) return null;
  return (
    <Chips label="State" className="mb-4 print:hidden">
      <ChipLink href={endpointsAddress({ q })} chosen={state === undefined}>
        Open <small>{groupDigits(counts.open)}</small>
      </ChipLink>
      {offered.map((group) => (
        <ChipLink key={group} href={endpointsAddress({ q, state: group })} chosen={group === state}>
          {words[group]}{" "}
          <small>
            {groupDigits(counts[group])}
            {group === "ended" && moreEnded ? "+" : null}
          </small>
        </ChipLink>
      ))}
    </Chips>
  );
}
