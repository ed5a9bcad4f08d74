/** Decodes large texts away from the page, so that it never stands still. */
import { readLarge } from "@/lib/decoder/decode-large";

addEventListener("message", ({ data: { text, now } }: MessageEvent<{ text: string; now: number }>) => {
  postMessage(readLarge(text, now));
});
