/** The rows of an export of found tokens: what is known of each and where it stands; never a token or a secret. Browser-safe. */
import type { ScannedToken } from "./scan";
import { type LedgerAnswer, stateAt } from "./scan-state";

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

/** @param now seconds since 1970 */
export function scanRecord(token: ScannedToken, ledger: LedgerAnswer, now: number): ScanRecord {
  const match = typeof ledger === "object" ? ledger : undefined;
  return {
    line: token.line,
    column: token.column,
    state: stateAt(token, ledger, now).word,
    number: match?.number ?? "",
    issuer: match?.actorName ?? (ledger === "absent" ? "not in this ledger" : "not looked up"),
    "key label": match?.keyLabel ?? "",
    "api key": token.apiKey ?? "",
    room: token.roomId ?? "",
    participant: token.participantId ?? "",
    created: instant(token.createdAt),
    expires: instant(token.expiresAt),
    jti: token.jti ?? "",
    sha256: token.sha256 ?? "",
  };
}

const FORMULA = "=+\\-@\\uff1d\\uff0b\\uff0d\\uff20";
/** Where a spreadsheet may begin a cell: at the front, and behind what separates cells somewhere; over blanks, also those without width, and quotes. */
const CELL_START = new RegExp(`(^|[,;\\t\\r\\n|])([\\s\\u200b-\\u200f\\u2060\\ufeff"']*)(?=[${FORMULA}])`, "g");

/** A claim can be a spreadsheet's formula: with an apostrophe in front it is text. */
const withoutFormula = (text: string) => text.replace(CELL_START, "$1$2'");

const cell = (value: string | number) =>
  `"${(typeof value === "string" ? withoutFormula(value) : String(value)).replaceAll('"', '""')}"`;

/** RFC 4180, every cell in quotes. The mark in front lets Excel read UTF-8. Written here because the library would be a tenth of what the decoder loads, and must be there before the network is gone. */
export function scanCsv(records: readonly ScanRecord[]): string {
  const lines = [[...scanColumns], ...records.map((record) => scanColumns.map((column) => record[column]))];
  return `\ufeff${lines.map((line) => `${line.map(cell).join(",")}\n`).join("")}`;
}
