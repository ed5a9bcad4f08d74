/** What every verb on templates asks before it writes: whether the name is free, whether there is room for one more, and whether this one may change that one. */
import { type Actor, idOf } from "@/lib/auth/actor";
import { authorize, isAllowed } from "@/lib/auth/authorize";
import { reader, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Profile } from "@/lib/profiles/profile";
import { profiles } from "@/lib/profiles/registry";
import { MOST_PROPOSALS, MOST_TEMPLATES } from "@/lib/sizes";
import { readsLike } from "@/lib/text/reads-like";
import type { Template } from "@/prisma/generated/client";
import type { Fills } from "./schema";

export const profileNamed = (id: string): Profile | undefined => profiles.get(id);

/** What everybody reads of it, by field. */
export function textsOf({ name, note, fills }: { name: string; note: string; fills: Fills }): Record<string, string> {
  const ids = Object.entries(fills.given).filter((field): field is [string, string] => typeof field[1] === "string");
  return { ...Object.fromEntries(ids), name, note };
}

/** Hidden and proposed ones too, and whatever reads the same: whoever reads the ledger should not have to ask which of the two it was. @throws AppError `invalid` */
export async function confirmName(tx: Tx, profile: Profile, name: string, ownId?: string): Promise<void> {
  const team = await tx.template.findMany({
    where: { profile: profile.id },
    select: { id: true, name: true, state: true },
  });
  const isLike = readsLike(name);
  const twin = [...profile.templates.map((own) => ({ ...own, state: "accepted" })), ...team].find(
    (other) => other.id !== ownId && isLike(other.name),
  );
  if (!twin) return;
  const isAccepted = twin.state === "accepted";
  const isSame = twin.name.toLowerCase() === name.toLowerCase();
  // The name of another's proposal is not everybody's to read.
  const like = isAccepted ? `"${twin.name}" reads the same.` : "The name of a proposal reads the same.";
  const said = isSame ? `There is ${isAccepted ? "a template" : "a proposal"} of this name already.` : like;
  throw new AppError("invalid", "Nothing was saved; what you typed is kept.", {
    fields: { name: `${said} Choose another one.` },
  });
}

/** @throws AppError `conflict` */
export async function confirmRoom(tx: Tx, profile: string, state: string, actorId: string | null): Promise<void> {
  if (state === "accepted") {
    if ((await tx.template.count({ where: { profile, state } })) >= MOST_TEMPLATES)
      throw new AppError(
        "conflict",
        `Nothing was saved; what you typed is kept. There are ${MOST_TEMPLATES} templates already: delete one first.`,
      );
    return;
  }
  const waiting = await tx.template.count({ where: { createdById: actorId, state: { not: "accepted" } } });
  if (waiting >= MOST_PROPOSALS)
    throw new AppError(
      "conflict",
      `Nothing was saved; what you typed is kept. ${MOST_PROPOSALS} proposals of yours are here already: withdraw one first.`,
    );
}

/** @param typed what becomes of what was typed, which a page that is loaded anew would lose; empty: nothing was */
export const goneTemplate = (typed = "") =>
  new AppError(
    "not_found",
    typed
      ? `Nothing was saved. There is no such template any more. ${typed}`
      : "There is no such template. Reload the page.",
  );

/** For who may propose at all: whoever proposed this one may until it is accepted. Asked outside of the transaction, as a denial is recorded in one of its own. @param typed what becomes of what was typed, where something was @returns it as it is now */
export async function authorizeChange(templateId: string, actor: Actor, typed = ""): Promise<Template> {
  const seen = await reader().template.findUnique({ where: { id: templateId } });
  if (!seen) throw goneTemplate(typed);
  // Whoever proposed it has opened it while it was theirs to change, and does nothing forbidden: an admin was faster.
  if (seen.state === "accepted" && seen.createdById === idOf(actor) && !isAllowed(actor, "template.manage"))
    throw new AppError(
      "conflict",
      `Nothing was changed. This proposal was accepted: from now on only an admin changes or deletes it. ${typed}`.trim(),
    );
  if (seen.state === "accepted") await authorize(actor, "template.manage");
  else await authorize(actor, "template.propose", { ownerId: seen.createdById });
  return seen;
}

/** The row under the lock. @param authorized for which it was asked whether they may @param seen what they have read of it; absent: whichever @throws AppError `not_found`, or `conflict` when somebody was faster */
export async function lockTemplate(
  tx: Tx,
  authorized: Pick<Template, "id" | "state">,
  seen: Partial<Pick<Template, "version" | "state">> = {},
): Promise<Template> {
  const row = await tx.template.findUnique({ where: { id: authorized.id } });
  if (!row) throw goneTemplate();
  const { version, state } = { ...row, ...seen };
  // Proposed anew, the word on why would be gone before it was read.
  if (row.state === "declined" && state === "proposed" && row.version === version)
    throw new AppError(
      "conflict",
      `Nothing was saved. ${row.answeredByName ?? "An admin"} declined it meanwhile: reload the page to read why. What you typed is kept.`,
    );
  if (row.state !== authorized.state || row.state !== state || row.version !== version)
    throw new AppError(
      "conflict",
      "Nothing was saved. Somebody else changed this template meanwhile: reload the page to see it. What you typed stands here until then.",
    );
  return row;
}
