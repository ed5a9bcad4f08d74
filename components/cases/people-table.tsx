/** Who holds active tokens of a key, what the last of them is for, and when it ends. */
import Link from "next/link";
import { Time } from "@/components/time/time";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Parts } from "@/components/ui/parts";
import { digitsOrMore } from "@/lib/count-at-most";
import type { PersonWithTokens } from "@/lib/keys/active-by-person";
import { groupDigits } from "@/lib/text/group-digits";
import { holdersInWords } from "@/lib/text/holders";
import { joinParts } from "@/lib/text/parts";

/** More nobody reads one by one; they are in the CSV file. */
const MOST_LISTED = 50;

export function PeopleTable({
  keyId,
  people,
  isAll,
  most = MOST_LISTED,
}: {
  keyId: string;
  people: readonly PersonWithTokens[];
  /** Whether these are all active tokens of the key: a list of those is there to lead to. */
  isAll: boolean;
  /** Rows: fewer where something else is to be done below. */
  most?: number;
}) {
  return (
    <>
      <DataTable
        label="Who holds active tokens"
        columns={columnsFor(keyId, isAll)}
        rows={people.slice(0, most)}
        rowKey={(person) => person.actorId ?? "system"}
        cards
      />
      {people.length > most ? (
        <p className="mt-2 text-small text-soft print:hidden">
          And {groupDigits(people.length - most)} more: the CSV file has them all.
        </p>
      ) : null}
    </>
  );
}

/** "one person", "3 people and one program". */
export function peopleInWords(people: readonly PersonWithTokens[]): string {
  const programs = people.filter(({ answeredBy }) => answeredBy !== null).length;
  return holdersInWords({ people: people.length - programs, programs });
}

const forWhat = ({ purpose, room }: PersonWithTokens) => [purpose, room ?? ""].filter(Boolean);

function columnsFor(keyId: string, isAll: boolean): Column<PersonWithTokens>[] {
  return [
    {
      key: "name",
      header: "Who",
      render: (person) => (
        <>
          <bdi className="font-medium text-ink">{person.name}</bdi>
          {person.answeredBy === null ? null : (
            <>
              , <bdi>{person.answeredBy}</bdi> answers for it
            </>
          )}
          {person.email ? (
            <>
              {" "}
              <bdi className="text-faint">{person.email}</bdi>
            </>
          ) : null}
        </>
      ),
      card: "start",
    },
    {
      key: "active",
      header: "Active",
      render: (person) =>
        isAll ? (
          <Link
            prefetch={false}
            href={`/audit?tokens=1&active=1&key=${keyId}${person.actorId === null ? "" : `&member=${person.actorId}`}`}
            className="underline underline-offset-4"
          >
            {digitsOrMore(person.active, person.more)}
          </Link>
        ) : (
          digitsOrMore(person.active, person.more)
        ),
      align: "right",
      card: "end",
    },
    {
      key: "for",
      header: "The last one is for",
      render: (person) => {
        const parts = forWhat(person);
        return parts.length > 0 ? <Parts parts={parts} /> : <span className="text-faint">no purpose given</span>;
      },
      shorten: (person) => joinParts(forWhat(person)),
      // In a card an id begins a line of its own before it breaks.
      className: "w-1/3 min-w-32 max-rail:[&_bdi:last-child]:inline-block max-rail:[&_bdi:last-child]:max-w-full",
    },
    {
      key: "last",
      header: "Last one ends",
      render: (person) => <Time epochSeconds={person.lastExpiry} mode="short" />,
      align: "right",
      nowrap: true,
    },
  ];
}
