/** The foot of a batch, in view however many rows there are: what will be issued, what stands against it, and the button. */
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { counted } from "@/lib/text/counted";
import { groupDigits } from "@/lib/text/group-digits";
import { ANY_ROOM } from "@/lib/text/reach";
import { countFaulty } from "./rows-table";
import type { BatchLine } from "./use-batch-rows";

/** ", in 2 rooms, 1 of them in any room"; empty: no row names one. */
function inRooms(rooms: readonly (string | null)[]): string {
  const named = rooms.filter((room) => room !== null);
  const count = new Set(named).size;
  if (count === 0) return "";
  const anywhere = rooms.length - named.length;
  const said = count === 1 ? "one room" : `${groupDigits(count)} rooms`;
  return `, in ${said}${anywhere > 0 ? `, ${groupDigits(anywhere)} of them in ${ANY_ROOM}` : ""}`;
}

export function BatchBar({
  lines,
  keyLabel,
  hasRooms,
  said,
  ofRows,
  pending,
  disabled,
  onIssue,
}: {
  lines: readonly BatchLine[];
  keyLabel: string | undefined;
  hasRooms: boolean;
  /** Why it was not issued. */
  said: string | undefined;
  /** Whether that is of rows that are to fix: then it is told once. */
  ofRows: boolean;
  pending: boolean;
  disabled: boolean;
  onIssue: () => void;
}) {
  const faulty = countFaulty(lines);
  const toFix = said && ofRows ? 0 : faulty;
  return (
    <div className="batch-bar">
      {said ? (
        <Notice tone="bad" role="alert" className="max-h-40 basis-full overflow-y-auto">
          {said}
        </Notice>
      ) : null}
      <p className="min-w-0 text-soft">
        <strong className="font-semibold text-ink">{counted(lines.length, "token")}</strong> with <bdi>{keyLabel}</bdi>
        {/* Of a row that is wrong nobody knows its room yet. */}
        {hasRooms && faulty === 0 ? inRooms(lines.map(({ check }) => check.room)) : ""}. Then you save them, as CSV,
        JSON lines or <code>.env</code>
      </p>
      {toFix > 0 ? <p className="ml-auto text-bad text-small">{counted(toFix, "row")} to fix</p> : null}
      <Button
        variant="primary"
        pending={pending}
        disabled={disabled || faulty > 0 || lines.length === 0}
        className={toFix > 0 ? "" : "ml-auto"}
        onClick={onIssue}
      >
        Issue {counted(lines.length, "token")}
      </Button>
    </div>
  );
}
