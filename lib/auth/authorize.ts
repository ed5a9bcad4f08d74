/** Answers "may they?" at the head of every verb. A denial is itself an audit event. */
import { recordEvent } from "@/lib/audit/record";
import { transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Actor } from "./actor";
import { mayRecord } from "./count-against";
import { may, type Verb, verbRoles } from "./roles";

/** @throws AppError `forbidden`, after the denial is recorded; beyond the limit of denials, after that it was reached is */
export async function authorize(actor: Actor, verb: Verb): Promise<void> {
  if (may(actor.role, verb)) return;
  const recorded = await mayRecord(actor, "denials");
  if (recorded)
    await transaction((tx) =>
      recordEvent(tx, actor, { action: "access.denied", outcome: "denied", detail: { verb, role: actor.role } }),
    );
  throw new AppError(
    "forbidden",
    `Your role, ${actor.role}, may not do this; it takes ${verbRoles[verb].join(" or ")}. ${recorded ? "The attempt is recorded. " : ""}Ask an admin to do it, or to change your role.`,
  );
}
