/** A sentence in which `backticks` stand around identifiers: shows those in monospace, and writes out what cannot be seen. */
import { makeVisible } from "@/lib/text/visible";

export function CodeText({ text }: { text: string }) {
  return makeVisible(text)
    .split("`")
    .map((run, index) =>
      index % 2 === 1 ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a sentence have no other identity
        <code key={index}>{run}</code>
      ) : (
        run
      ),
    );
}
