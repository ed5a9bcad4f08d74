/** Refuses a name that would pass for somebody else: another member's, a program's, and the words by which the audit log tells of who is no member; and one that holds a secret or a token. */
import { heldInText } from "@/lib/audit/confirm-no-secret";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { LIKE_A_SECRET_SAID } from "@/lib/profiles/no-secret";
import { readsLike } from "@/lib/text/reads-like";
import { ANYBODY, nameOf, SOMEBODY } from "./actor";

const RESERVED = [
  ...[nameOf({ kind: "system" }), "Claimcheck", "A visitor", "Nobody", "Nobody signed in", "Not known", "You"],
  ...[SOMEBODY, ANYBODY],
];

/** Alphabets that have letters of one look. */
const ALIKE = {
  Latin: /\p{Script=Latin}/u,
  Cyrillic: /\p{Script=Cyrillic}/u,
  Greek: /\p{Script=Greek}/u,
  Armenian: /\p{Script=Armenian}/u,
  Cherokee: /\p{Script=Cherokee}/u,
  Coptic: /\p{Script=Coptic}/u,
  Lisu: /\p{Script=Lisu}/u,
  Deseret: /\p{Script=Deseret}/u,
  Osage: /\p{Script=Osage}/u,
  "Canadian syllabics": /\p{Script=Canadian_Aboriginal}/u,
};

/** Of a word that is spelled in two of them, as no name is (UTS 39 §5.2). @returns a word, with their names */
function mixedAlphabets(name: string): string | undefined {
  for (const word of name.match(/[\p{L}\p{M}]+/gu) ?? []) {
    const found = Object.entries(ALIKE).flatMap(([script, letters]) => (letters.test(word) ? script : []));
    if (found.length > 1) return `“${word}” mixes letters of two alphabets (${found.join(", ")}) that look alike.`;
  }
  return undefined;
}

const EMAIL = /\S@\S/;

const refused = (name: string) => new AppError("invalid", "This name was not taken.", { fields: { name } });

/**
 * @param ownId of the member whose name it becomes
 * @throws AppError `invalid`, by field
 */
export async function confirmName(tx: Tx, name: string, ownId: string): Promise<void> {
  if (await heldInText(name, { db: tx })) throw refused(LIKE_A_SECRET_SAID);
  if (EMAIL.test(name)) throw refused("An email is no name, and may be another's. Enter your own name.");
  const mixed = mixedAlphabets(name);
  if (mixed) throw refused(`${mixed} Type your name on one keyboard, instead of pasting it.`);
  const isLike = readsLike(name);
  if (RESERVED.some(isLike)) throw refused("The audit log uses this name where no member acted. Enter your own name.");
  const [credentials, endpoints] = await Promise.all([
    tx.credential.findMany({ select: { name: true } }),
    tx.endpoint.findMany({ select: { name: true } }),
  ]);
  const isSame = (other: { name: string }) => isLike(other.name);
  if ([...credentials, ...endpoints].some(isSame))
    throw refused("A program has this name, and the audit log could not tell you apart. Add a surname or an initial.");
  // Those who left, too: the log goes on to name them.
  const others = await tx.member.findMany({ where: { id: { not: ownId } }, select: { name: true } });
  if (others.some(isSame))
    throw refused(
      "Another member has this name, and the audit log could not tell you apart. Add a surname or an initial.",
    );
}

/** The same of what a program is called. No email either, also of nobody yet: whoever has it may join later. @throws AppError `invalid` */
export async function confirmProgramName(tx: Tx, name: string): Promise<void> {
  const refuse = (said: string) =>
    new AppError("invalid", "Nothing was saved; what you typed is kept.", { fields: { name: said } });
  const isLike = readsLike(name);
  const members = await tx.member.findMany({ select: { name: true, email: true } });
  if (EMAIL.test(name.normalize("NFKC")) || members.some(({ email }) => isLike(email)))
    throw refuse("An email is no name of a program, and may be a member's. Say what the program is.");
  if ([...RESERVED, ...members.map((member) => member.name)].some(isLike))
    throw refuse("A member has this name, or the audit log tells of nobody by it. Say what the program is.");
}
