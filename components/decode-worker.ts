/** Decodes large texts away from the page, so that it never stands still. */
import { decodeLarge } from "./decode-large";

addEventListener("message", ({ data: { text, now } }: MessageEvent<{ text: string; now: number }>) => {
  postMessage(decodeLarge(text, now));
});
