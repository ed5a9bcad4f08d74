/** Which keys' policies name a template, their own part or that for issuers: such a one can't be taken away from them. */
import { reader, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { readPolicy } from "@/lib/keys/policy";

export type UsingKey = { id: string; label: string };

/** @returns the keys by the ids of the templates that their policies name */
export async function keysByTemplate(
  profile: string,
  db: Pick<Tx, "signingKey"> = reader(),
): Promise<Map<string, UsingKey[]>> {
  const keys = await db.signingKey.findMany({
    where: { profile },
    orderBy: { createdAt: "asc" },
    select: { id: true, label: true, policy: true },
  });
  const using = new Map<string, UsingKey[]>();
  for (const { id, label, policy: text } of keys) {
    const policy = readPolicy(text);
    for (const template of new Set([...(policy.templates ?? []), ...(policy.issuer?.templates ?? [])]))
      using.set(template, [...(using.get(template) ?? []), { id, label }]);
  }
  return using;
}

/** @param kept what was not done: "Nothing was deleted" @throws AppError `conflict`, which says where it is used */
export async function confirmUnused(tx: Tx, profile: string, templateId: string, kept: string): Promise<void> {
  const keys = (await keysByTemplate(profile, tx)).get(templateId) ?? [];
  if (keys.length === 0) return;
  const named = keys.map(({ label }) => `“${label}”`).join(", ");
  const policies =
    keys.length === 1 ? `the policy of the key ${named} names` : `the policies of the keys ${named} name`;
  throw new AppError("conflict", `${kept}: ${policies} this template. Take it out there first.`);
}
