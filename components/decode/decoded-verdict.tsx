"use client";
/** The verdict on a pasted token, with its ladder. */
import type { ReactNode } from "react";
import { TimeLeft } from "@/components/time/time-left";
import { Button } from "@/components/ui/button";
import { CodeText } from "@/components/ui/code-text";
import type { IconName } from "@/components/ui/icon";
import type { LayerVerdict } from "@/lib/decoder/ladder";
import type { Verdict } from "@/lib/decoder/verdict";
import type { Finding, Layer } from "@/lib/jwt/finding";
import { groupDigits } from "@/lib/text/group-digits";
import { VerdictCard } from "./verdict-card";

const names: Record<Exclude<Layer, "rules">, string> = {
  form: "Form",
  signature: "Signature",
  time: "Time",
  ledger: "Ledger",
  revocation: "Revocation",
};

const icons: Partial<Record<Verdict["word"], IconName>> = {
  Expired: "clock",
  "Expires soon": "clock",
  "Not valid yet": "clock",
};

/** So many findings of a layer are shown; the others are a click away. */
const SHOWN_FINDINGS = 6;

export function DecodedVerdict({
  vendor,
  verdict,
  retry,
  action,
}: {
  /** Whose rules were kept or broken. */
  vendor: string;
  verdict: Verdict;
  retry?: (() => void) | undefined;
  action?: ReactNode;
}) {
  const { word, tone, reason, detail } = verdict;
  return (
    <VerdictCard
      verdict={{
        word,
        tone,
        icon: icons[word],
        reason: <CodeText text={reason} />,
        detail: detail ? <CodeText text={detail} /> : undefined,
      }}
      layers={verdict.layers.map((layer) => ({
        name: layer.layer === "rules" ? vendor : names[layer.layer],
        state: layer.state,
        why: <Why layer={layer} verdict={verdict} />,
      }))}
      action={
        <>
          {retry ? (
            <Button size="sm" onClick={retry}>
              Check again
            </Button>
          ) : null}
          {action}
        </>
      }
    />
  );
}

function Why({ layer, verdict: { times } }: { layer: LayerVerdict; verdict: Verdict }) {
  const { findings } = layer;
  if (findings.length === 0 && layer.layer === "time" && times.state === "valid" && times.expiresAt !== undefined) {
    return (
      <>
        Valid for another <TimeLeft until={times.expiresAt} reserve={false} />
      </>
    );
  }
  if (findings.length === 0) return layer.summary;
  const hidden = findings.slice(SHOWN_FINDINGS);
  return (
    <div className="flex flex-col gap-1.5">
      {findings.slice(0, SHOWN_FINDINGS).map((finding) => (
        <FindingText key={`${finding.code} ${finding.path} ${finding.range?.start}`} finding={finding} />
      ))}
      {hidden.length > 0 ? (
        <details>
          <summary className="w-fit cursor-pointer">{groupDigits(hidden.length)} more</summary>
          <div className="mt-1.5 flex flex-col gap-1.5">
            {hidden.map((finding) => (
              <FindingText key={`${finding.code} ${finding.path} ${finding.range?.start}`} finding={finding} />
            ))}
          </div>
        </details>
      ) : null}
    </div>
  );
}

function FindingText({ finding: { message, remedy, severity, code } }: { finding: Finding }) {
  return (
    <p data-finding={code}>
      <span className={severity === "note" ? "" : "font-medium text-ink"}>
        <CodeText text={message} />
      </span>{" "}
      {remedy ? <CodeText text={remedy} /> : null}
    </p>
  );
}

/** For text that is no token at all. */
export function NoTokenVerdict({
  word = "Malformed",
  message,
  remedy,
}: {
  word?: string;
  message: string;
  remedy: string;
}) {
  return (
    <VerdictCard
      verdict={{
        word,
        tone: "bad",
        reason: <CodeText text={message} />,
        detail: <CodeText text={remedy} />,
      }}
      layers={[]}
    />
  );
}
