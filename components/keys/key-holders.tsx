/** Who holds active tokens of a key, the busiest first. */
import Link from "next/link";
import { BarList } from "@/components/ui/bar-list";
import type { ActiveByPerson } from "@/lib/keys/active-by-person";
import { groupDigits } from "@/lib/text/group-digits";

export function KeyHolders({ keyId, holders: { people, active } }: { keyId: string; holders: ActiveByPerson }) {
  const all = `/audit?tokens=1&active=1&key=${keyId}`;
  return (
    <section aria-labelledby="holders" className="key-only-on-screen">
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <h2 id="holders" className="font-semibold text-small">
          Active by person or program
        </h2>
        {active > 0 ? (
          <Link href={all} className="text-small underline decoration-edge underline-offset-4">
            All {groupDigits(active)}
          </Link>
        ) : null}
      </div>
      <BarList
        empty="No token of it is active."
        bars={people.slice(0, 6).map(({ actorId, name, active: count }) => ({
          ...{ id: actorId ?? "system", name, count, tone: 1 as const },
          href: actorId === null ? all : `${all}&member=${actorId}`,
        }))}
      />
    </section>
  );
}
