"use client";
/** Everything that is known of a pasted text, top to bottom: the verdict, the payload, why, and the rest; draws the token into the field above. */
import { useDeferredValue, useMemo, useState } from "react";
import { ScanResult, type ScanResultProps } from "@/components/scan/scan-result";
import { SearchLimits } from "@/components/scan/search-limits";
import type { InspectAction } from "@/components/scan/use-check";
import { useScan } from "@/components/scan/use-scan";
import { handDraft } from "@/components/token/handoff";
import { Notice } from "@/components/ui/notice";
import { useOpenPage } from "@/components/ui/use-open-page";
import type { Decoded } from "@/lib/decoder/decode";
import { judgeFound } from "@/lib/decoder/judge-credentials";
import { judgeText, type KnownKey, mayBeSecret, type TextVerdict } from "@/lib/decoder/judge-text";
import { profileOf } from "@/lib/profiles/registry";
import type { KnownSecret } from "@/lib/scan/flag-secrets";
import { isCredential } from "@/lib/text/credential";
import { groupDigits } from "@/lib/text/group-digits";
import { SourcesBelow } from "./decode-sources";
import type { SayElsewhereAction } from "./elsewhere-question";
import { maskOf } from "./mask-of";
import { PaintedText } from "./painted-text";
import { TokenAnswer } from "./token-answer";
import { activeRangeIn, pathAtOffset, type TokenPointer } from "./token-pointer";
import { useDecoded } from "./use-decoded";
import { useVerdictSteps, type VerdictSteps } from "./use-verdict-steps";
import { VerdictHead } from "./verdict-head";

export type DecodeResultProps = {
  pasted: string;
  /** What stands in the field. */
  shown: string;
  /** Where the coloured token is drawn. */
  layer: HTMLElement;
  /** The character of the field that the pointer is on. */
  pointedAt: number | undefined;
  inspect: InspectAction;
  /** Whether the person may issue, and so repair. */
  mayIssue: boolean;
  /** Whether the person sees the ledger, the keys and the cases. */
  mayRead: boolean;
  /** Of this desk. */
  keys: readonly KnownKey[];
  /** Undefined for who may not say it. */
  sayElsewhere?: SayElsewhereAction | undefined;
  /** For a text with several tokens in it. */
  scan: Pick<ScanResultProps, "lookUp" | "revoke"> & {
    /** Of every secret that this desk holds. */
    fingerprints: readonly KnownSecret[];
  };
  fileName: string | undefined;
  onOpen: (token: string) => void;
  onClear: () => void;
};

// Fetched with it: each file of its own costs a request.
export { loadList } from "@/components/scan/scan-result";
export { DecodeSources } from "./decode-sources";

