/** Records that an action was denied: which verb, and to which role. Beyond the limit of denials it records nothing more, after that the limit was reached. */
import { recordEvent } from "@/lib/audit/record";
import { transaction } from "@/lib/db";
import type { Actor } from "./actor";
import { mayRecord } from "./count-against";
import type { Verb } from "./roles";

/** @returns whether it is in the log */
export async function recordDenial(actor: Actor, verb: Verb): Promise<boolean> {
  if (!(await mayRecord(actor, "denials"))) return false;
  await transaction((tx) =>
    recordEvent(tx, actor, {
      action: "access.denied",
      outcome: "denied",
      detail: actor.kind === "member" ? { verb, role: actor.role } : { verb },
    }),
  );
  return true;
}
