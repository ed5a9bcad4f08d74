"use client";
/** Everything that is known of a pasted text, top to bottom: verdict and ladder, times, what it may do, ledger, and the token itself with its claims. */
import { type ComponentType, useDeferredValue, useState } from "react";
import type { ScanResultProps } from "@/components/scan/scan-result";
import { ScanSecrets, SearchLimits } from "@/components/scan/scan-secrets";
import { useScan } from "@/components/scan/use-scan";
import { Notice } from "@/components/ui/notice";
import type { Decoded, DecodedToken } from "@/lib/decoder/decode";
import { profileOf } from "@/lib/profiles/registry";
import type { KnownSecret } from "@/lib/scan/flag-secrets";
import { groupDigits } from "@/lib/text/group-digits";
import { AbilitiesRegion } from "./abilities-region";
import { DecodedTimes } from "./decoded-times";
import { DecodedToken as DecodedTokenView } from "./decoded-token";
import { DecodedVerdict, NoTokenVerdict } from "./decoded-verdict";
import { LedgerRegion } from "./ledger-region";
import { NextSteps } from "./next-steps";
import { SecretCheck } from "./secret-check";
import { type InspectAction, useDecoded } from "./use-decoded";

export type DecodeResultProps = {
  pasted: string;
  inspect: InspectAction;
  /** Whether the person may issue, and so repair. */
  mayIssue: boolean;
  /** For a text with several tokens in it; undefined until it is loaded. */
  Scan: ComponentType<ScanResultProps> | undefined;
  scan: Pick<ScanResultProps, "lookUp"> & {
    /** Of every secret that this desk holds. */
    fingerprints: readonly KnownSecret[];
  };
  fileName: string | undefined;
  onOpen: (token: string) => void;
};

/** Asked for from here, so that it brings only what this file has not brought already. */
export const loadScanResult = () => import("@/components/scan/scan-result");

export function DecodeResult({ pasted, inspect, mayIssue, Scan, scan, fileName, onOpen }: DecodeResultProps) {
  const [secretFor, setSecretFor] = useState<string>();
  const bySecret = (token: string) => secretFor === token;
  const { decoded, failed, reading, server, retry } = useDecoded(pasted, inspect, bySecret);
  const progress = useScan(pasted, scan.fingerprints);
  // The verdict is painted first; what stands below it follows in the next frame.
  const late = useDeferredValue(decoded, undefined);
  const details = late?.kind === "token" ? late : undefined;
  const listed = decoded !== undefined && isWorthScanning(decoded, pasted, fileName);
  const list =
    Scan && listed ? (
      <div className="min-w-0 lg:col-span-2">
        <Scan text={pasted} fileName={fileName} onOpen={onOpen} lookUp={scan.lookUp} progress={progress} />
      </div>
    ) : null;
  const found = progress.state === "done" ? progress.scan : undefined;
  const alone = decoded?.kind === "token" && pasted.trim().length === decoded.token.length;
  const leaked = found && found.secrets.length > 0;
  // A secret in it is worse news than whatever the token is.
  const first = found ? (
    <>
      <ScanSecrets secrets={found.secrets} />
      {listed || alone ? null : <SearchLimits hashed={found.hashed} leftOut={found.leftOut} lookedUp />}
    </>
  ) : progress.state === "failed" && !listed ? (
    <Notice tone="warn" role="alert" title="Not searched for this desk's secrets.">
      The search failed: it may need more memory than this tab has. Cut the text into smaller pieces and try again.
    </Notice>
  ) : null;
  if (decoded?.kind !== "token") {
    return (
      <>
        <div className="flex min-w-0 flex-col gap-6 lg:row-span-2">
          {first}
          {failed ? (
            <NoTokenVerdict
              word="Not read"
              message="The text could not be read."
              remedy="It may need more memory than this tab has. Cut it into smaller pieces and try again."
            />
          ) : (
            withoutToken(decoded, pasted)
          )}
        </div>
        {list}
      </>
    );
  }
  const ledgerLayer = decoded.verdict.layers.find(({ layer }) => layer === "ledger");
  return (
    <>
      <div className="flex min-w-0 flex-col gap-6 lg:row-span-2">
        {first}
        <DecodedVerdict
          vendor={profileOf(decoded.profile).name}
          verdict={leaked ? besideSecret(decoded.verdict) : decoded.verdict}
          retry={server.state === "unavailable" ? retry : undefined}
          action={<NextSteps decoded={decoded} mayIssue={mayIssue} />}
        />
        {server.state === "answered" && server.inspection.unrecorded ? (
          <Notice tone="warn" role="status" title="That you looked is not in the audit log.">
            It could not be recorded: {server.inspection.unrecorded}. The answer above holds all the same; tell whoever
            runs this server.
          </Notice>
        ) : null}
        {needsSecret(decoded, server.state) ? (
          <SecretCheck key={decoded.token} token={decoded.token} onRight={() => setSecretFor(decoded.token)} />
        ) : null}
        {details ? (
          <DecodedTimes
            claims={details.claims}
            times={details.verdict.times}
            clockTolerance={profileOf(details.profile).words.clockTolerance}
          />
        ) : null}
        {details?.claims ? (
          <AbilitiesRegion profile={details.profile} claims={details.claims} word={details.verdict.word} />
        ) : null}
        {details ? <LedgerRegion server={server} layer={ledgerLayer} claims={decoded.claims} /> : null}
      </div>
      {details ? <DecodedTokenView decoded={details} reading={reading} /> : null}
      {list}
    </>
  );
}

/** What the vendor does with the token stays true; that all is well would not be. */
function besideSecret(verdict: DecodedToken["verdict"]): DecodedToken["verdict"] {
  if (verdict.tone !== "ok" && verdict.tone !== "warn") return verdict;
  return { ...verdict, tone: "bad", detail: "But a secret of this desk can be read beside it: see above." };
}

/** `{"` in base64url: every compact token begins with it. */
const TOKEN_START = "eyJ";
/** Texts in which a secret of ours may stand, also without a token. */
const MAY_HOLD_SECRETS = ["several-tokens", "env-file", "secret-hex", "secret-base64"];

/** Whether there may be more in it than the one token that is shown. */
function isWorthScanning(decoded: Decoded, pasted: string, fileName: string | undefined): boolean {
  if (decoded.kind === "empty") return false;
  if (decoded.kind === "token") return fileName !== undefined && pasted.trim().length > decoded.token.length;
  const log = pasted.trim().includes("\n") && pasted.includes(TOKEN_START);
  return fileName !== undefined || log || MAY_HOLD_SECRETS.includes(decoded.what);
}

function withoutToken(decoded: Decoded | undefined, pasted: string) {
  if (decoded?.kind === "not-a-token" && decoded.what === "several-tokens") {
    return (
      <Notice title="There are several tokens in it.">
        They are listed below; open one to see everything that is known of it.
      </Notice>
    );
  }
  if (decoded?.kind === "not-a-token") return <NoTokenVerdict message={decoded.message} remedy={decoded.remedy} />;
  if (decoded?.kind === "empty") return <NoTokenVerdict message="There is only white space." remedy="Paste a token." />;
  return <p role="status">Reading {groupDigits(pasted.length)} characters.</p>;
}

/** Whoever holds the secret can know what this desk does not. */
function needsSecret({ verdict, complete }: DecodedToken, server: string): boolean {
  const signature = verdict.layers.find(({ layer }) => layer === "signature");
  const uncheckable = signature?.findings.some(({ code }) => code.startsWith("alg-") || code.endsWith("-in-header"));
  return complete && server !== "pending" && signature?.state !== "ok" && !uncheckable;
}
