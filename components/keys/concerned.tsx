/** Whom it concerns when a key's secret signs nothing more: how its active tokens fall as they end, who holds them, where and for what. */
import { PeopleTable } from "@/components/cases/people-table";
import type { ActiveByPerson } from "@/lib/keys/active-by-person";
import type { ActiveByUse as ByUse } from "@/lib/keys/active-by-use";
import { type Fall, MOST_GONE_THROUGH } from "@/lib/keys/fall";
import { groupDigits } from "@/lib/text/group-digits";
import { ActiveByUse } from "./active-by-use";
import { FallChart } from "./fall-chart";

export type ConcernedProps = {
  keyId: string;
  holders: ActiveByPerson;
  /** Absent: there are too many to go through. */
  fall: Fall | undefined;
  /** When that was read, in seconds since 1970. */
  at: number;
  /** Absent: as above. */
  use: ByUse | undefined;
};

export function Concerned({ keyId, holders: { people, active, listed }, fall, at, use }: ConcernedProps) {
  if (active === 0) return null;
  return (
    <div className="flex flex-col gap-4">
      {fall ? <FallChart fall={fall} at={at} /> : null}
      <PeopleTable keyId={keyId} people={people} isAll={listed} />
      {use ? (
        <ActiveByUse keyId={keyId} use={use} />
      ) : (
        <p className="text-small text-soft">
          Where and for what they are used is told up to {groupDigits(MOST_GONE_THROUGH)} tokens.
        </p>
      )}
    </div>
  );
}
