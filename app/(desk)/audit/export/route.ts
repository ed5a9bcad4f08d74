import type { ActionResult } from "@/lib/action-result";
import { exportEvents } from "@/lib/audit/export";
import { currentActor } from "@/lib/auth/session";
import { type ErrorCode, errorStatus, isAppError } from "@/lib/errors";
import { describeError, log } from "@/lib/log";
import { isWriteFailure, writeFailureAdvice, writeFailureReason } from "@/lib/write-failure";

/** As an action refuses: a text might be that of a proxy on the way. */
const refusal = (message: string, code: ErrorCode) =>
  Response.json({ ok: false, error: { code, message } } satisfies ActionResult<never>, { status: errorStatus[code] });

/** What an export asks for stands in the body, as JSON: no address holds it. */
async function readInput(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return undefined;
  }
}

export async function POST(request: Request): Promise<Response> {
  const actor = await currentActor();
  if (!actor) return refusal("You are signed out. Sign in in another tab, then try again.", "unauthenticated");
  try {
    const { fileName, type, events, text } = await exportEvents(actor, await readInput(request));
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        try {
          const { done, value } = await text.next();
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (error) {
          // The connection breaks off: a part must not look like the whole.
          if (!isAppError(error))
            log().error({ requestId: actor.origin.requestId, ...describeError(error) }, "export broken off");
          // By this name Next breaks off without a word in the log.
          controller.error(new DOMException("The export was broken off.", "AbortError"));
        }
      },
      async cancel() {
        await text.return(undefined);
      },
    });
    return new Response(body, {
      headers: {
        "content-type": type,
        "content-disposition": `attachment; filename="${fileName}"`,
        "cache-control": "no-store",
        "x-events": String(events),
      },
    });
  } catch (error) {
    if (isAppError(error)) return refusal(error.message, error.code);
    log().error({ requestId: actor.origin.requestId, ...describeError(error) }, "export failed");
    if (isWriteFailure(error))
      return refusal(
        `This could not be recorded, so nothing was exported: ${writeFailureReason(error)}. ${writeFailureAdvice(error)}`,
        "record_unavailable",
      );
    return refusal(
      `The export failed on the server, and nothing was saved. Try again; if it goes on, quote request ${actor.origin.requestId}.`,
      "internal",
    );
  }
}
