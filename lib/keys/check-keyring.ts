/** Tells, at the start, which signing keys' secrets the keyring does not open, so that nobody learns it while issuing. */
import { reader } from "@/lib/db";
import { open } from "@/lib/seal";

/** @returns the labels of the keys concerned */
export async function unopenableSecrets(): Promise<string[]> {
  const versions = await reader().secretVersion.findMany({
    select: { id: true, sealed: true, key: { select: { label: true } } },
  });
  return [...new Set(versions.filter((version) => !opens(version)).map(({ key }) => key.label))];
}

function opens({ id, sealed }: { id: string; sealed: string }): boolean {
  try {
    open(sealed, id);
    return true;
  } catch {
    return false;
  }
}
