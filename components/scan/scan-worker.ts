/** Scans a text for tokens away from the page, and hands over what it found in portions that the page can take without a pause. */
import type { KnownSecret } from "@/lib/scan/flag-secrets";
import { type Scan, type ScannedToken, scanText } from "@/lib/scan/scan";

export type ScanRequest = { text: string; now: number; fingerprints: readonly KnownSecret[] };
export type ScanMessage =
  | { kind: "progress"; read: number; of: number }
  | { kind: "tokens"; tokens: ScannedToken[] }
  | { kind: "done"; rest: Omit<Scan, "tokens"> }
  | { kind: "failed" };

const PORTION = 500;
const say = (message: ScanMessage) => postMessage(message);

addEventListener("message", async ({ data: { text, ...options } }: MessageEvent<ScanRequest>) => {
  try {
    const onProgress = (read: number, of: number) => say({ kind: "progress", read, of });
    const { tokens, ...rest } = await scanText(text, { ...options, onProgress });
    for (let from = 0; from < tokens.length; from += PORTION) {
      say({ kind: "tokens", tokens: tokens.slice(from, from + PORTION) });
    }
    say({ kind: "done", rest });
  } catch {
    // An error's text could quote what was scanned.
    say({ kind: "failed" });
  }
});
