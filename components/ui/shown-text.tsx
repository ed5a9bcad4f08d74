/** One line of text to be taken whole: a click selects all of it; it breaks between words, and within one only where the line can't hold it. */

export function ShownText({ id, testId, text }: { id: string; testId?: string | undefined; text: string }) {
  return (
    <code
      id={id}
      data-testid={testId}
      translate="no"
      className="block select-all rounded-lg border border-line-strong bg-sunken px-2.5 py-2 font-mono text-ink text-small [overflow-wrap:anywhere]"
    >
      {text}
    </code>
  );
}
