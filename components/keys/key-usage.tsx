/** How many tokens a key has issued on each of the last days, and when last. */
import Link from "next/link";
import { Time } from "@/components/time/time";
import { DayChart } from "@/components/ui/day-chart";
import type { KeyView } from "@/lib/keys/get";
import type { IssuedDay } from "@/lib/keys/issued-per-day";
import { counted } from "@/lib/text/counted";
import { epochSeconds } from "@/lib/text/epoch-seconds";

export function KeyUsage({ issued, perDay }: { issued: KeyView; perDay: readonly IssuedDay[] }) {
  const { id, label, lastIssuedAt } = issued;
  const days = perDay.map(({ day, tokens }) => ({ day, counts: [tokens.get(id) ?? 0] }));
  const total = days.reduce((sum, { counts: [count = 0] }) => sum + count, 0);
  const [from, to] = [days[0]?.day, days.at(-1)?.day];
  const href = `/audit?tokens=1&key=${id}`;
  return (
    <section aria-labelledby="per-day" className="key-only-on-screen">
      <div className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <h2 id="per-day" className="font-semibold text-small">
          Issued per day
        </h2>
        <p className="text-faint text-small">
          90 days,{" "}
          {total > 0 ? (
            <Link href={`${href}&from=${from}&to=${to}`} prefetch={false}>
              {counted(total, "token")}
            </Link>
          ) : (
            "0 tokens"
          )}
          {lastIssuedAt ? (
            <>
              , the last <Time epochSeconds={epochSeconds(lastIssuedAt)} mode="relative" />
            </>
          ) : null}
        </p>
      </div>
      {total > 0 ? (
        <DayChart
          label="Tokens issued per day"
          days={days}
          series={[{ name: `with ${label}`, tone: 1, href }]}
          href={href}
        />
      ) : (
        <p className="text-small text-soft">What is issued with it will stand here, a bar a day.</p>
      )}
    </section>
  );
}
