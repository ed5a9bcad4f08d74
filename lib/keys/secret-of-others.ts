/** Whether a secret that is about to be kept is one that the desk knows already, or that anybody could guess, and what is said of it. */
import type { Tx } from "@/lib/db";
import type { Profile } from "@/lib/profiles/profile";
import { open } from "@/lib/seal";

/** @param print its fingerprint @returns the keys that have, or had, the same secret, and until when (null: still) */
export async function keysWithSecret(
  tx: Tx,
  secret: string,
  print: string,
): Promise<{ keyId: string; label: string; retiredAt: Date | null }[]> {
  const alike = await tx.secretVersion.findMany({
    where: { fingerprint: print },
    select: { id: true, keyId: true, sealed: true, retiredAt: true, key: { select: { label: true } } },
  });
  const same: { keyId: string; label: string; retiredAt: Date | null }[] = [];
  for (const { id, keyId, sealed, retiredAt, key } of alike) {
    if ((await open(sealed, id)) === secret) same.push({ keyId, label: key.label, retiredAt });
  }
  return same;
}

export const sharedSaid = (label: string, vendor: string) =>
  `"${label}" has this secret too. ${vendor} gives each API key a secret of its own, so it is likely that of the other key: copy it again, or tick this to save it all the same.`;

export const guessableSaid = ({ dashboard }: Profile["words"]) =>
  `This can be guessed: it is made of words or of keys beside one another, or is the hash of a common password. Copy the secret again from ${dashboard}.`;
