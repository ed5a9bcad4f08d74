/** A sentence of the server's that tells an instant in UTC, with the instant in the reader's zone. */
import { formatUtc } from "@/lib/text/instant";
import { Time } from "./time";

/** @param at seconds since 1970; undefined: it tells none */
export function TextWithTime({ text, at }: { text: string; at: number | undefined }) {
  const utc = at === undefined ? "" : formatUtc(at);
  const start = text.indexOf(utc);
  if (at === undefined || start === -1) return text;
  return (
    <>
      {text.slice(0, start)}
      <Time epochSeconds={at} />
      {text.slice(start + utc.length)}
    </>
  );
}
