"use client";
/** Asks before tokens are revoked here: says what it covers, until when the vendor still accepts them, and what would really end them. Takes a reason, and cannot be undone. */
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { Time } from "@/components/time/time";
import type { ButtonSize } from "@/components/ui/button";
import { NoteDialog } from "@/components/ui/note-dialog";
import { Notice } from "@/components/ui/notice";
import { useDialogAction } from "@/components/ui/use-dialog-action";
import type { ActionResult } from "@/lib/action-result";
import { firstProfile, profileOf } from "@/lib/profiles/registry";
import { counted } from "@/lib/text/counted";
import { holdersInWords } from "@/lib/text/holders";
import type { Revocation } from "@/lib/tokens/revoke";
import type { RevocationScope, RevokeTokensInput } from "@/lib/tokens/schema";
import { WhereItEnds } from "./where-it-ends";

export type RevokeActions = {
  preview: (scope: RevocationScope) => Promise<ActionResult<Revocation>>;
  revoke: (input: RevokeTokensInput) => Promise<ActionResult<{ tokens: number }>>;
};

const REASON = {
  name: "reason",
  label: "Reason",
  help: "Everybody who may see the ledger reads it.",
  optional: false,
};

export function RevokeDialog({
  scope,
  what,
  size = "md",
  actions,
  onRevoked,
}: {
  scope: RevocationScope;
  /** After "Revoke": "No. 3,459", "all unexpired tokens of Tomás". */
  what: string;
  size?: ButtonSize;
  actions: RevokeActions;
  /** Absent: the page is drawn anew. */
  onRevoked?: () => void;
}) {
  const router = useRouter();
  const [covers, setCovers] = useState<Revocation>();
  const [counting, setCounting] = useState(1);
  const nothing = covers?.tokens === 0;

  async function revoke(reason: string) {
    if (!covers) return undefined;
    const result = await actions.revoke({ scope, upTo: covers.upTo, reason });
    if (result.ok) {
      if (onRevoked) onRevoked();
      else router.refresh();
    } else if (result.error.code === "conflict") {
      // Somebody has revoked them meanwhile: what it would cover now.
      setCounting(counting + 1);
    }
    return result;
  }

  return (
    <NoteDialog
      field={REASON}
      isAsked={covers !== undefined && !nothing}
      trigger={scope.of === "numbers" && scope.numbers.length === 1 ? "Revoke…" : "Revoke tokens…"}
      triggerSize={size}
      title={`Revoke ${what}?`}
      confirmLabel={nothing ? undefined : covers ? `Revoke ${counted(covers.tokens, "token")}` : "Revoke"}
      isReady={covers !== undefined}
      onConfirm={revoke}
      // The page behind it is older than what it has just said. Not before: the button whose dialog it is may go.
      onClose={() => (nothing && !onRevoked ? router.refresh() : undefined)}
      done={(revoked) => `${counted(revoked?.tokens ?? 0, "token")} revoked.`}
    >
      <Coverage key={counting} covers={covers} count={() => actions.preview(scope)} onCounted={setCovers} />
    </NoteDialog>
  );
}

/** Counts when the dialog opens, since the page may be old, and says what of it here and at the vendor. */
function Coverage({
  covers,
  count,
  onCounted,
}: {
  covers: Revocation | undefined;
  count: () => ReturnType<RevokeActions["preview"]>;
  /** Undefined: it is counted anew, or the dialog was closed. */
  onCounted: (covers: Revocation | undefined) => void;
}) {
  const { failure, run } = useDialogAction("The server could not be reached. Close this, and try again.");
  const { name, words } = covers?.key ? profileOf(covers.key.profile) : firstProfile();
  const ask = useEffectEvent(() => run(count, onCounted));
  const forget = useEffectEvent(() => onCounted(undefined));
  useEffect(() => {
    ask();
    return () => forget();
  }, []);
  const them = covers?.tokens === 1 ? "it" : "them";
  return (
    <div role="status" className="flex flex-col gap-2">
      {failure !== undefined ? (
        <Notice tone="bad">{failure}</Notice>
      ) : covers === undefined ? (
        <p>Counting what that covers…</p>
      ) : covers.tokens === 0 ? (
        <Notice>
          {covers.others > 0
            ? `None of them is yours. ${counted(covers.others, "token")} of others: an admin can revoke ${covers.others === 1 ? "it" : "them"}.`
            : "Nothing is left to revoke: each has expired, or was revoked before."}
        </Notice>
      ) : (
        <>
          <p>
            <strong className="text-ink">Here:</strong> {counted(covers.tokens, "token")}
            {covers.people + covers.programs > 1 ? ` of ${holdersInWords(covers)}` : ""}{" "}
            {covers.tokens === 1 ? "is" : "are"} marked as revoked in the ledger, in the audit log and wherever somebody
            pastes {them}. This can't be undone.
          </p>
          <p>
            <strong className="text-ink">At {name}:</strong>{" "}
            {covers.lastExpiry === null ? (
              <>
                it refuses {them} already, since the secret that signed {them} is retired.
              </>
            ) : (
              <>
                nothing changes. It still accepts{" "}
                {covers.refused === 0 ? them : counted(covers.tokens - covers.refused, "token")} until{" "}
                <Time epochSeconds={covers.lastExpiry} mode="clock" />
                {covers.tokens - covers.refused === 1 ? "" : ", when the last one expires"}
                {covers.refused === 0
                  ? ""
                  : `; ${counted(covers.refused, "token")} of a retired secret it refuses already`}
                . To really end {them}, {words.toStopKey} <WhereItEnds signedWith={covers.key} />
              </>
            )}
          </p>
          {covers.others > 0 ? (
            <p>
              {counted(covers.others, "token")} of others{" "}
              {covers.others === 1
                ? "stays as it is: an admin can revoke it."
                : "stay as they are: an admin can revoke them."}
            </p>
          ) : null}
        </>
      )}
    </div>
  );
}
