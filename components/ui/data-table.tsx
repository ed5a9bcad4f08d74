/** A table of records: sticky head, numbers to the right, rows that open a detail; scrolls sideways only in its own box, or has cards on a phone. Breaks no word that fits a line. */
import type { Key, ReactNode } from "react";

export type Column<Row> = {
  key: string;
  header: ReactNode;
  render: (row: Row) => ReactNode;
  align?: "left" | "right";
  mono?: boolean;
  /** Keep on one line. */
  nowrap?: boolean;
  /** The whole text: it stays on one line that ends in …, and is whole in its tooltip. What is left of the table's width goes to such columns; a class gives each its share and its least (`w-1/4 min-w-32`). */
  shorten?: (row: Row) => string;
  /** Leave out on small screens what the detail page shows anyway. */
  wideOnly?: boolean;
  /** Where it stands in a card: two beside each other (`start`, `end`), across it (`line`), nowhere, or across it after the column's header, which is what happens to one that does not say. Cells follow each other as in the row; `max-rail:order-…` says otherwise. */
  card?: "start" | "end" | "line" | "hidden";
  className?: string;
};

export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  linkTo,
  linkColumn,
  cards = false,
  empty,
}: {
  /** Names the table and its scroll region. */
  label: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => Key;
  /** The link around a cell's text, with {@link rowLink}'s properties: a click anywhere on the row follows it. The list brings it: not every table's page has loaded what links need. */
  linkTo?: (row: Row, text: ReactNode) => ReactNode;
  /** The key of the column whose text is the link; the first one by default. */
  linkColumn?: string;
  /** Whether a row is a card where the screen is narrower than 900 px, where the navigation is tabs. */
  cards?: boolean;
  /** Shown instead of the table when there are no rows. */
  empty?: ReactNode;
}) {
  if (rows.length === 0 && empty) return empty;
  const link = linkColumn ?? columns[0]?.key;
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      data-cards={cards || undefined}
      className="data-table relative max-lg:max-h-[85dvh] max-lg:overflow-auto"
    >
      <table
        className="w-full border-separate max-lg:w-max max-lg:min-w-full border-spacing-0 text-small"
        aria-label={label}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={`sticky top-0 z-10 border-line-strong border-b bg-paper py-1.5 pr-4 font-medium text-caption text-faint ${cell(column)}`}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              className={
                linkTo
                  ? "relative hover:bg-mute-bg/60 has-[a[data-row-link]:focus-visible]:bg-mute-bg has-[a[data-row-link]:focus-visible]:outline-2 has-[a[data-row-link]:focus-visible]:outline-ring"
                  : undefined
              }
            >
              {columns.map((column) => (
                <td
                  key={column.key}
                  title={column.shorten?.(row)}
                  data-card={cards ? column.card : undefined}
                  data-label={
                    cards && column.card === undefined && typeof column.header === "string" ? column.header : undefined
                  }
                  className={`wrap-break-word border-line border-b py-2 pr-4 align-top ${column.shorten ? "max-w-0 truncate" : "max-lg:max-w-72"} ${cell(column)} ${column.mono ? "font-mono text-[0.78125rem]" : ""}`}
                >
                  {linkTo && column.key === link ? linkTo(row, column.render(row)) : column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/**
 * The link's own box covers the row: one target, and still a real link to open in a new tab. A page of rows is not
 * fetched ahead: that would be fifty requests for the one that is opened.
 */
export const rowLink = {
  prefetch: false,
  "data-row-link": "",
  className: "no-underline outline-none after:absolute after:inset-0",
} as const;

function cell(column: Column<never>) {
  const align = column.align === "right" ? "text-right tabular-nums" : "text-left";
  return `${align} ${column.nowrap ? "whitespace-nowrap" : ""} ${column.wideOnly ? "max-md:hidden" : ""} ${column.className ?? ""}`;
}
