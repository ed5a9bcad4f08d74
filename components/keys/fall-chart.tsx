/** How many tokens of a key are active, and how that falls as they end: a picture whose steps are as wide as they last, and the same in words below it. */
import { Time } from "@/components/time/time";
import { digitsOrMore } from "@/lib/count-at-most";
import type { ToldFall } from "@/lib/keys/fall";
import { groupDigits } from "@/lib/text/group-digits";
import "./fall-chart.css";

const HEIGHT = 56;
const WIDTH = 100;
/** Of a step that is over at once, and of what follows the last: less would not be seen. */
const NARROWEST = 6;

/** @param at when it was counted, in seconds since 1970 */
export function FallChart({ fall: { now, more, steps }, at: countedAt }: { fall: ToldFall; at: number }) {
  const parts = [{ at: null, left: now }, ...steps];
  const starts = [countedAt, ...steps.map(({ at }) => at)];
  const whole = Math.max(1, (starts.at(-1) ?? countedAt) - countedAt);
  const byTime = WIDTH - parts.length * NARROWEST;
  const xOf = (index: number) =>
    index === parts.length ? WIDTH : index * NARROWEST + (((starts[index] ?? 0) - countedAt) / whole) * byTime;
  // A line of a pixel is seen also where none is left.
  const yOf = (left: number) => HEIGHT - 1 - (left / now) * (HEIGHT - 2);
  const line = parts.map(({ left }, index) => `${index === 0 ? "M" : "L"}${xOf(index)} ${yOf(left)}H${xOf(index + 1)}`);
  return (
    <figure className="fall-chart" aria-label="Active tokens over time">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        height={HEIGHT}
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        <path className="ground" d={`${line.join("")}V${HEIGHT}H0z`} />
        <path className="line" d={line.join("")} />
      </svg>
      <ol>
        {parts.map(({ at, left }) => (
          <li key={at ?? "now"}>
            <strong>{at === null ? digitsOrMore(left, more) : groupDigits(left)}</strong>{" "}
            {at === null ? (
              "now"
            ) : (
              <>
                after <Time epochSeconds={at} mode="short" />
              </>
            )}
          </li>
        ))}
      </ol>
    </figure>
  );
}
