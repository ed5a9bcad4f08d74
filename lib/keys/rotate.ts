/** Gives a key another secret: the one before is retired and kept, sealed, to recognise what it signed. Refuses a secret that the key has or had, and, until it is confirmed, one that another key has. What the old one signed is refused by the vendor once it is regenerated there. */
import { recordEvent } from "@/lib/audit/record";
import { type Actor, idOf } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { now } from "@/lib/clock";
import { reader, transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/new-id";
import { parseInput } from "@/lib/parse-input";
import type { Profile } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { seal } from "@/lib/seal";
import { formatSpan } from "@/lib/text/span";
import { fingerprint } from "./fingerprint";
import { goneKey } from "./gone";
import { isGuessable } from "./guessable-secret";
import { isJustNow } from "./just-rotated";
import { KeyInput, rotateKeyInput } from "./schema";
import { guessableSaid, keysWithSecret, type Like, sharedSaid } from "./secret-of-others";

const refuse = (fields: Record<string, string>, code: "invalid" | "conflict" = "invalid") =>
  new AppError(code, "Nothing was changed.", { fields });

/** @param at now, for a key that was rotated before: what it began with nobody has regenerated yet */
function ownSaid({ label, createdAt, retiredAt }: Like, at: Date | undefined, { words }: Profile): string {
  const { dashboard } = words;
  if (!retiredAt && at && isJustNow(createdAt, at))
    return `"${label}" was rotated to this secret ${formatSpan(Math.floor((at.getTime() - createdAt.getTime()) / 1000))} ago. If it was regenerated once more since, paste the newer one.`;
  const had = retiredAt ? `"${label}" had this secret before.` : `This is the secret that "${label}" has.`;
  return `${had} Regenerate it in ${dashboard}, and paste the new one.`;
}

/** @returns `activeTokens`: how many that have not expired the secret before had signed @throws AppError `forbidden`, `invalid`, `conflict` or `not_found` */
export async function rotateKey(
  actor: Actor,
  input: unknown,
): Promise<{ keyId: string; fingerprint: string; activeTokens: number }> {
  await authorize(actor, "key.rotate");
  const { keyId } = parseInput(KeyInput, input);
  const known = await reader().signingKey.findUnique({
    where: { id: keyId },
    select: { apiKey: true, label: true, profile: true },
  });
  if (!known) throw goneKey();
  const profile = profileOf(known.profile);
  const { secret, sharesSecret } = parseInput(rotateKeyInput(profile, known.apiKey), input);
  if (isGuessable(secret, known)) throw refuse({ secret: guessableSaid(profile.words) });
  const versionId = newId();
  const sealed = await seal(secret, versionId);
  const print = fingerprint(secret);
  const at = now();

  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    const key = await tx.signingKey.findUnique({
      where: { id: keyId },
      select: { label: true, secrets: { where: { retiredAt: null }, select: { id: true, fingerprint: true } } },
    });
    if (!key) throw goneKey();
    const named = await tx.signingKey.findUnique({ where: { apiKey: secret }, select: { label: true } });
    if (named) throw refuse({ secret: `This is the API key of "${named.label}", not a secret.` });
    const same = await keysWithSecret(tx, secret);
    // Another end or other capitals than before is how a slip is put right.
    const own = same.find((each) => each.keyId === keyId && each.exactly);
    if (own) {
      const wasRotated = (await tx.secretVersion.count({ where: { keyId, retiredAt: { not: null } } })) > 0;
      throw refuse({ secret: ownSaid(own, wasRotated ? at : undefined, profile) });
    }
    const sharedWith = same.find((each) => each.keyId !== keyId);
    if (sharedWith && !sharesSecret) throw refuse({ sharesSecret: sharedSaid(sharedWith, profile.name) }, "conflict");
    const [before] = key.secrets;
    const activeTokens = before
      ? await tx.issuedToken.count({ where: { keyId, secretVersionId: before.id, expiresAt: { gt: at } } })
      : 0;
    await tx.secretVersion.updateMany({ where: { keyId, retiredAt: null }, data: { retiredAt: at } });
    // What it signed elsewhere its vendor takes no more either.
    const cases = before
      ? await tx.case.findMany({ where: { secretVersionId: before.id }, select: { number: true } })
      : [];
    if (cases.length > 0)
      await tx.caseToken.updateMany({
        where: { caseNumber: { in: cases.map(({ number }) => number) }, refusedBy: null },
        data: { refusedBy: profile.id },
      });
    await tx.secretVersion.create({
      data: { id: versionId, keyId, sealed, fingerprint: print, createdAt: at, enteredById: idOf(actor) },
    });
    await recordEvent(tx, actor, {
      action: "key.rotated",
      outcome: "ok",
      detail: {
        changed: { fingerprint: [before?.fingerprint ?? null, print] },
        activeTokens,
        ...(sharedWith ? { sharesSecretWith: sharedWith.label } : {}),
      },
      target: { key: { id: keyId, label: key.label } },
      at,
    });
    return { keyId, fingerprint: print, activeTokens };
  });
}
