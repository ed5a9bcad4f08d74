/** What regenerating a key's secret ends, before it is done: how many tokens, of whom, and when it would be fewest. */
import Link from "next/link";
import { PeopleTable } from "@/components/cases/people-table";
import type { ActiveByPerson } from "@/lib/keys/active-by-person";
import type { ActiveByUse as ByUse } from "@/lib/keys/active-by-use";
import type { Fall } from "@/lib/keys/fall";
import { profileOf } from "@/lib/profiles/registry";
import { groupDigits } from "@/lib/text/group-digits";
import { ActiveByUse } from "./active-by-use";
import { FallChart } from "./fall-chart";
import { FallSentence } from "./fall-sentence";

export function RotatePreview({
  keyId,
  profile: profileId,
  holders: { people, active, all, listed },
  fall,
  at,
  use,
}: {
  keyId: string;
  /** The id of its profile. */
  profile: string;
  holders: ActiveByPerson;
  /** Absent: there are too many to go through. */
  fall?: Fall | undefined;
  /** When that was read, in seconds since 1970. */
  at: number;
  /** Absent: as above. */
  use?: ByUse | undefined;
}) {
  const { name, words } = profileOf(profileId);
  const count = `${groupDigits(active)}${all ? "" : "+"} active ${active === 1 ? "token" : "tokens"}`;
  return (
    <>
      <p className="mt-2 text-balance text-[1.0625rem] leading-normal">
        {active === 0 ? (
          <>No active token was signed with its current secret: regenerating it ends nothing that was issued here.</>
        ) : (
          <>
            If you regenerate it <strong>now</strong>,{" "}
            {listed ? (
              <Link
                href={`/audit?tokens=1&active=1&key=${keyId}`}
                prefetch={false}
                className="font-semibold underline decoration-edge underline-offset-4"
              >
                {count}
              </Link>
            ) : (
              <strong>{count}</strong>
            )}{" "}
            of {people.length === 1 ? "one person" : `${groupDigits(people.length)} people`}{" "}
            {active === 1 ? "stops" : "stop"} joining at once. {fall ? <FallSentence fall={fall} /> : null}
          </>
        )}
      </p>
      {fall && active > 0 ? (
        <div className="mt-3">
          <FallChart fall={fall} at={at} />
        </div>
      ) : null}
      {people.length > 0 ? (
        <div className="mt-4">
          <PeopleTable keyId={keyId} people={people} isAll={listed} />
        </div>
      ) : null}
      {use && active > 0 ? <ActiveByUse keyId={keyId} use={use} /> : null}
      <p className="mt-3 text-small text-soft">
        Regenerate it in {words.dashboard} first, then paste the new one here at once: what is issued between the two{" "}
        {name} refuses. The old one is kept, sealed, to recognise its tokens.
      </p>
    </>
  );
}
