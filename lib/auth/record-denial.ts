/** Records that an action was denied: which verb, and to which role. Beyond the limit of denials it records nothing more, after that the limit was reached. A denial that cannot be recorded is still one. */
import { recordEvent } from "@/lib/audit/record";
import { transaction } from "@/lib/db";
import { describeError, log } from "@/lib/log";
import { isWriteFailure } from "@/lib/write-failure";
import type { Actor } from "./actor";
import { mayRecord } from "./count-against";
import type { Verb } from "./roles";

/** @returns whether it is in the log */
export async function recordDenial(actor: Actor, verb: Verb): Promise<boolean> {
  try {
    if (!(await mayRecord(actor, "denials"))) return false;
    await transaction((tx) =>
      recordEvent(tx, actor, {
        action: "access.denied",
        outcome: "denied",
        detail: actor.kind === "member" ? { verb, role: actor.role } : { verb },
      }),
    );
    return true;
  } catch (error) {
    if (!isWriteFailure(error)) throw error;
    log().error({ requestId: actor.origin.requestId, ...describeError(error) }, "a denial could not be recorded");
    return false;
  }
}
