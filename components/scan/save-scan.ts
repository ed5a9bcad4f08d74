"use client";
/** Saves the listed tokens as a CSV file, without the tokens; needs no server. */
import { scanCsv, scanRecord } from "@/lib/scan/scan-records";
import type { ScanRow } from "./scan-table";

/** @param now seconds since 1970 */
export function saveScan(rows: readonly ScanRow[], now: number, fileName: string | undefined): void {
  const csv = scanCsv(rows.map(({ token, ledger }) => scanRecord(token, ledger, now)));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([csv], { type: "text/csv" }));
  link.download = `tokens${fileName ? ` in ${fileName}` : ""}.csv`;
  link.click();
  // The download has its own hold on the data once it has begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
