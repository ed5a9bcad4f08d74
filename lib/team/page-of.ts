/** Cuts a list that is read whole into pages; a number beyond the last is the last. Browser-safe. */

export const TEAM_PAGE_SIZE = 50;

export type PageOf<Row> = {
  rows: Row[];
  /** From 1. */
  page: number;
  pages: number;
  /** Of all pages. */
  total: number;
};

/** @param asked from 1 */
export function pageOf<Row>(all: readonly Row[], asked: number): PageOf<Row> {
  const pages = Math.max(1, Math.ceil(all.length / TEAM_PAGE_SIZE));
  const page = Math.min(asked, pages);
  return { rows: all.slice((page - 1) * TEAM_PAGE_SIZE, page * TEAM_PAGE_SIZE), page, pages, total: all.length };
}
