/** What the two lists that are read page by page share: how a parameter says yes, that none is passed over, and the place where a page ends, which is a place in that list alone. */
import { AuditFilters } from "@/lib/audit/schema";
import { AppError } from "@/lib/errors";
import { crc32 } from "@/lib/text/credential";
import * as z from "@/lib/zod";
import { namesOne } from "./schema";

/** Nothing was read, because of this parameter. */
export const unreadable = (name: string, why: string) =>
  new AppError("invalid", "Nothing was read.", { fields: { [name]: why } });

/** What the audit page leaves out of an address would widen what a program asks for. @throws AppError `invalid` */
export function refuseUnread(asked: Readonly<Record<string, unknown>>): void {
  const read: Readonly<Record<string, unknown>> = AuditFilters.parse(asked);
  const unread = Object.keys(asked).find((name) => asked[name] !== undefined && read[name] === undefined);
  if (unread !== undefined)
    throw unreadable(unread, "This is not looked for: it is empty, or looks like a token or a secret.");
}

export const yes = z
  .enum(["1", "true"], "Write 1, or leave it out.")
  .transform(() => "1" as const)
  .optional();

export const named = (longest: number) => namesOne(z.string().max(longest, "This is too long.")).optional();

const WHOLE_CURSOR = "Send the `next` of the page before, whole, with the same parameters.";

export const cursor = z
  .string()
  .max(17, WHOLE_CURSOR)
  .optional()
  .describe("`next` of the page before, with the same parameters. Left out: the first page, of the newest.");

/** What is asked for, in whatever order. */
type Asked = Readonly<Record<string, string | undefined>>;

const WRITTEN = /^([1-9]\d{0,8})\.([0-9a-z]{1,7})$/;

/** Of a cursor that was cut, or is of another list, it differs. */
function checkOf(list: string, asked: Asked, before: number): string {
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  const text = JSON.stringify([list, given.sort(([a], [b]) => (a < b ? -1 : 1)), before]);
  return crc32(encodeURIComponent(text)).toString(36);
}

/** @param before the sequence number of the last event that was shown; undefined: there are no more */
export const writeCursor = (list: string, asked: Asked, before: number | undefined): string | null =>
  before === undefined ? null : `${before}.${checkOf(list, asked, before)}`;

/** @returns the sequence number @throws AppError `invalid` */
export function readCursor(list: string, asked: Asked, cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const [, before = "", check] = WRITTEN.exec(cursor) ?? [];
  if (check !== undefined && check === checkOf(list, asked, Number(before))) return before;
  throw unreadable("cursor", WHOLE_CURSOR);
}
