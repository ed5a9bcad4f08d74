/** How many tokens of a key are active, and how that falls as they end: a picture, and the same in words below each step. */
import { Time } from "@/components/time/time";
import type { Fall } from "@/lib/keys/fall";
import { groupDigits } from "@/lib/text/group-digits";
import "./fall-chart.css";

const HEIGHT = 56;
const WIDTH = 100;

export function FallChart({ fall: { now, steps } }: { fall: Fall }) {
  const parts = [{ at: null, left: now }, ...steps];
  const width = WIDTH / parts.length;
  // A line of a pixel is seen also where none is left.
  const yOf = (left: number) => HEIGHT - 1 - (left / now) * (HEIGHT - 2);
  const line = parts.map(
    ({ left }, index) => `${index === 0 ? "M" : "L"}${index * width} ${yOf(left)}H${(index + 1) * width}`,
  );
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
            <strong>{groupDigits(left)}</strong>{" "}
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
