/** Grey shapes that keep the layout still while something loads; unseen for the first 200 ms. */
export function Skeleton({ className = "h-4 w-full" }: { className?: string }) {
  return <div className={`skeleton ${className}`} aria-hidden="true" />;
}

const widths = ["w-11/12", "w-3/4", "w-5/6", "w-2/3"];

export function SkeletonLines({ lines = 3, label = "Loading" }: { lines?: number; label?: string }) {
  return (
    <div role="status" className="flex flex-col gap-3">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, line) => `line-${line}`).map((key, line) => (
        <Skeleton key={key} className={`h-4 ${widths[line % widths.length]}`} />
      ))}
    </div>
  );
}
