/** The rows of an export of found tokens: what is known of each and where it stands; never a token or a secret. Browser-safe. */
import { CSV_MARK, csvLines } from "@/lib/text/csv";
import type { ScanRow } from "./rows";

/** In the order of the file. */
const scanColumns = [
  "line",
  "column",
  "state",
  "number",
  "issuer",
  "key label",
  "api key",
  "room",
  "participant",
  "created",
  "expires",
  "jti",
  "sha256",
] as const;

export type ScanRecord = Record<(typeof scanColumns)[number], string | number>;

const LATEST_DATE = 8.64e12;

/** ISO 8601 in UTC; seconds where no calendar reaches. */
function instant(epochSeconds: number | undefined): string | number {
  if (epochSeconds === undefined) return "";
  return Math.abs(epochSeconds) <= LATEST_DATE ? new Date(epochSeconds * 1000).toISOString() : epochSeconds;
}

export function scanRecord({ token, ledger, state, keyLabel }: ScanRow): ScanRecord {
  const match = typeof ledger === "object" ? ledger : undefined;
  return {
    line: token.line,
    column: token.column,
    state: state.word,
    number: match?.number ?? "",
    issuer: match?.actorName ?? (ledger === "absent" ? "not in this ledger" : "not looked up"),
    "key label": keyLabel ?? "",
    "api key": token.apiKey ?? "",
    room: token.room ?? "",
    participant: token.subject ?? "",
    created: instant(token.createdAt),
    expires: instant(token.expiresAt),
    jti: token.jti ?? "",
    sha256: token.sha256 ?? "",
  };
}

/** With the columns' names on top. */
export function scanCsv(records: readonly ScanRecord[]): string {
  return CSV_MARK + csvLines([scanColumns, ...records.map((record) => scanColumns.map((column) => record[column]))]);
}
