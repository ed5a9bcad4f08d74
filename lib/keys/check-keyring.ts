/** Tells, at the start, which signing keys' secrets the keyring does not open, so that nobody learns it while issuing. */
import { reader } from "@/lib/db";
import { open } from "@/lib/seal";

/** @returns the labels of the keys concerned */
export async function unopenableSecrets(): Promise<string[]> {
  const versions = await reader().secretVersion.findMany({
    select: { id: true, sealed: true, key: { select: { label: true } } },
  });
  const labels = await Promise.all(
    versions.map((version) =>
      open(version.sealed, version.id).then(
        () => [],
        () => [version.key.label],
      ),
    ),
  );
  return [...new Set(labels.flat())];
}
