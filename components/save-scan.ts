"use client";
/** Saves the listed tokens as a CSV file, without the tokens; needs no server. */
import { scanColumns, scanRecord, withoutFormula } from "@/lib/tokens/scan-records";
import type { ScanRow } from "./scan-table";

/** Loaded once there is something to save: by the click the network may be gone. */
export const loadCsv = () => import("csv-stringify/browser/esm/sync");

/** @param now seconds since 1970 */
export async function saveScan(rows: readonly ScanRow[], now: number, fileName: string | undefined): Promise<void> {
  const { stringify } = await loadCsv();
  const records = rows.map(({ token, ledger }) => scanRecord(token, ledger, now));
  // The mark in front lets Excel read UTF-8.
  const csv = stringify(records, {
    header: true,
    columns: [...scanColumns],
    quoted: true,
    cast: { string: withoutFormula },
    bom: true,
  });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([csv], { type: "text/csv" }));
  link.download = `tokens${fileName ? ` in ${fileName}` : ""}.csv`;
  link.click();
  // The download has its own hold on the data once it has begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
