/** What was issued per day: a legend whose counts lead to what they count, above the bars. */
import Link from "next/link";
import { DayChart, type DaySeries, type Tone } from "@/components/ui/day-chart";
import { counted } from "@/lib/text/counted";
import { groupDigits } from "@/lib/text/group-digits";
import { dayAndMonthOf } from "@/lib/text/instant";
import { shorten } from "@/lib/text/shorten";

export type ChartKey = { id: string; label: string; tokens: number };

const address = (asked: Record<string, string>) => `/audit?${new URLSearchParams({ tokens: "1", ...asked })}`;
const LONGEST_LABEL = 23;

/** The colour of the key that stands there. */
export const toneOf = (index: number): Tone => Math.min(index + 1, 4) as Tone;

export function IssuedChart({
  id,
  keys,
  others,
  total,
  days,
  unusual,
}: {
  /** Of the heading. */
  id: string;
  /** Those who issued most, at most four. */
  keys: readonly ChartKey[];
  /** What all other keys issued. */
  others: number;
  total: number;
  /** Oldest first, with counts in the order of `keys`, and of the others as last. */
  days: readonly { day: string; tokens: readonly number[] }[];
  unusual: { day: string; keyId: string; tokens: number } | undefined;
}) {
  const [from, to] = [days[0]?.day ?? "", days.at(-1)?.day ?? ""];
  const series = keys.map(({ id: key, label }, index) => ({
    name: label,
    tone: toneOf(index),
    href: address({ key }),
  }));
  const notKey = keys.map(({ id: key }) => key).join(",");
  const all: DaySeries[] = others > 0 ? [...series, { name: "others", tone: 5, href: address({ notKey }) }] : series;
  const odd = unusual && keys.find(({ id: key }) => key === unusual.keyId);
  return (
    <section aria-labelledby={id}>
      <div className="mb-2 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 id={id} className="font-semibold text-small">
          Issued per day
        </h2>
        <p className="text-faint text-small">
          90 days,{" "}
          {total === 0 ? (
            "no token"
          ) : (
            <Link href={address({ from, to })} prefetch={false}>
              {counted(total, "token")}
            </Link>
          )}
        </p>
        <ul className="chart-legend">
          {keys.map(({ id: key, label, tokens }, index) => (
            <li key={key}>
              <Link href={address({ key, from, to })} prefetch={false} title={label}>
                <Swatch tone={toneOf(index)} />
                <bdi className="truncate">{label}</bdi>
                <span className="font-semibold tabular-nums">{groupDigits(tokens)}</span>
              </Link>
            </li>
          ))}
          {others > 0 ? (
            <li>
              <Link href={address({ notKey, from, to })} prefetch={false}>
                <Swatch tone={5} />
                others
                <span className="font-semibold tabular-nums">{groupDigits(others)}</span>
              </Link>
            </li>
          ) : null}
        </ul>
      </div>
      <div className="rounded-[14px] border border-line-strong bg-surface py-3 pt-5 pr-5 pl-3 max-sm:pr-3 max-sm:pl-1.5">
        <DayChart
          label="Tokens issued per day"
          series={all}
          days={days.map(({ day, tokens }) => ({ day, counts: tokens.slice(0, all.length) }))}
          href={address({})}
          note={
            unusual && odd
              ? {
                  day: unusual.day,
                  href: address({ key: unusual.keyId, from: unusual.day, to: unusual.day }),
                  title: `${groupDigits(unusual.tokens)} with ${shorten(odd.label, LONGEST_LABEL)}`,
                  text: `on ${dayAndMonthOf(unusual.day)}, more than on other days`,
                }
              : undefined
          }
        />
      </div>
    </section>
  );
}

function Swatch({ tone }: { tone: Tone }) {
  return (
    <svg width="10" height="10" aria-hidden="true" focusable="false" className="shrink-0">
      <rect width="10" height="10" rx="2.5" className={`tone-${tone}`} />
    </svg>
  );
}
