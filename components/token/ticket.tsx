/** The claim check: what a token grants, and a perforated stub with its number, how long it is active and until when. */
import type { ReactNode } from "react";
import { groupDigits } from "@/lib/text/group-digits";
import { StubLine, StubTimes } from "./stub-times";

export function Ticket({
  number,
  activeFor,
  from,
  until,
  refused = false,
  note,
  children,
}: {
  /** The ledger's running number; none while composing. */
  number?: number;
  /** How long it will be, while composing; without it, what is left ticks, and "expired" takes its place. */
  activeFor?: ReactNode;
  /** Seconds since 1970: until then it waits for its start. */
  from?: number | null | undefined;
  /** Seconds since 1970; undefined: not known yet. */
  until: number | undefined;
  /** Its vendor does, whatever its time. */
  refused?: boolean;
  /** A word on the time that is left. */
  note?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="ticket">
      <div className="ticket-card">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: beside the form it scrolls, which the keyboard must reach too */}
        {/* biome-ignore lint/a11y/useSemanticElements: no set of fields */}
        <div role="group" aria-label="What it permits" tabIndex={0} className="ticket-body">
          {children}
        </div>
        <dl className="ticket-stub">
          <div className="ticket-number">
            <dt className="text-caption text-faint">Claim check</dt>
            <dd data-long={(number ?? 0) >= 1_000_000 || undefined}>
              No. {number === undefined ? "—" : groupDigits(number)}
            </dd>
          </div>
          {until === undefined ? (
            <>
              <StubLine term="Active for">—</StubLine>
              <StubLine term="Until">—</StubLine>
            </>
          ) : (
            <StubTimes activeFor={activeFor} from={from} until={until} refused={refused} note={note} />
          )}
        </dl>
      </div>
    </div>
  );
}
