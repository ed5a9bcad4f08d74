/** Who holds active tokens of a key, the busiest first. */
import Link from "next/link";
import { BarList } from "@/components/ui/bar-list";
import { digitsOrMore } from "@/lib/count-at-most";
import type { ActiveByPerson } from "@/lib/keys/active-by-person";

export function KeyHolders({ keyId, holders: { people, active, all } }: { keyId: string; holders: ActiveByPerson }) {
  const list = `/audit?tokens=1&active=1&key=${keyId}`;
  return (
    <section aria-labelledby="holders" className="key-only-on-screen">
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <h2 id="holders" className="font-semibold text-small">
          Active by person or program
        </h2>
        {active > 0 ? (
          <Link href={list} className="text-small underline decoration-edge underline-offset-4">
            All {digitsOrMore(active, !all)}
          </Link>
        ) : null}
      </div>
      <BarList
        empty="No token of it is active."
        bars={people.slice(0, 6).map(({ actorId, name, active: count, more }) => ({
          ...{ id: actorId ?? "system", name, count, said: digitsOrMore(count, more), tone: 1 as const },
          href: actorId === null ? list : `${list}&member=${actorId}`,
        }))}
      />
    </section>
  );
}
