/** Makes the findings of VideoSDK's rules, with paths and quotations as all of them write them. Judges nothing. */
import type { Finding, Severity } from "@/lib/jwt/finding";
import { type VendorErrorCode, vendorError } from "@/lib/profiles/videosdk/errors";

type FindingText = {
  message: string;
  remedy?: string;
  /** The code that a VideoSDK client shows, where it is known. */
  vendor?: VendorErrorCode;
};

/** A finding of layer `rules`; `path` as made by `formatPath("payload", …)`. */
export function ruleFinding(severity: Severity, code: string, path: string, text: FindingText): Finding {
  return {
    code,
    layer: "rules",
    severity,
    path,
    message: text.message,
    ...(text.remedy !== undefined && { remedy: text.remedy }),
    ...(text.vendor !== undefined && { vendorError: vendorError(text.vendor) }),
  };
}

const longestQuotation = 60;

/** An identifier for a sentence, cut with "…" after so many UTF-16 units: a payload may hold a megabyte in one string. */
export function shorten(text: string, longest = longestQuotation): string {
  if (text.length <= longest) return text;
  // A lone surrogate at the cut would be shown as a replacement character.
  return `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** A JSON value for a sentence: strings in double quotes and shortened, arrays and objects only named. */
export function quote(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(shorten(value));
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}
