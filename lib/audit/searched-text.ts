/** What an event is found by in the search box: names, labels, ids and words of it, a line each; never a secret or a token. */
import { nameOf } from "@/lib/auth/actor";
import type { AuditAction } from "./actions";
import type { EventActor, NewEvent } from "./event";

/** Of an event that names a hundred accounts, the first ones do. */
const MOST_CHARACTERS = 2_000;

export function searchedText<Action extends AuditAction>(
  who: EventActor,
  { detail, target: { key, token, memberId } = {}, words = [] }: Pick<NewEvent<Action>, "detail" | "target" | "words">,
): string {
  const told = Object.values(detail).flat();
  const lines = [
    who.kind === "visitor" ? null : nameOf(who),
    key?.label,
    token?.room,
    token?.subject,
    memberId,
    ...words,
    ...told,
  ];
  return lines
    .filter((line) => typeof line === "string" && line !== "")
    .join("\n")
    .slice(0, MOST_CHARACTERS);
}
