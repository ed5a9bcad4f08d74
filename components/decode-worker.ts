/** Reads and judges large texts away from the page, so that it never stands still. */
import { readToken } from "@/lib/jwt/read";
import { videosdk } from "@/lib/profiles/videosdk";
import { decodeReading } from "@/lib/tokens/decode";

addEventListener("message", ({ data: { text, now } }: MessageEvent<{ text: string; now: number }>) => {
  postMessage(decodeReading(videosdk, readToken(text), { server: { state: "pending" }, now }));
});
