/** Under a page of a list: which of how many it shows, and the way to the pages beside it. Nothing where one page holds all. */
import { groupDigits } from "@/lib/text/group-digits";
import { ButtonLink } from "./button-link";

export function PageLinks({
  label,
  page,
  pages,
  size,
  total,
  hrefOf,
  back = "Previous",
  on = "Next",
}: {
  /** What is listed; begins a sentence. */
  label: string;
  /** From 1. */
  page: number;
  pages: number;
  /** How many a page holds. */
  size: number;
  total: number;
  hrefOf: (page: number) => string;
  /** To the page before it, and to the one after it. */
  back?: string;
  on?: string;
}) {
  if (pages === 1) return null;
  const first = (page - 1) * size + 1;
  return (
    <nav aria-label={`Pages: ${label}`} className="mt-3 flex flex-wrap items-center justify-end gap-2 text-small">
      <p className="mr-auto text-soft tabular-nums">
        {label} {groupDigits(first)} to {groupDigits(Math.min(total, first + size - 1))} of {groupDigits(total)}
      </p>
      <span className="flex gap-2 print:hidden">
        {page > 1 ? (
          <ButtonLink href={hrefOf(page - 1)} size="sm" rel="prev" prefetch={false}>
            {back}
          </ButtonLink>
        ) : null}
        {page < pages ? (
          <ButtonLink href={hrefOf(page + 1)} size="sm" rel="next" prefetch={false}>
            {on}
          </ButtonLink>
        ) : null}
      </span>
    </nav>
  );
}
