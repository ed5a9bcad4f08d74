/** What the server refused of fields, and of which values: it stands for as long as each field is as it was sent, and the key. */
import type { FieldErrors } from "@/lib/errors";

/** By field, `keyId` among them. */
export type Sent = Readonly<Partial<Record<string, unknown>>>;
export type Refused = { sent: Sent; fields: FieldErrors };

export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** @returns what stands of it */
export function standing({ sent, fields }: Refused, now: Sent): FieldErrors {
  const isAsSent = (name: string) => isSame(sent[name], now[name]);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => isAsSent(name) && isAsSent("keyId")));
}

/** @returns what is not said there already: a page that was read anew says the same as the server */
export const newsOf = (said: FieldErrors, there: FieldErrors): FieldErrors =>
  Object.fromEntries(Object.entries(said).filter(([name, message]) => there[name] !== message));
