"use client";
/** Saves the listed tokens as a CSV file, without the tokens; needs no server. */
import type { ScanRow } from "@/lib/scan/rows";
import { scanCsv, scanRecord } from "@/lib/scan/scan-records";

export function saveScan(rows: readonly ScanRow[], fileName: string | undefined): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([scanCsv(rows.map(scanRecord))], { type: "text/csv" }));
  link.download = `tokens${fileName ? ` in ${fileName}` : ""}.csv`;
  link.click();
  // The download has its own hold on the data once it has begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
