/** Whether a secret that is about to be kept is one that the desk knows already, or that anybody could guess, and what is said of it. */
import type { Tx } from "@/lib/db";
import type { Profile } from "@/lib/profiles/profile";
import { open } from "@/lib/seal";

export type Like = { keyId: string; label: string; createdAt: Date; retiredAt: Date | null; exactly: boolean };

/** What a slip of the hand leaves of a secret that was not drawn anew. */
function isNearly(one: string, other: string): boolean {
  const [longer, shorter] =
    one.length < other.length ? [other.toLowerCase(), one.toLowerCase()] : [one.toLowerCase(), other.toLowerCase()];
  return longer.length - shorter.length < 2 && (longer.startsWith(shorter) || longer.endsWith(shorter));
}

/** One that opens no more keeps no other from being saved. */
function openIfItOpens(sealed: string, id: string): string | undefined {
  try {
    return open(sealed, id);
  } catch {
    return undefined;
  }
}

/** @returns the keys that have, or had, the same secret, or one that differs in its capitals or by a character at an end; and until when (null: still) */
export async function keysWithSecret(tx: Tx, secret: string): Promise<Like[]> {
  const versions = await tx.secretVersion.findMany({
    select: {
      ...{ id: true, keyId: true, sealed: true, createdAt: true, retiredAt: true },
      key: { select: { label: true } },
    },
  });
  const found = versions.flatMap(({ id, keyId, sealed, createdAt, retiredAt, key }) => {
    const known = openIfItOpens(sealed, id);
    const like = { keyId, label: key.label, createdAt, retiredAt, exactly: known === secret };
    return known !== undefined && isNearly(known, secret) ? [like] : [];
  });
  return found.sort((a, b) => Number(b.exactly) - Number(a.exactly));
}

export const sharedSaid = ({ label, exactly }: Like, vendor: string) =>
  `"${label}" has this secret too${exactly ? "" : ", but for its capitals or a character at an end"}. ${vendor} gives each API key a secret of its own, so it is likely that of the other key: copy it again, or tick this to save it all the same.`;

export const guessableSaid = ({ dashboard }: Profile["words"]) =>
  `This can be guessed: it is made of words or of keys beside one another, or is the hash of a common password or of the API key. Copy the secret again from ${dashboard}.`;
