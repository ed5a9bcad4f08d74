/** What a key's policy may have the callers of its endpoints name. Browser-safe. */

export const askedByPolicy = ["room", "subject"] as const;
export type AskedByPolicy = (typeof askedByPolicy)[number];
