"use client";
/** Counts per day as stacked bars, as SVG: each bar leads to what it counts. The same numbers as a table, for whoever reads it with a screen reader or by keyboard. A client's component, so that the server says the counts once and not each bar twice. */
import Link from "next/link";
import { groupDigits } from "@/lib/text/group-digits";
import { dayAndMonthOf, dayWords } from "@/lib/text/instant";

/** What the colours of days.css are for: the first four are told by name, the fifth is all others. */
export type Tone = 1 | 2 | 3 | 4 | 5;

export type DaySeries = {
  name: string;
  tone: Tone;
  /** What leads to all of it; the day is added to it. */
  href: string;
};

export type CountedDay = { day: string; counts: readonly number[] };

const HEIGHT = 132;
const LABELS = 22;
/** Lines across the plot, besides that of 0. */
const MOST_LINES = 4;

/** A round step so that the lines reach the greatest value. */
function stepFor(most: number): number {
  for (let size = 1; ; size *= 10)
    for (const step of [1, 2, 5]) if (step * size * MOST_LINES >= most) return step * size;
}

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
const onDay = (href: string, day: string) => `${href}&from=${day}&to=${day}`;
const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

export function DayChart({
  label,
  days,
  series,
  href,
  note,
}: {
  /** Names the table. */
  label: string;
  /** Oldest first; the last one is today. Counts in the order of `series`, which are stacked from below. */
  days: readonly CountedDay[];
  series: readonly DaySeries[];
  /** What leads to all of them; the day is added to it. */
  href: string;
  /** What is unusual about a day: the title leads to what it counts. */
  note?: { day: string; href: string; title: string; text: string } | undefined;
}) {
  const step = stepFor(Math.max(1, ...days.map(({ counts }) => sum(counts))));
  const lines = Math.max(1, Math.ceil(Math.max(...days.map(({ counts }) => sum(counts))) / step));
  const heightOf = (count: number) => (count / (step * lines)) * HEIGHT;
  const yOf = (line: number) => HEIGHT - heightOf(line * step);
  const atLines = Array.from({ length: lines + 1 }, (_, line) => line);
  const noted = note === undefined ? -1 : days.findIndex(({ day }) => day === note.day);
  return (
    <figure className="day-chart" data-wide={step * lines >= 10_000 || undefined}>
      <svg className="day-scale" aria-hidden="true" focusable="false">
        {atLines.map((line) => (
          <text key={line} x="100%" y={yOf(line) + 4} textAnchor="end">
            {groupDigits(line * step)}
          </text>
        ))}
      </svg>
      <svg className="day-plot" height={HEIGHT + LABELS} aria-hidden="true" focusable="false">
        {atLines.map((line) => (
          <line key={line} x1="0" x2="100%" y1={yOf(line)} y2={yOf(line)} className={line === 0 ? "base" : undefined} />
        ))}
        {days.map((each, index) => (
          <Bars key={each.day} {...each} index={index} of={days.length} series={series} heightOf={heightOf} />
        ))}
        <Months days={days.map(({ day }) => day)} />
        {note && noted >= 0 ? <Note {...note} share={(noted + 0.5) / days.length} /> : null}
      </svg>
      {note && noted >= 0 ? (
        // Where the plot is narrow it would lie on the bars.
        <figcaption className="day-noted">
          <Link href={note.href} prefetch={false}>
            <strong>{note.title}</strong>
          </Link>{" "}
          {note.text}
        </figcaption>
      ) : null}
      <DayTable label={label} days={days} series={series} href={href} />
    </figure>
  );
}

function Bars({
  day,
  counts,
  index,
  of,
  series,
  heightOf,
}: CountedDay & {
  index: number;
  of: number;
  series: readonly DaySeries[];
  heightOf: (count: number) => number;
}) {
  let below = 0;
  return series.map(({ name, tone, href }, order) => {
    const count = counts[order] ?? 0;
    if (count === 0) return null;
    const [from, to] = [HEIGHT - heightOf(below + count), HEIGHT - heightOf(below)];
    below += count;
    return (
      // By keyboard the table has the same days: four hundred stops would be in everybody's way.
      <a key={name} href={onDay(href, day)} tabIndex={-1}>
        <rect
          x={percent((index + 0.12) / of)}
          width={percent(0.76 / of)}
          y={from.toFixed(1)}
          // A hair of the surface between two that touch; what is there is seen.
          height={Math.max(to - from - (below === count ? 0 : 1), 1).toFixed(1)}
          className={`tone-${tone}`}
        >
          <title>{`${dayWords(day)}: ${groupDigits(count)} ${name}`}</title>
        </rect>
      </a>
    );
  });
}

/** Where a month begins, unless it would touch the end. */
function Months({ days }: { days: readonly string[] }) {
  return (
    <>
      {days.map((day, index) =>
        day.endsWith("-01") && index < days.length - 9 ? (
          <text
            key={day}
            x={percent((index + 0.5) / days.length)}
            y={HEIGHT + 16}
            textAnchor={index < 4 ? "start" : "middle"}
          >
            {dayAndMonthOf(day)}
          </text>
        ) : null,
      )}
      <text x="100%" y={HEIGHT + 16} textAnchor="end">
        today
      </text>
    </>
  );
}

/** Beside its bar, on the side that has room. */
function Note({ href, title, text, share }: { href: string; title: string; text: string; share: number }) {
  const left = share > 0.5;
  return (
    <svg x={percent(share)} y="0" overflow="visible" className="day-note" aria-hidden="true">
      <line x1="0" x2="0" y1="0" y2="30" />
      <a href={href} tabIndex={-1}>
        <text x={left ? -9 : 9} y="10" textAnchor={left ? "end" : "start"} className="title">
          {title}
        </text>
      </a>
      <text x={left ? -9 : 9} y="26" textAnchor={left ? "end" : "start"}>
        {text}
      </text>
    </svg>
  );
}

function DayTable({
  label,
  days,
  series,
  href,
}: {
  label: string;
  days: readonly CountedDay[];
  series: readonly DaySeries[];
  href: string;
}) {
  const some = days.filter(({ counts }) => sum(counts) > 0).toReversed();
  if (some.length === 0) return null;
  return (
    <details className="day-table">
      <summary>As a table</summary>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
      >
        <table aria-label={label}>
          <thead>
            <tr>
              <th scope="col">Day</th>
              {series.map(({ name }) => (
                <th key={name} scope="col">
                  <bdi>{name}</bdi>
                </th>
              ))}
              {series.length > 1 ? <th scope="col">All</th> : null}
            </tr>
          </thead>
          <tbody>
            {some.map(({ day, counts }) => (
              <tr key={day}>
                <th scope="row">
                  <Link href={onDay(href, day)} prefetch={false}>
                    {dayWords(day)}
                  </Link>
                </th>
                {series.map(({ name }, order) => (
                  <td key={name}>{groupDigits(counts[order] ?? 0)}</td>
                ))}
                {series.length > 1 ? <td>{groupDigits(sum(counts))}</td> : null}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
