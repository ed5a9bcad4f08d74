/** Who holds active tokens of a key, the busiest first. */
import Link from "next/link";
import { BarList } from "@/components/ui/bar-list";
import { digitsOrMore } from "@/lib/count-at-most";
import type { ActiveByPerson } from "@/lib/keys/active-by-person";

const MOST_PEOPLE = 6;

export function KeyHolders({
  keyId,
  vendor,
  holders: { people, active, all },
  current,
}: {
  keyId: string;
  /** The vendor's name. */
  vendor: string;
  holders: ActiveByPerson;
  /** Of these, those that its current secret signed: what the rest of the page counts. */
  current: ActiveByPerson;
}) {
  const list = `/audit?tokens=1&active=1&key=${keyId}`;
  return (
    <section aria-labelledby="holders" className="key-only-on-screen">
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <h2 id="holders" className="font-semibold text-small">
          {/* What its vendor refuses is not active. */}
          {current.listed ? "Active" : "Not expired,"} by person or program
        </h2>
        {active > 0 ? (
          <Link href={list} className="text-small underline decoration-edge underline-offset-4">
            All {digitsOrMore(active, !all)}
          </Link>
        ) : null}
      </div>
      {current.listed ? null : (
        <p className="mb-1.5 text-caption text-soft">
          {current.active === 0
            ? `An earlier secret signed ${active === 1 ? "it" : "all of them"}: ${vendor} refuses ${active === 1 ? "it" : "them"}.`
            : `${digitsOrMore(current.active, !current.all)} of its current secret. The rest an earlier one signed: ${vendor} refuses it.`}
        </p>
      )}
      <BarList
        empty="There is no such token."
        more={Math.max(0, people.length - MOST_PEOPLE)}
        bars={people.slice(0, MOST_PEOPLE).map(({ actorId, name, active: count, more }) => ({
          ...{ id: actorId ?? "system", name, count, said: digitsOrMore(count, more), tone: 1 as const },
          href: actorId === null ? list : `${list}&member=${actorId}`,
        }))}
      />
    </section>
  );
}
