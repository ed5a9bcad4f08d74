/** Reads one of the team's templates for its own page. Another's proposal is nothing to who may only propose. */
import { type Actor, idOf } from "@/lib/auth/actor";
import { authorize, reachOf } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import { type Proposal, proposalOf } from "./list";
import { type TemplateUser, usersByTemplate } from "./used-by";

export type TeamTemplate = Proposal & {
  profile: string;
  /** Whether this actor may change it: their own proposal, or any. */
  mayChange: boolean;
  /** What a change of it reaches at once; of who may change one in force. */
  usedBy: TemplateUser[];
};

/** @returns undefined when there is none that they may see @throws AppError `forbidden` */
export async function getTemplate(actor: Actor, id: string): Promise<TeamTemplate | undefined> {
  await authorize(actor, "template.propose");
  const row = await reader().template.findUnique({ where: { id } });
  const all = reachOf(actor, "template.propose") === "any";
  if (!row || !(all || row.state === "accepted" || row.createdById === idOf(actor))) return undefined;
  return {
    ...{ ...proposalOf(row, actor), profile: row.profile, mayChange: all || row.state !== "accepted" },
    usedBy: all && row.state === "accepted" ? ((await usersByTemplate(row.profile)).get(id) ?? []) : [],
  };
}
