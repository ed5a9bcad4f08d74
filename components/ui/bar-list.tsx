/** A few names with a number each, as bars; each row that counts any leads to them. */
import Link from "next/link";
import type { ReactNode } from "react";
import { digitsAtMost } from "@/lib/count-at-most";
import { groupDigits } from "@/lib/text/group-digits";
import type { Tone } from "./day-chart";

export type Bar = {
  id: string;
  /** The whole of it is in the tooltip where it is cut. */
  name: string;
  /** A word on it, such as "disabled". */
  note?: string | undefined;
  count: number;
  /** The count as it is said; absent: it is of at most `COUNTED_AT_MOST`. */
  said?: string;
  href: string;
  tone?: Tone | undefined;
};

export function BarList({
  bars,
  empty,
  more = 0,
}: {
  bars: readonly Bar[];
  empty: ReactNode;
  /** How many others there are. */
  more?: number;
}) {
  const most = Math.max(...bars.map(({ count }) => count));
  if (bars.length === 0 || most === 0) return <p className="text-faint text-small">{empty}</p>;
  return (
    <>
      <ul className="bar-list">
        {bars.map((bar) => (
          <li key={bar.id}>
            {/* No number that counts nothing leads anywhere. */}
            {bar.count === 0 ? (
              <div title={bar.name}>
                <Row {...bar} most={most} />
              </div>
            ) : (
              <Link href={bar.href} prefetch={false} title={bar.name}>
                <Row {...bar} most={most} />
              </Link>
            )}
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="mt-1 text-faint text-small">and {groupDigits(more)} more</p> : null}
    </>
  );
}

function Row({ name, note, count, said = digitsAtMost(count), tone = 4, most }: Bar & { most: number }) {
  return (
    <>
      <span className="truncate">
        <bdi>{name}</bdi>
        {note ? <span className="text-faint"> {note}</span> : null}
      </span>
      <svg aria-hidden="true" focusable="false">
        <rect width={`${Math.max((count / most) * 100, count > 0 ? 2 : 0).toFixed(1)}%`} className={`tone-${tone}`} />
      </svg>
      <span className="text-right tabular-nums">{said}</span>
    </>
  );
}
