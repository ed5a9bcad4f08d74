/** Writes a batch's tokens as a file, in the tab that holds them: CSV that no spreadsheet takes for formulas, JSON lines, or text like an `.env`. Browser-safe. */
import type { Profile } from "@/lib/profiles/profile";
import { CSV_MARK, csvLines } from "@/lib/text/csv";
import type { IssuedBatch, IssuedRow } from "./issued";

export const batchFormats = {
  csv: { label: "CSV", type: "text/csv", ending: "csv" },
  jsonl: { label: "JSON lines", type: "application/x-ndjson", ending: "jsonl" },
  env: { label: ".env", type: "text/plain", ending: "env" },
} as const;
export type BatchFormat = keyof typeof batchFormats;

type Vendor = Pick<Profile, "fields">;

const nameOf = ({ fields }: Vendor, limited: "subject" | "room") =>
  fields.find(({ limits }) => limits === limited)?.name ?? limited;

const instant = (epochSeconds: number) => new Date(epochSeconds * 1000).toISOString().replace(".000Z", "Z");

export const fileNameOf = (batch: number, format: BatchFormat) => `batch-${batch}.${batchFormats[format].ending}`;

export function writeBatch(vendor: Vendor, batch: IssuedBatch, format: BatchFormat): string {
  switch (format) {
    case "csv":
      return csvOf(vendor, batch);
    case "jsonl":
      return jsonLinesOf(vendor, batch);
    case "env":
      return envOf(batch);
  }
}

function csvOf(vendor: Vendor, { rows }: IssuedBatch): string {
  const head = ["number", nameOf(vendor, "subject"), nameOf(vendor, "room"), "expiresAt", "purpose", "token"];
  const body = rows.map(({ number, subject, room, expiresAt, purpose, token }) => [
    number,
    subject ?? "",
    room ?? "",
    instant(expiresAt),
    purpose,
    token,
  ]);
  return CSV_MARK + csvLines([head, ...body]);
}

function jsonLinesOf(vendor: Vendor, { rows }: IssuedBatch): string {
  return rows
    .map(
      ({ number, subject, room, expiresAt, purpose, token }) =>
        `${JSON.stringify({
          number,
          ...(subject === null ? {} : { [nameOf(vendor, "subject")]: subject }),
          ...(room === null ? {} : { [nameOf(vendor, "room")]: room }),
          expiresAt: instant(expiresAt),
          ...(purpose ? { purpose } : {}),
          token,
        })}\n`,
    )
    .join("");
}

/** Above each line whom it is for, since a name has no word of what is written otherwise than from A to Z; at the comment's end no backslash, which would go on in the next line. */
function envOf({ rows }: IssuedBatch): string {
  const names = namesOf(rows);
  return rows
    .map(({ subject, number, token }, index) => {
      const whose = [subject, `No. ${number}`].filter(Boolean).join(", ");
      return `# ${whose}\n${names[index]}=${token}\n`;
    })
    .join("");
}

/** TOKEN_GUEST_1: of letters, digits and `_` alone, each once. */
function namesOf(rows: readonly IssuedRow[]): string[] {
  const taken = new Set<string>();
  return rows.map(({ subject, number }) => {
    const words = (subject ?? "")
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toUpperCase()
      .replace(/[^A-Z0-9]+/g, "_")
      .replace(/^_+|_+$/g, "");
    let name = `TOKEN_${words || number}`;
    // A ledger number is nobody else's; but somebody's id may be written like one.
    while (taken.has(name)) name += `_NO_${number}`;
    taken.add(name);
    return name;
  });
}
