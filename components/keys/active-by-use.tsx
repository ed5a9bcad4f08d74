/** Where and for what a key's active tokens are used, in a line each. */
import Link from "next/link";
import type { ReactNode } from "react";
import { auditAddress } from "@/lib/audit/schema";
import type { ActiveByUse as ByUse, Use } from "@/lib/keys/active-by-use";
import { groupDigits } from "@/lib/text/group-digits";
import { ANY_ROOM } from "@/lib/text/reach";

export function ActiveByUse({ keyId, use: { rooms, purposes } }: { keyId: string; use: ByUse }) {
  return (
    <dl className="key-use">
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
    </dl>
  );
}

const listed = <Value extends string | null>({ told, others }: Use<Value>, show: (value: Value) => ReactNode) => (
  <ul>
    {told.map(({ value, active }) => (
      <li key={String(value)}>
        {show(value)} <b>{groupDigits(active)}</b>
      </li>
    ))}
    {others > 0 ? (
      <li>
        others <b>{groupDigits(others)}</b>
      </li>
    ) : null}
  </ul>
);
