/** Records what a limit bounds: beyond it nothing more is written, after that the limit was reached. What cannot be written is not counted either, and the server's log tells who and what it was: within a limit of its own. */
import { describeError, log } from "@/lib/log";
import { isWriteFailure } from "@/lib/write-failure";
import { type Actor, idOf } from "./actor";
import { mayLog, mayRecord, takeBack } from "./count-against";

/**
 * @param what it is, and what of it the server's log may name
 * @param write throws what keeps the event from being written
 * @returns whether it is in the audit log
 */
export async function recordBounded(
  actor: Actor,
  limit: "denials" | "refusals",
  what: { called: string; named: Record<string, unknown> },
  write: () => Promise<unknown>,
): Promise<boolean> {
  try {
    if (!(await mayRecord(actor, limit))) return false;
    await write();
    return true;
  } catch (error) {
    if (!isWriteFailure(error)) throw error;
    await takeBack(actor, limit);
    const may = await mayLog(actor, "unwritten");
    if (may === "no") return false;
    const who = { requestId: actor.origin.requestId, actor: `${actor.kind} ${idOf(actor)}` };
    const rest = may === "yes" ? "" : "; those behind it, of the hour, are not told of";
    log().error({ ...who, ...what.named, ...describeError(error) }, `${what.called} could not be recorded${rest}`);
    return false;
  }
}
