/** Where a token is good, and for whom: each is cut by itself where there is no room, at its own end. */

import { BETWEEN, partOf } from "@/lib/text/parts";
import { ANY_ROOM, ANYONE } from "@/lib/text/reach";

export function Place({
  room,
  subject,
  whole = false,
}: {
  room: string | null;
  subject: string | null;
  /** Whether it says, too, that it is for nobody in particular. */
  whole?: boolean;
}) {
  return (
    <span className="place">
      <bdi className={room === null ? "text-faint" : ""}>{partOf(room ?? ANY_ROOM)}</bdi>
      {subject === null && !whole ? null : (
        <>
          <span className="place-between">{BETWEEN}</span>
          <bdi className={subject === null ? "text-faint" : ""}>{partOf(subject ?? ANYONE)}</bdi>
        </>
      )}
    </span>
  );
}
