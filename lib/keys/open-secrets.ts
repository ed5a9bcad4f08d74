/** Opens sealed secrets for signing and verifying, inside the server only. Callers hold them no longer than the act takes. */
import { reader } from "@/lib/db";
import { open } from "@/lib/seal";

export type OpenSecret = {
  versionId: string;
  secret: string;
  retired: boolean;
  key: { id: string; label: string; apiKey: string; disabled: boolean };
};

/** @param keyId one key's secrets, or those of all keys; current ones first */
export async function openSecrets(keyId?: string): Promise<OpenSecret[]> {
  const versions = await reader().secretVersion.findMany({
    where: keyId ? { keyId } : {},
    include: { key: { select: { id: true, label: true, apiKey: true, disabledAt: true } } },
    orderBy: { createdAt: "desc" },
  });
  const opened = await Promise.all(
    versions.map(async (version) => ({
      versionId: version.id,
      secret: await open(version.sealed, version.id),
      retired: version.retiredAt !== null,
      key: {
        id: version.key.id,
        label: version.key.label,
        apiKey: version.key.apiKey,
        disabled: version.key.disabledAt !== null,
      },
    })),
  );
  return opened.sort((a, b) => Number(a.retired) - Number(b.retired));
}
