"use client";
/** Opens what was handed over, on a click: fetches what was sealed, which is erased there, and opens it here with the key in the address. Shows the token once, and asks before it is left uncopied. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { WaitsNotice } from "@/components/into/waits-notice";
import { TextWithTime } from "@/components/time/text-with-time";
import { Time } from "@/components/time/time";
import { TokenText } from "@/components/token/token-text";
import { useCopiedByHand } from "@/components/token/use-copied-by-hand";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { useDialogAction } from "@/components/ui/use-dialog-action";
import { useInBrowser } from "@/components/ui/use-in-browser";
import type { ActionResult } from "@/lib/action-result";
import type { OpenedHandover } from "@/lib/handover/open";
import type { OpenHandoverInput } from "@/lib/handover/schema";
import { canSeal, openToken, proofOf } from "@/lib/handover/seal";

const TEXT_ID = "handed-token";
/** Behind it may stand a full stop or a bracket of the text that the link was in. */
const KEY = /^#([\w-]{43})(?![\w-])/;

/** Whoever opened a part of the link and then the whole one in the same tab changes no more than that. */
function onOtherKey(change: () => void): () => void {
  window.addEventListener("hashchange", change);
  return () => window.removeEventListener("hashchange", change);
}

type Ended = { at: number; opened: boolean };

/** @returns undefined where it was refused for something else */
function endedOf(result: ActionResult<OpenedHandover>): Ended | undefined {
  if (result.ok || result.error.at === undefined) return undefined;
  return { at: result.error.at, opened: result.error.code === "conflict" };
}

export function OpenHandover({
  header,
  closedHeader,
  ...props
}: Omit<Parameters<typeof Opening>[0], "ended" | "onEnded"> & {
  /** The page's heading. */
  header: ReactNode;
  /** The same of a link that was ended while its page stood open. */
  closedHeader: ReactNode;
}) {
  const [ended, setEnded] = useState<Ended>();
  return (
    <>
      {ended ? closedHeader : header}
      <Opening {...props} ended={ended} onEnded={setEnded} />
    </>
  );
}

function Opening({
  id,
  expiresAt,
  action,
  ended,
  onEnded,
}: {
  id: string;
  /** Seconds since 1970. */
  expiresAt: number;
  action: (input: OpenHandoverInput) => Promise<ActionResult<OpenedHandover>>;
  /** When what it is refused for was done, and whether that was opening it. */
  ended: Ended | undefined;
  onEnded: (ended: Ended | undefined) => void;
}) {
  const key = useInBrowser(() => KEY.exec(window.location.hash)?.[1] ?? "", undefined, onOtherKey);
  const able = useInBrowser(canSeal, true);
  const [token, setToken] = useState<string>();
  const [opened, setOpened] = useState<OpenedHandover>();
  const [broken, setBroken] = useState(false);
  const [taken, setTaken] = useState(false);
  /** Whether it may have been opened from here. */
  const [answerLost, setAnswerLost] = useState(false);
  const shown = useRef<HTMLDivElement>(null);
  const { pending, failure, run } = useDialogAction(
    "The server could not be reached, or its answer was lost, and then it was opened all the same. Try again in a moment.",
  );
  const uncopied = token !== undefined && !taken;
  useCopiedByHand(token, () => setTaken(true));

  useEffect(() => {
    if (token !== undefined) shown.current?.focus();
  }, [token]);
  useEffect(() => {
    if (!uncopied) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [uncopied]);

  function open(linkKey: string) {
    run(
      async () => {
        const result = await action({ id, proof: await proofOf(linkKey) }).catch((error: unknown) => {
          setAnswerLost(true);
          throw error;
        });
        onEnded(endedOf(result));
        return result;
      },
      (answer) => {
        // It opens nothing any more, and need not stay in the address.
        window.history.replaceState(null, "", window.location.pathname);
        setOpened(answer);
        openToken(answer?.sealed ?? "", linkKey).then(setToken, () => setBroken(true));
      },
    );
  }

  if (token !== undefined)
    return (
      <div ref={shown} tabIndex={-1} className="flex flex-col gap-3 outline-none">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <CopyButton
            variant="primary"
            label="Copy token"
            value={token}
            selectId={TEXT_ID}
            onCopied={() => setTaken(true)}
            saidBeside
          />
          <span role="status">
            {taken ? <Badge tone="ok">Copied</Badge> : <Badge tone="warn">Not copied yet. It is shown once</Badge>}
          </span>
        </div>
        <div className="issued-card">
          <TokenText id={TEXT_ID} data-testid="token" token={token} />
        </div>
        {opened?.from ? <WaitsNotice from={opened.from} vendor={opened.vendor} /> : null}
        <p className="text-small text-soft">
          {opened ? (
            <>
              It is good until <Time epochSeconds={opened.until} mode="both" />.{" "}
            </>
          ) : null}
          It is erased here: this page shows it until you leave.
        </p>
      </div>
    );
  if (!able)
    return (
      <Notice tone="warn" title="Not at this address.">
        The browser opens it on https and on localhost only. Nothing was opened: open the link at the desk's https
        address.
      </Notice>
    );
  if (broken)
    return (
      <Notice tone="bad" role="alert" title="It can't be read.">
        What was kept was changed since, and is erased. Ask for another one, and tell an admin.
      </Notice>
    );
  return (
    <>
      {ended === undefined ? (
        <p className="mb-4 text-soft">
          The link opens once, until <Time epochSeconds={expiresAt} mode="both" />.
        </p>
      ) : null}
      {key === "" ? (
        <Notice tone="warn" className="mb-4">
          A part of the link is missing. Nothing was opened: open the whole link, as it was sent to you.
        </Notice>
      ) : null}
      {failure ? (
        <Notice tone="bad" role="alert" className="mb-4">
          {answerLost && ended?.opened ? (
            <p className="mb-2">
              An answer to this page was lost on its way, so it may be this page that opened it. Then nobody else has
              the token: ask for another one.
            </p>
          ) : null}
          <TextWithTime text={failure} at={ended?.at} />
        </Notice>
      ) : null}
      <Button
        variant="primary"
        className="w-full"
        pending={pending}
        disabled={!key || ended !== undefined}
        onClick={() => key && open(key)}
      >
        Open and erase
      </Button>
    </>
  );
}
