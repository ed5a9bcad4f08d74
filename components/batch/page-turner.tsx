"use client";
/** A long list that the tab holds, fifty at a time; nothing where one page holds all. */
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { groupDigits } from "@/lib/text/group-digits";

const SIZE = 50;

export const fitsOnePage = (all: readonly unknown[]) => all.length <= SIZE;

export function useTurned<Row>(all: readonly Row[]) {
  const [asked, setPage] = useState(0);
  const pages = Math.max(1, Math.ceil(all.length / SIZE));
  const page = Math.min(asked, pages - 1);
  return { rows: all.slice(page * SIZE, (page + 1) * SIZE), page, pages, setPage };
}

export function PageTurner({
  label,
  page,
  pages,
  total,
  setPage,
}: {
  label: string;
  /** From 0. */
  page: number;
  pages: number;
  total: number;
  setPage: (page: number) => void;
}) {
  if (pages === 1) return null;
  return (
    <nav aria-label={`Pages: ${label}`} className="mt-3 flex flex-wrap items-center justify-end gap-2 text-small">
      <p role="status" className="mr-auto text-soft tabular-nums">
        {label} {groupDigits(page * SIZE + 1)} to {groupDigits(Math.min(total, (page + 1) * SIZE))} of{" "}
        {groupDigits(total)}
      </p>
      {[
        { word: "Previous", to: page - 1 },
        { word: "Next", to: page + 1 },
      ].map(({ word, to }) => {
        const isEnd = to < 0 || to >= pages;
        return (
          // Not disabled: at the end of the list the focus stays on it.
          <Button key={word} size="sm" aria-disabled={isEnd || undefined} onClick={() => isEnd || setPage(to)}>
            {word}
          </Button>
        );
      })}
    </nav>
  );
}
