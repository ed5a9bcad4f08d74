/** Who holds a key's active tokens, where and for what they are used, in a line each. */
import Link from "next/link";
import type { ReactNode } from "react";
import { auditAddress } from "@/lib/audit/schema";
import { digitsOrMore } from "@/lib/count-at-most";
import type { PersonWithTokens } from "@/lib/keys/active-by-person";
import type { ActiveByUse, Use } from "@/lib/keys/active-by-use";
import { MOST_TOLD } from "@/lib/keys/fall";
import { ANY_ROOM } from "@/lib/text/reach";

export function ActiveBy({
  keyId,
  people,
  use,
}: {
  keyId: string;
  /** Absent: they are told otherwise. */
  people: readonly PersonWithTokens[] | undefined;
  use: ActiveByUse;
}) {
  return (
    <dl className="key-use">
      {people ? (
        <div>
          <dt>By person</dt>
          <dd>
            <ul>
              {people.slice(0, MOST_TOLD).map(({ actorId, name, ...theirs }) => (
                <li key={actorId ?? "system"}>
                  <bdi>{name}</bdi> <Many {...theirs} />
                </li>
              ))}
              <Others of={people.slice(MOST_TOLD)} />
            </ul>
          </dd>
        </div>
      ) : null}
      <Uses keyId={keyId} use={use} />
    </dl>
  );
}

const Many = ({ active, more = false }: { active: number; more?: boolean }) => <b>{digitsOrMore(active, more)}</b>;

function Others({ of }: { of: readonly { active: number; more?: boolean }[] }) {
  const active = of.reduce((sum, each) => sum + each.active, 0);
  return active > 0 ? (
    <li>
      others <Many active={active} more={of.some(({ more }) => more)} />
    </li>
  ) : null;
}

function Uses({ keyId, use: { rooms, purposes } }: { keyId: string; use: ActiveByUse }) {
  return (
    <>
      <div>
        <dt>By room</dt>
        <dd>
          {listed(rooms, (room) =>
            room === null ? (
              ANY_ROOM
            ) : (
              <Link
                href={auditAddress({ tokens: "1", active: "1", key: keyId, room })}
                prefetch={false}
                className="font-mono underline decoration-edge underline-offset-4"
              >
                {room}
              </Link>
            ),
          )}
        </dd>
      </div>
      <div>
        <dt>By purpose</dt>
        <dd>{listed(purposes, (purpose) => (purpose ? <bdi>{purpose}</bdi> : "none given"))}</dd>
      </div>
    </>
  );
}

const listed = <Value extends string | null>({ told, others }: Use<Value>, show: (value: Value) => ReactNode) => (
  <ul>
    {told.map(({ value, active }) => (
      <li key={String(value)}>
        {show(value)} <Many active={active} />
      </li>
    ))}
    <Others of={[{ active: others }]} />
  </ul>
);
