/** A few numbers, each with what it counts. */

export function Stats({ items }: { items: { label: string; value: string; note: string }[] }) {
  return (
    <dl className="grid overflow-clip rounded-[14px] border border-line-strong bg-surface max-sm:divide-y max-sm:divide-line sm:grid-cols-3 sm:divide-x sm:divide-line">
      {items.map(({ label, value, note }) => (
        <div key={label} className="px-5 py-4">
          <dt className="text-small text-soft">{label}</dt>
          <dd>
            <span className="block font-mono font-semibold text-[1.5rem] leading-tight tracking-tight">{value}</span>
            <span className="text-caption text-faint">{note}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
