/** What regenerating a key's secret ends, before it is done: how many tokens, of whom, and when it would be fewest. */
import Link from "next/link";
import { peopleInWords } from "@/components/cases/people-table";
import { Time } from "@/components/time/time";
import { digitsOrMore } from "@/lib/count-at-most";
import { profileOf } from "@/lib/profiles/registry";
import { Concerned, type ConcernedProps } from "./concerned";
import { FallSentence } from "./fall-sentence";

export function RotatePreview({
  profile: profileId,
  rotatedAt,
  ...concerned
}: ConcernedProps & {
  /** The id of its profile. */
  profile: string;
  /** In seconds since 1970, where it was just now: what is to be done for it is done. */
  rotatedAt: number | undefined;
}) {
  const {
    keyId,
    holders: { people, active, all, listed },
    fall,
  } = concerned;
  const { name, words } = profileOf(profileId);
  const count = `${digitsOrMore(active, !all)} active ${active === 1 ? "token" : "tokens"}`;
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
            of {peopleInWords(people)} {active === 1 ? "stops" : "stop"} joining at once. <FallSentence fall={fall} />
          </>
        )}
      </p>
      <div className="mt-3">
        <Concerned {...concerned} />
      </div>
      <p className="mt-3 text-small text-soft">
        {rotatedAt === undefined ? (
          "Regenerate it"
        ) : (
          <>
            Its last rotation was <Time epochSeconds={rotatedAt} mode="relative" />. To rotate it once more, regenerate
            it again
          </>
        )}{" "}
        in {words.dashboard} first, then paste the new one here at once: what is issued between the two {name} refuses.
        The old one is kept, sealed, to recognise its tokens.
      </p>
    </>
  );
}
