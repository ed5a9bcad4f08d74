/** Claim by claim what differs between two tokens, the differences first, in words where there are words. */
import { Time } from "@/components/time/time";
import { CodeText } from "@/components/ui/code-text";
import { Region } from "@/components/ui/region";
import { type ComparedClaim, compareClaims, differencesByPath } from "@/lib/decoder/compare";
import type { DecodedToken } from "@/lib/decoder/decode";
import type { Difference } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { groupDigits } from "@/lib/text/group-digits";
import { makeVisible } from "@/lib/text/visible";

export function Comparison({ one, two }: { one: DecodedToken; two: DecodedToken }) {
  const rows = compareClaims(one, two);
  const differences = differencesByPath(profileOf(two.profile), one.claims, two.claims);
  const differing = rows.filter(({ same }) => !same);
  const same = rows.filter((row) => row.same);
  // What stands behind a fault is not among the rows.
  const isWhole = one.payloadText === two.payloadText || (one.claims !== undefined && two.claims !== undefined);
  const nothing = isWhole
    ? "Header and payload say the same."
    : "What can be read of both says the same; the rest may not.";
  return (
    <Region label="Claims">
      <p className="mb-2 text-soft" role="status">
        {differing.length === 0 ? nothing : `${differing.length} of ${rows.length} differ.`}
      </p>
      {differing.length > 0 ? (
        <section
          aria-label="What differs"
          className="overflow-clip rounded-[14px] border border-line-strong bg-surface"
        >
          <div className="grid grid-cols-[12rem_1fr_1fr] gap-x-5 border-line border-b px-4 py-2 text-caption text-faint max-md:hidden">
            <span>Claim</span>
            <span>First</span>
            <span>Second</span>
          </div>
          <ul className="divide-y divide-line">
            {differing.map((row) => (
              <DifferingRow key={row.path} row={row} words={differences.get(row.path) ?? []} />
            ))}
          </ul>
        </section>
      ) : null}
      {same.length > 0 ? (
        <details className="mt-3 text-soft">
          <summary className="w-fit">{groupDigits(same.length)} the same</summary>
          <ul aria-label="What is the same" className="mt-2 flex flex-col gap-1 font-mono text-[0.78125rem]">
            {same.map(({ path, first }) => (
              <li key={path} className="grid gap-x-5 [overflow-wrap:anywhere] md:grid-cols-[12rem_1fr]">
                <span>{makeVisible(path)}</span>
                <span className="text-faint">{makeVisible(first ?? "")}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </Region>
  );
}

function DifferingRow({ row, words }: { row: ComparedClaim; words: readonly Difference[] }) {
  const { path, first, second, instants } = row;
  return (
    <li
      data-path={path}
      className="grid gap-x-5 gap-y-1 px-4 py-2.5 [overflow-wrap:anywhere] md:grid-cols-[12rem_1fr_1fr]"
    >
      <div>
        <span className="font-medium font-mono text-[0.78125rem]">{makeVisible(path)}</span>
        {words.map((difference) => (
          <span
            key={difference.words}
            className={`block text-small ${difference.kind === "more" ? "text-warn" : "text-soft"}`}
          >
            <CodeText text={sayChange(difference)} />
          </span>
        ))}
      </div>
      <Value side="First" text={first} instant={instants?.first} />
      <Value side="Second" text={second} instant={instants?.second} />
    </li>
  );
}

/** What only a change from one to the other takes away is said otherwise than behind "it asks for". */
const lost: Record<string, string> = { "no REST API": "no longer the REST API", "no meeting": "no longer meetings" };

/** The words behind "it asks for", as what the second has gained or lost: "also the REST API", "no longer moderation"; of an end "longer". */
function sayChange({ claim, kind, words }: Difference): string {
  if (["permissions", "roles"].includes(claim) && kind !== "other")
    return kind === "more" ? `also ${words}` : (lost[words] ?? words.replace(/^no /, "no longer "));
  if (claim !== "exp") return words;
  return kind === "more" ? words.replace(/ more$/, " longer") : words.replace(/ less$/, " shorter");
}

/** @param side on a phone, where the columns lie below each other */
function Value({ side, text, instant }: { side: string; text: string | undefined; instant: number | undefined }) {
  return (
    <div
      data-side={side}
      className="min-w-0 max-md:grid max-md:grid-cols-[3.5rem_minmax(0,1fr)] max-md:items-baseline max-md:before:text-caption max-md:before:text-faint max-md:before:content-[attr(data-side)]"
    >
      {text === undefined ? (
        <span className="text-faint">absent</span>
      ) : instant === undefined ? (
        <span className="font-mono text-[0.78125rem]">{makeVisible(text)}</span>
      ) : (
        <span title={text}>
          <Time epochSeconds={instant} seconds />
        </span>
      )}
    </div>
  );
}
