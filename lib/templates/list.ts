/** Lists the templates for the page that keeps them: those of the issue form in its order with the hidden ones among them, and the proposals that wait or were declined. Whoever may only propose sees the ones in force and their own proposals. */
import { type Actor, idOf } from "@/lib/auth/actor";
import { authorize, reachOf } from "@/lib/auth/authorize";
import { reader } from "@/lib/db";
import type { Template } from "@/lib/profiles/profile";
import { profiles } from "@/lib/profiles/registry";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import type { Template as Row } from "@/prisma/generated/client";
import { TemplateState } from "./schema";
import { arranged, arrangementOf, templateOfRow } from "./stored";
import { type TemplateUser, usersByTemplate } from "./used-by";

export type ListedTemplate = {
  id: string;
  template: Template;
  hidden: boolean;
  /** What can't do without it; of who may only propose, no program. */
  usedBy: TemplateUser[];
  /** Null: the vendor's own. Instants in seconds since 1970. */
  team: { by: string; version: number; createdAt: number; changedAt: number | null } | null;
};

export type Proposal = {
  id: string;
  template: Template;
  version: number;
  state: TemplateState;
  by: string;
  isOwn: boolean;
  /** Seconds since 1970: when it was made, or changed last. */
  at: number;
  /** Of a declined one: by whom, and what they wrote. */
  answer: { by: string; note: string | null } | null;
};

export type VendorTemplates = { profile: string; templates: ListedTemplate[]; proposals: Proposal[] };

/** A list for each vendor. */
export async function listTemplates(actor: Actor): Promise<VendorTemplates[]> {
  await authorize(actor, "template.propose");
  const all = reachOf(actor, "template.propose") === "any";
  const [rows, arrangements] = await Promise.all([
    reader().template.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
    reader().templateArrangement.findMany(),
  ]);
  return Promise.all(
    [...profiles.values()].map(async ({ id: profile, templates: own }) => {
      const { order, hidden } = arrangementOf(arrangements.find((each) => each.profile === profile));
      const usedBy = await usersByTemplate(profile);
      const listed = [
        ...own.map((template) => ({ template, team: null })),
        ...rows
          .filter((row) => row.profile === profile && row.state === "accepted")
          .map((row) => ({ template: templateOfRow(row), team: teamOf(row) })),
      ].map(({ template, team }) => ({
        ...{ id: template.id, template, team },
        hidden: hidden.includes(template.id),
        // Endpoints and credentials are for admins to see.
        usedBy: (usedBy.get(template.id) ?? []).filter(({ kind }) => all || kind === "key"),
      }));
      return {
        profile,
        templates: arranged(listed, order).filter((each) => all || !each.hidden),
        proposals: rows
          .filter((row) => row.profile === profile && row.state !== "accepted")
          .filter((row) => all || row.createdById === idOf(actor))
          .map((row) => proposalOf(row, actor)),
      };
    }),
  );
}

const teamOf = ({ createdByName, version, createdAt, changedAt }: Row) => ({
  version,
  by: createdByName,
  createdAt: epochSeconds(createdAt),
  changedAt: changedAt && epochSeconds(changedAt),
});

export function proposalOf(row: Row, actor: Actor): Proposal {
  return {
    ...{ id: row.id, template: templateOfRow(row), version: row.version },
    state: TemplateState.parse(row.state),
    by: row.createdByName,
    isOwn: row.createdById === idOf(actor),
    at: epochSeconds(row.changedAt ?? row.createdAt),
    answer: row.answeredByName === null ? null : { by: row.answeredByName, note: row.answer },
  };
}
