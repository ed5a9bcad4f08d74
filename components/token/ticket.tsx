/** The claim check: what a token grants, and a perforated stub with its number and how long it lives. */
import type { ReactNode } from "react";
import { groupDigits } from "@/lib/text/group-digits";

export function Ticket({
  number,
  aliveFor,
  until,
  zoneNote,
  children,
}: {
  /** The ledger's running number; none while composing. */
  number?: number;
  aliveFor: ReactNode;
  until: ReactNode;
  /** The day and the zone of `until`. */
  zoneNote?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="ticket">
      <div className="ticket-card">
        <div className="min-w-0 px-5.5 py-5">{children}</div>
        <dl className="ticket-stub">
          <div>
            <dt className="text-caption text-faint">Claim check</dt>
            <dd className="font-mono font-semibold text-[1.1875rem] leading-snug tracking-tight">
              No. {number === undefined ? "—" : groupDigits(number)}
            </dd>
          </div>
          <StubLine term="Alive for">{aliveFor}</StubLine>
          <StubLine term="Until" note={zoneNote}>
            {until}
          </StubLine>
        </dl>
      </div>
    </div>
  );
}

function StubLine({ term, note, children }: { term: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt className="text-caption text-faint">{term}</dt>
      <dd>
        <span className="block font-semibold">{children}</span>
        {note ? <span className="block text-caption text-faint">{note}</span> : null}
      </dd>
    </div>
  );
}
