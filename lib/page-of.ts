/** Cuts a list that is read whole into pages; a number beyond the last is the last. Browser-safe. */
import * as z from "@/lib/zod";

export const PAGE_SIZE = 50;

/** Which page an address asks for, from 1. What cannot be read is the first: a link must always show something. */
export const PageNumber = z.coerce.number().int().min(1).max(1_000_000).catch(1);

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
  const pages = Math.max(1, Math.ceil(all.length / PAGE_SIZE));
  const page = Math.min(asked, pages);
  return { rows: all.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE), page, pages, total: all.length };
}
