/** When fewer would be concerned: "After 19:10 it is 3." Nothing where waiting does not help; where there are too many to know, it says so. */
import { Time } from "@/components/time/time";
import { type Fall, MOST_GONE_THROUGH, worthWaitingFor } from "@/lib/keys/fall";
import { groupDigits } from "@/lib/text/group-digits";

export function FallSentence({ fall }: { fall: Fall | undefined }) {
  if (!fall) return <>How that falls is told up to {groupDigits(MOST_GONE_THROUGH)} tokens.</>;
  const step = worthWaitingFor(fall);
  if (!step) return null;
  return (
    <>
      After <Time epochSeconds={step.at} mode="short" /> it is <strong>{groupDigits(step.left)}</strong>.
    </>
  );
}
