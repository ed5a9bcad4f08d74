/** A sentence in which `backticks` stand around identifiers: shows those in monospace. */

export function CodeText({ text }: { text: string }) {
  return text.split("`").map((run, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a sentence have no other identity
      <code key={index}>{run}</code>
    ) : (
      run
    ),
  );
}
