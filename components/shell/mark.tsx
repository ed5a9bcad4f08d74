/** The product's mark: a ticket with a tick, in the current text colour. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 22 22" aria-hidden="true" focusable="false" className="shrink-0">
      <path
        fill="currentColor"
        d="M2 5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v3.2a2.8 2.8 0 0 0 0 5.6V17a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2v-3.2a2.8 2.8 0 0 0 0-5.6z"
      />
      <path
        d="m7 11.2 2.8 2.8 5.7-5.7"
        fill="none"
        stroke="var(--paper)"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