export function DecodeResult(props: DecodeResultProps) {
  const { pasted, shown, layer, pointedAt, inspect, keys, scan, fileName, onOpen, onClear } = props;
  const [secretFor, setSecretFor] = useState<string>();
  const [activePath, setActivePath] = useState<string | null>(null);
  const { open, pending, problem } = useOpenPage();
  const bySecret = (token: string) => secretFor === token;
  const { decoded, failed, reading, server, retry } = useDecoded(pasted, inspect, bySecret);
  const progress = useScan(pasted, scan.fingerprints);
  // The verdict is painted first; what stands below it follows in the next frame.
  const late = useDeferredValue(decoded, undefined);
  const details = late?.kind === "token" ? late : undefined;
  const found = progress.state === "done" ? progress.scan : undefined;
  // Those in base64 the decoder does not see: that the text is no token would be said above their list.
  const packed = found?.tokens.some((token) => token.packed) ?? false;
  const listed = decoded !== undefined && (packed || isWorthScanning(decoded, pasted, fileName));
  const alone = decoded?.kind === "token" && pasted.trim().length === decoded.token.length;
  const { secrets, credentials } = found ?? { secrets: [], credentials: [] };
  const notToken = decoded?.kind === "not-a-token" ? decoded : undefined;
  const secretAlone = notToken !== undefined && mayBeSecret(notToken.what) && !/\s/.test(pasted.trim());
  const heldAlone = secretAlone || isCredential(pasted.trim());
  const todo = useVerdictSteps();
  const heldHead = judgeFound({ secrets, credentials }, heldAlone);
  const current = secrets.find(({ retired }) => !retired);
  const [credential] = credentials;
  const byHeld = heldHead && {
    ...heldHead,
    steps:
      current && todo
        ? todo.secretSteps(current, {
            profile: profileOf(current.profile),
            mayRead: props.mayRead,
            onClear,
          })
        : credential && todo
          ? todo.credentialSteps(credential.inToken, { mayChange: props.sayElsewhere !== undefined, onClear })
          : null,
  };
  const pointer: TokenPointer = {
    activePath: activePath ?? pathAtOffset(reading, pointedAt) ?? null,
    onActive: setActivePath,
  };
  const secretive = notToken !== undefined && mayBeSecret(notToken.what);
  const mask = useMemo(
    () => maskOf(reading, pasted, found ? [...found.secrets, ...found.credentials] : []),
    [reading, pasted, found],
  );
  const masked = secretive ? "all" : mask;

  return (
    <>
      <PaintedText
        layer={layer}
        shown={shown}
        reading={reading}
        marks={decoded?.kind === "token" ? decoded.marks : []}
        activeRange={activeRangeIn(reading, pointer.activePath)}
        masked={masked}
      />
      {decoded?.kind === "token" ? (
        <TokenAnswer
          decoded={decoded}
          details={details}
          server={server}
          retry={retry}
          held={byHeld}
          todo={todo}
          pointer={pointer}
          pending={pending !== undefined}
          problem={problem}
          onIssueAgain={(number) => open(`/issue?from=${number}`, () => {})}
          onUseDraft={(draft) => open("/issue", () => handDraft(draft))}
          onOwnSecret={() => setSecretFor(decoded.token)}
          mayIssue={props.mayIssue}
          mayRead={props.mayRead}
          keys={keys}
          sayElsewhere={props.sayElsewhere}
          onClear={onClear}
        />
      ) : byHeld ? (
        <VerdictHead {...byHeld} />
      ) : failed ? (
        <VerdictHead
          title="Not read"
          tone="bad"
          lead={[
            { message: "The text could not be read." },
            { message: "It may need more memory than this tab has. Cut it into smaller pieces and try again." },
          ]}
          vendor={[]}
        />
      ) : notToken && mayBeSecret(notToken.what) && progress.state === "working" ? (
        <VerdictHead
          title="Checking…"
          tone="mute"
          icon="pending"
          lead={[{ message: "It is compared with this desk's secrets, in this browser." }]}
          vendor={[]}
        />
      ) : packed ? null : (
        <WithoutToken decoded={decoded} pasted={pasted} keys={keys} todo={props.mayRead ? todo : undefined} />
      )}
      {found && !listed && !alone ? <SearchLimits hashed={found.hashed} leftOut={found.leftOut} lookedUp /> : null}
      {progress.state === "failed" && !listed ? (
        <Notice tone="warn" role="alert" title="Not searched for this desk's secrets.">
          It may need more memory than this tab has. Cut it into smaller pieces and try again.
        </Notice>
      ) : null}
      {listed ? (
        <ScanResult
          text={pasted}
          fileName={fileName}
          keys={keys}
          mayRead={props.mayRead}
          onOpen={onOpen}
          lookUp={scan.lookUp}
          revoke={scan.revoke}
          inspect={inspect}
          progress={progress}
        />
      ) : null}
      <SourcesBelow />
    </>
  );
}

/** `{"` in base64url: every compact token begins with it. */
const TOKEN_START = "eyJ";

/** Whether there may be more in it than the one token that is shown. */
function isWorthScanning(decoded: Decoded, pasted: string, fileName: string | undefined): boolean {
  if (decoded.kind === "empty") return false;
  if (decoded.kind === "token") return fileName !== undefined && pasted.trim().length > decoded.token.length;
  const log = pasted.trim().includes("\n") && pasted.includes(TOKEN_START);
  return fileName !== undefined || log || decoded.what === "several-tokens";
}

function WithoutToken({
  decoded,
  pasted,
  keys,
  todo,
}: {
  decoded: Decoded | undefined;
  pasted: string;
  keys: readonly KnownKey[];
  todo: VerdictSteps | undefined;
}) {
  // How many there are stands above their list.
  if (decoded?.kind === "not-a-token" && decoded.what === "several-tokens") return null;
  if (decoded?.kind === "not-a-token") {
    const { keyId, ...head } = judgeText(decoded, pasted, keys);
    const key = keys.find(({ id }) => id === keyId);
    return <VerdictHead {...headOf(head)} action={key && todo?.keyAct(key)} />;
  }
  if (decoded?.kind === "empty")
    return (
      <VerdictHead
        title="Not a token"
        tone="mute"
        lead={[{ message: "There is only white space." }, { message: "Paste a token." }]}
        vendor={[]}
      />
    );
  return <p role="status">Reading {groupDigits(pasted.length)} characters.</p>;
}

function headOf({ title, tone, lead, vendor }: TextVerdict) {
  return { title, tone, lead, vendor };
}
