/** Writes what is typed into the issue form, or another one, as a text that a tab can keep, and reads it back for the member who typed it. Leaves out what looks like a secret or a token; takes nothing from a text that it did not write. Browser-safe. */

import { holdsNoSecret } from "@/lib/profiles/no-secret";
import * as z from "@/lib/zod";
import type { FormValues, VendorFields } from "./schema";

const Kept = z.object({
  memberId: z.string(),
  /** So that a form that was sent, and whose answer got lost, is known again. */
  jti: z.uuid(),
  values: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});

export function writeKept(memberId: string, jti: string, values: VendorFields): string {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined && [value].flat().every(holdsNoSecret));
  return JSON.stringify({ memberId, jti, values: Object.fromEntries(kept) });
}

/** @param text what the tab kept: anything @returns undefined where it is not this member's, or no form */
export function readKept(text: string, memberId: string): { jti: string; values: Partial<FormValues> } | undefined {
  try {
    const kept = Kept.safeParse(JSON.parse(text)).data;
    return kept?.memberId === memberId ? { jti: kept.jti, values: kept.values } : undefined;
  } catch {
    return undefined;
  }
}
