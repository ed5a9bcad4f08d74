/** Lets a request's body come in before anything reads it, up to a number of bytes and a time. It waits in the request's own buffer, so that whoever handles the request reads it as ever; what is beyond the limit is thrown away, not kept. */
import type { IncomingMessage } from "node:http";
import { edgeLimits } from "@/lib/limits";

/** Each piece costs some hundred bytes besides its own: a body in pieces of one byte is none that a browser sends. */
const SMALLEST_PIECE_BYTES = 32;

/** How many large bodies each member is sending. */
const places = new Map<string, number>();

export type Received =
  | { state: "whole"; chunks: readonly Buffer[] }
  | { state: "too large" | "not allowed" | "too slow" | "too many" | "too many of one member" | "gone" };

function takePlace(member: string): "taken" | "too many" | "too many of one member" {
  const own = places.get(member) ?? 0;
  if (own >= edgeLimits.largeBodiesOfMember) return "too many of one member";
  if ([...places.values()].reduce((sum, each) => sum + each, 0) >= edgeLimits.largeBodies) return "too many";
  places.set(member, own + 1);
  return "taken";
}

function leavePlace(member: string): void {
  const left = (places.get(member) ?? 1) - 1;
  if (left > 0) places.set(member, left);
  else places.delete(member);
}

/**
 * To be called while the request's head is being handled, since Node hands over the body right after it.
 * @param mostBytes what is counted is what arrives, whatever Content-Length says
 * @param memberOf finds the member who sends it, by a session that holds; asked only once it is more than a small body, and no more is read before the answer
 * @throws what `memberOf` throws
 */
export function receiveBody(
  request: IncomingMessage,
  mostBytes: number,
  memberOf: () => Promise<string | undefined> = async () => undefined,
  { smallBodyMs, largeBodyMs }: Record<"smallBodyMs" | "largeBodyMs", number> = edgeLimits,
): Promise<Received> {
  const { smallBodyBytes } = edgeLimits;
  return new Promise((resolve, reject) => {
    const push = request.push.bind(request);
    const chunks: Buffer[] = [];
    let bytes = 0;
    let ended = false;
    let settled = false;
    /** For more than a small body: not needed, asked for, or taken. */
    let place: "none" | "asked" | "taken" = "none";
    let leave = () => {};

    const settle = (tell: () => void) => {
      if (settled) return;
      settled = true;
      clearTimeout(patience);
      leave();
      tell();
    };
    /** What is still to come is read and thrown away: a socket that is closed with something unread takes the answer with it. */
    const discard = (tell: () => void) => {
      chunks.length = 0;
      request.push = (chunk) => (chunk === null ? push(null) : true);
      request.resume();
      request.socket.resume();
      settle(tell);
    };
    const refuse = (state: Exclude<Received["state"], "whole">) => discard(() => resolve({ state }));
    const finish = () => settle(() => resolve({ state: "whole", chunks }));
    const patience = setTimeout(() => refuse("too slow"), mostBytes > smallBodyBytes ? largeBodyMs : smallBodyMs);

    const admit = (member: string | undefined) => {
      if (settled) return;
      if (member === undefined) return refuse("not allowed");
      const answer = takePlace(member);
      if (answer !== "taken") return refuse(answer);
      place = "taken";
      leave = () => leavePlace(member);
      if (ended) finish();
      else request.socket.resume();
    };
    request.once("close", () => settle(() => resolve({ state: "gone" })));

    // The parser's only way to hand a body over. A readable that nobody reads would stop it at 16 kB.
    request.push = (chunk) => {
      if (chunk === null) {
        ended = true;
        push(null);
        if (place !== "asked") finish();
        return false;
      }
      bytes += chunk.length;
      if (bytes > mostBytes || chunks.length > mostBytes / SMALLEST_PIECE_BYTES) {
        refuse("too large");
        return true;
      }
      chunks.push(chunk);
      push(chunk);
      if (bytes > smallBodyBytes && place === "none") {
        place = "asked";
        memberOf().then(admit, (error: unknown) => discard(() => reject(error)));
      }
      // The parser stops reading the socket when this says no.
      return place !== "asked";
    };
  });
}
