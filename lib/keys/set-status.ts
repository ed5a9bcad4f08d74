/** Disables or enables a key here: a disabled key signs nothing more. What it signed stays valid at VideoSDK, which does not ask us. Why, if that is said, goes into the event. */
import { confirmNoSecret } from "@/lib/audit/confirm-no-secret";
import { recordEvent } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { confirmActor } from "@/lib/auth/confirm-actor";
import { now as clock } from "@/lib/clock";
import { transaction } from "@/lib/db";
import { notSaved } from "@/lib/note-not-saved";
import { parseInput } from "@/lib/parse-input";
import { goneKey } from "./gone";
import { SetKeyStatusInput } from "./schema";

/** Doing it twice is doing it once. @throws AppError `forbidden`, `invalid`, `not_found`, or `conflict` for a note on what was done before */
export async function setKeyStatus(actor: Actor, input: unknown): Promise<{ activeTokens: number }> {
  await authorize(actor, "key.set_status");
  const { keyId, disabled, note } = parseInput(SetKeyStatusInput, input);
  await confirmNoSecret({ note });
  return transaction(async (tx) => {
    await confirmActor(tx, actor);
    const key = await tx.signingKey.findUnique({
      where: { id: keyId },
      select: {
        label: true,
        disabledAt: true,
        secrets: { where: { retiredAt: null }, select: { id: true } },
      },
    });
    if (!key) throw goneKey();
    const now = clock();
    // The revoked too: VideoSDK does not know our mark, and accepts them; what a retired secret signed it does not.
    // Exact, however many there are: this is for the record, and few disable keys.
    const [current] = key.secrets;
    const activeTokens = current
      ? await tx.issuedToken.count({ where: { keyId, secretVersionId: current.id, expiresAt: { gt: now } } })
      : 0;
    if ((key.disabledAt !== null) === disabled) {
      if (note !== "") throw notSaved("key", disabled);
      return { activeTokens };
    }
    await tx.signingKey.update({ where: { id: keyId }, data: { disabledAt: disabled ? now : null } });
    const told = { outcome: "ok", target: { key: { id: keyId, label: key.label } }, at: now } as const;
    const detail = { activeTokens, ...(note === "" ? {} : { note }) };
    if (disabled)
      await recordEvent(tx, actor, {
        action: "key.disabled",
        detail: { ...detail, changed: { state: ["active", "disabled"] } },
        ...told,
      });
    else
      await recordEvent(tx, actor, {
        action: "key.enabled",
        detail: { ...detail, changed: { state: ["disabled", "active"] } },
        ...told,
      });
    return { activeTokens };
  });
}
