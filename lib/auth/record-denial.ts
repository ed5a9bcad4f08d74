/** Records that an action was denied: which verb, and to which role. A denial that cannot be recorded is still one. */
import { recordEvent } from "@/lib/audit/record";
import { transaction } from "@/lib/db";
import type { Actor } from "./actor";
import { recordBounded } from "./record-bounded";
import type { Verb } from "./roles";

/** @returns whether it is in the log */
export function recordDenial(actor: Actor, verb: Verb): Promise<boolean> {
  const detail = actor.kind === "member" ? { verb, role: actor.role } : { verb };
  return recordBounded(actor, "denials", { called: "a denial", named: { verb } }, () =>
    transaction((tx) => recordEvent(tx, actor, { action: "access.denied", outcome: "denied", detail })),
  );
}
