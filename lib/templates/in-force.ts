/** The templates that one may issue from: of the vendor's own those that are not hidden, and of the team's those that an admin has accepted. Asks nobody who they are: whoever issues has been asked. */
import { onceForNow, reader, readRows, type Tx } from "@/lib/db";
import type { EffectivePolicy } from "@/lib/keys/policy";
import type { Profile, Template } from "@/lib/profiles/profile";
import { profiles } from "@/lib/profiles/registry";
import { arranged, arrangementOf, readIds, type TemplateRow, templateOfRow } from "./stored";

/** By vendor, in the order of the form. @param db a transaction's, for who decides by it */
export async function templatesInForce(
  db: Pick<Tx, "template" | "templateArrangement"> = reader(),
): Promise<Map<string, readonly Template[]>> {
  const [rows, arrangements] = await Promise.all([
    db.template.findMany({ where: { state: "accepted" }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
    db.templateArrangement.findMany(),
  ]);
  const inForce = [...profiles.values()].map((profile): [string, readonly Template[]] => {
    const { order, hidden } = arrangementOf(arrangements.find((each) => each.profile === profile.id));
    const own = profile.templates.filter(({ id }) => !hidden.includes(id));
    const team = rows.filter((row) => row.profile === profile.id).map(templateOfRow);
    return [profile.id, arranged([...own, ...team], order)];
  });
  return new Map(inForce);
}

/** Those of one vendor, with prepared statements: for each request of a program that names none. */
export const templatesInForceOf = ({ id, templates }: Profile): Promise<readonly Template[]> =>
  onceForNow(`templates in force of ${id}`, async () => {
    const [arrangements, team] = await Promise.all([
      readRows<{ order: string; hidden: string }>(
        `SELECT "order", "hidden" FROM "TemplateArrangement" WHERE "profile" = ?`,
        id,
      ),
      readRows<TemplateRow>(
        `SELECT "id", "name", "note", "fills", "version" FROM "Template"
         WHERE "profile" = ? AND "state" = 'accepted' ORDER BY "createdAt", "id"`,
        id,
      ),
    ]);
    const { order, hidden } = arrangementOf(arrangements[0]);
    const own = templates.filter((template) => !hidden.includes(template.id));
    return arranged([...own, ...team.map(templateOfRow)], order);
  });

/** One of them, for each token that names one: with one prepared statement. @returns undefined when none in force has that id */
export const findTemplateInForce = async (profile: Profile, id: string): Promise<Template | undefined> =>
  id === "" ? undefined : onceForNow(`template in force ${profile.id} ${id}`, () => readTemplateInForce(profile, id));

/** What a form is judged by: the template that it names, and where a policy takes certain ones, those too: a refusal calls them by their names. */
export async function templatesToJudgeBy(
  profile: Profile,
  { templates }: Pick<EffectivePolicy, "templates">,
  named: Template | undefined,
): Promise<readonly Template[]> {
  const others = templates ? await templatesInForceOf(profile) : [];
  return named ? [named, ...others.filter(({ id }) => id !== named.id)] : others;
}

async function readTemplateInForce(profile: Profile, id: string): Promise<Template | undefined> {
  const own = profile.templates.find((template) => template.id === id);
  if (own) {
    const sql = `SELECT "hidden" FROM "TemplateArrangement" WHERE "profile" = ?`;
    const [row] = await readRows<{ hidden: string }>(sql, profile.id);
    return row && readIds(row.hidden).includes(id) ? undefined : own;
  }
  const [row] = await readRows<TemplateRow>(
    `SELECT "id", "name", "note", "fills", "version" FROM "Template" WHERE "id" = ? AND "profile" = ? AND "state" = 'accepted'`,
    id,
    profile.id,
  );
  return row && templateOfRow(row);
}
