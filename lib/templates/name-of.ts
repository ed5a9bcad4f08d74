/** What a template is called, in force or not: an endpoint may outlive it. */
import { reader } from "@/lib/db";
import { profiles } from "@/lib/profiles/registry";

/** @returns its id, where nothing has that id any more */
export async function nameOfTemplate(id: string): Promise<string> {
  const own = [...profiles.values()].flatMap(({ templates }) => templates).find((template) => template.id === id);
  if (own) return own.name;
  const row = await reader().template.findUnique({ where: { id }, select: { name: true } });
  return row?.name ?? id;
}
