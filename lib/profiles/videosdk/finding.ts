/** Makes the findings of VideoSDK's rules, with paths and quotations as all of them write them. Judges nothing. */
import type { Finding, Severity } from "@/lib/jwt/finding";
import { type VendorErrorCode, vendorError } from "@/lib/profiles/videosdk/errors";
import { shorten } from "@/lib/text/shorten";

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

/** A JSON value for a sentence, in which backticks stand around our own words only: strings in double quotes and shortened, arrays and objects only named. */
export function quote(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(shorten(value)).replaceAll("`", "\\u0060");
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}
