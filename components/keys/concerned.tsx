/** Whom it concerns when a key's secret signs nothing more: how its active tokens fall as they end, who holds them, where and for what. */
import { PeopleTable } from "@/components/cases/people-table";
import type { ActiveByPerson } from "@/lib/keys/active-by-person";
import type { ActiveByUse as ByUse } from "@/lib/keys/active-by-use";
import type { ToldFall } from "@/lib/keys/fall";
import { groupDigits } from "@/lib/text/group-digits";
import { ActiveBy } from "./active-by";
import { FallChart } from "./fall-chart";

export type ConcernedProps = {
  keyId: string;
  holders: ActiveByPerson;
  fall: ToldFall;
  /** When that was read, in seconds since 1970. */
  at: number;
  use: ByUse;
};

/** @param brief where there is little room: people as a line, instead of a table that says what each one's last token is for */
export function Concerned({
  keyId,
  holders: { people, active, listed },
  fall,
  at,
  use,
  brief = false,
}: ConcernedProps & { brief?: boolean }) {
  if (active === 0) return null;
  return (
    <div className="flex flex-col gap-4">
      <FallChart fall={fall} at={at} />
      {brief ? null : <PeopleTable keyId={keyId} people={people} isAll={listed} most={10} />}
      <ActiveBy keyId={keyId} people={brief ? people : undefined} use={use} />
      {use.goneThrough === null ? null : (
        <p className="text-small text-soft">
          Rooms and purposes are those of the {groupDigits(use.goneThrough)} that end last.
        </p>
      )}
    </div>
  );
}
