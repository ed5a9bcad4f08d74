/** Lets a request's body come in before anything reads it, up to a number of bytes and a time. It waits in the request's own buffer, so that whoever handles the request reads it as ever; what is beyond the limit is thrown away, not kept. */
import type { IncomingMessage } from "node:http";

export const SMALL_BODY_BYTES = 64 * 1024;
/** As `bodySizeLimit` in next.config.js. */
export const LARGE_BODY_BYTES = 3 * 1024 * 1024;
/** 64 KiB at 2 KiB/s. */
const SMALL_BODY_MS = 32_000;
/** 3 MiB at 25 KiB/s (200 kbit/s), which a phone at the edge of a cell still manages. */
export const LARGE_BODY_MS = 120_000;
/** Together they may take 48 MB. */
const MOST_LARGE_BODIES = 16;

/** Each piece costs some hundred bytes besides its own: a body in pieces of one byte is none that a browser sends. */
const SMALLEST_PIECE_BYTES = 32;

let largeBodies = 0;

export type Received =
  | { state: "whole"; chunks: readonly Buffer[]; bytes: number }
  | { state: "too large" | "not allowed" | "too slow" | "too many" | "gone" };

/**
 * To be called while the request's head is being handled, since Node hands over the body right after it.
 * @param mostBytes what is counted is what arrives, whatever Content-Length says
 * @param mayBeLarge whether it may be more than SMALL_BODY_BYTES: only who may takes one of the few places for those
 */
export function receiveBody(
  request: IncomingMessage,
  mostBytes: number,
  mayBeLarge: Promise<boolean> = Promise.resolve(false),
): Promise<Received> {
  return new Promise((resolve) => {
    const push = request.push.bind(request);
    const chunks: Buffer[] = [];
    let bytes = 0;
    let large = false;
    let settled = false;
    let allowed: boolean | undefined;

    const settle = (received: Received) => {
      if (settled) return;
      settled = true;
      clearTimeout(patience);
      if (large) largeBodies--;
      resolve(received);
    };
    const refuse = (state: "too large" | "not allowed" | "too slow" | "too many") => {
      chunks.length = 0;
      // What is still to come is read and thrown away: a socket that is closed with something unread takes the answer with it.
      request.push = (chunk) => (chunk === null ? push(null) : true);
      request.resume();
      settle({ state });
    };
    const patience = setTimeout(() => refuse("too slow"), mostBytes > SMALL_BODY_BYTES ? LARGE_BODY_MS : SMALL_BODY_MS);
    /** @returns whether what has come so far may have come */
    const takePlace = (): boolean => {
      if (large || settled || bytes <= SMALL_BODY_BYTES || allowed === undefined) return !settled;
      if (!allowed) refuse("not allowed");
      else if (largeBodies >= MOST_LARGE_BODIES) refuse("too many");
      else {
        large = true;
        largeBodies++;
      }
      return !settled;
    };
    // A moment, in which more may come than it says.
    mayBeLarge.then((may) => {
      allowed = may;
      takePlace();
    });
    request.once("close", () => settle({ state: "gone" }));

    // The parser's only way to hand a body over. A readable that nobody reads would stop it at 16 kB.
    request.push = (chunk) => {
      if (chunk === null) {
        push(null);
        settle({ state: "whole", chunks, bytes });
        return false;
      }
      bytes += chunk.length;
      if (bytes > mostBytes || chunks.length > mostBytes / SMALLEST_PIECE_BYTES) refuse("too large");
      else if (takePlace()) {
        chunks.push(chunk);
        push(chunk);
      }
      return true;
    };
  });
}
