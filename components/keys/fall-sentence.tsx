/** When fewer would be concerned: "After 19:10 it is 3." Nothing where waiting does not help. */
import { Time } from "@/components/time/time";
import { type Fall, worthWaitingFor } from "@/lib/keys/fall";
import { groupDigits } from "@/lib/text/group-digits";

export function FallSentence({ fall }: { fall: Fall }) {
  const step = worthWaitingFor(fall);
  if (!step) return null;
  return (
    <>
      After <Time epochSeconds={step.at} mode="short" /> it is <strong>{groupDigits(step.left)}</strong>.
    </>
  );
}
