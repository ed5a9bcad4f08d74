/** What uses a template: keys whose policies name it, their own part or that for issuers, endpoints that give its tokens, and credentials that may issue from it. Such a one can't be taken away from them. */
import { now } from "@/lib/clock";
import { reader, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { readPolicy } from "@/lib/keys/policy";
import * as z from "@/lib/zod";

export type TemplateUser = { kind: "key" | "endpoint" | "credential"; id: string; label: string };

const Ids = z.array(z.string());

/** @returns the users by the ids of the templates; of endpoints and credentials those that have not ended */
export async function usersByTemplate(
  profile: string,
  db: Pick<Tx, "signingKey" | "endpoint" | "credential"> = reader(),
): Promise<Map<string, TemplateUser[]>> {
  const open = { endedAt: null, OR: [{ endsAt: null }, { endsAt: { gt: now() } }] };
  const keys = await db.signingKey.findMany({
    where: { profile },
    orderBy: { createdAt: "asc" },
    select: { id: true, label: true, policy: true },
  });
  const endpoints = await db.endpoint.findMany({
    where: { ...open, keyId: { in: keys.map(({ id }) => id) } },
    orderBy: { createdAt: "asc" },
    select: { id: true, name: true, templateId: true },
  });
  const credentials = await db.credential.findMany({
    where: { ...open, templateIds: { not: null } },
    orderBy: { createdAt: "asc" },
    select: { id: true, name: true, templateIds: true },
  });
  const using = new Map<string, TemplateUser[]>();
  const add = (template: string, user: TemplateUser) => using.set(template, [...(using.get(template) ?? []), user]);
  for (const { id, label, policy: text } of keys) {
    const policy = readPolicy(text);
    for (const template of new Set([...(policy.templates ?? []), ...(policy.issuer?.templates ?? [])]))
      add(template, { kind: "key", id, label });
  }
  for (const { id, name, templateId } of endpoints) add(templateId, { kind: "endpoint", id, label: name });
  for (const { id, name, templateIds } of credentials)
    for (const template of Ids.parse(JSON.parse(templateIds ?? "[]")))
      add(template, { kind: "credential", id, label: name });
  return using;
}

/** @param kept what was not done: "Nothing was deleted" @throws AppError `conflict`, which says where it is used */
export async function confirmUnused(tx: Tx, profile: string, templateId: string, kept: string): Promise<void> {
  const users = (await usersByTemplate(profile, tx)).get(templateId) ?? [];
  if (users.length === 0) return;
  const keys = users.filter(({ kind }) => kind === "key");
  const programs = users.filter(({ kind }) => kind !== "key");
  const named = keys.map(({ label }) => `“${label}”`).join(", ");
  const policies =
    keys.length === 1 ? `the policy of the key ${named} names` : `the policies of the keys ${named} name`;
  const used = `${keys.length > 0 ? "It" : "it"} is used by ${programs.map(({ kind, label }) => `the ${kind} “${label}”`).join(", ")}`;
  const told = [
    ...(keys.length > 0 ? [`${policies} this template. Take it out there first.`] : []),
    ...(programs.length > 0 ? [`${used}. Give them another first, or end them.`] : []),
  ];
  throw new AppError("conflict", `${kept}: ${told.join(" ")}`);
}
