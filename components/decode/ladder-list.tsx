"use client";
/** Why a verdict is what it is: what each layer found, worst words and all; remarks without consequence stand elsewhere. */
import { lazy, Suspense } from "react";
import { Time } from "@/components/time/time";
import { CarefulLink } from "@/components/ui/careful-link";
import { Icon, type IconName } from "@/components/ui/icon";
import type { Inspection } from "@/lib/decoder/inspection";
import type { LayerVerdict } from "@/lib/decoder/ladder";
import type { Verdict } from "@/lib/decoder/verdict";
import type { Finding, Layer } from "@/lib/jwt/finding";
import type { Claims, Profile } from "@/lib/profiles/profile";
import { groupDigits } from "@/lib/text/group-digits";
import { caseName } from "@/lib/text/numbered";
import type { Said } from "@/lib/text/said";
import { Left } from "./answer-text";
import { SaidText } from "./said-text";

// It comes after an answer of the server, which can then be asked for it too.
const LedgerEntry = lazy(() => import("./ledger-entry").then((module) => ({ default: module.LedgerEntry })));

const names: Record<Exclude<Layer, "rules">, string> = {
  form: "Form",
  signature: "Signature",
  time: "Time",
  ledger: "Ledger",
  revocation: "Revocation",
};

const states: Record<LayerVerdict["state"], { icon: IconName; word: string; icons: string; row: string }> = {
  ok: { icon: "check", word: "Passed", icons: "text-ok", row: "" },
  warn: { icon: "warn", word: "Warning", icons: "text-warn", row: "bg-warn-bg" },
  bad: { icon: "cross", word: "Failed", icons: "text-bad", row: "bg-bad-bg" },
  over: { icon: "clock", word: "Over", icons: "text-soft", row: "" },
  unknown: { icon: "unknown", word: "Not known", icons: "text-soft", row: "" },
  pending: { icon: "pending", word: "Checking", icons: "spin text-soft", row: "" },
  skipped: { icon: "skipped", word: "Skipped", icons: "text-faint", row: "" },
};

/** So many findings of a layer are shown; the others are a click away. */
const SHOWN_FINDINGS = 6;

type LadderProps = {
  profile: Profile;
  verdict: Verdict;
  /** What the head above says: it is not said again. */
  said: readonly Said[];
  claims: Claims | undefined;
  inspection: Inspection | undefined;
  /** Whether whoever looks sees the ledger, the keys and the cases. */
  mayRead: boolean;
};

export function LadderList(props: LadderProps) {
  return (
    <section
      aria-label="Why"
      className="@container min-w-0 overflow-clip rounded-[14px] border border-line-strong bg-surface"
    >
      <ul className="divide-y divide-line">
        {props.verdict.layers.map((layer) => (
          <Row key={layer.layer} layer={layer} {...props} />
        ))}
      </ul>
    </section>
  );
}

function Row({ layer, ...props }: LadderProps & { layer: LayerVerdict }) {
  const name = layer.layer === "rules" ? props.profile.name : names[layer.layer];
  const { icon, word, icons, row } = states[layer.state];
  const tinted = row !== "";
  return (
    <li
      data-layer={name}
      data-state={layer.state}
      className={`grid grid-cols-[1rem_minmax(0,1fr)] gap-x-3 px-4 py-2.25 @md:grid-cols-[1rem_5.25rem_minmax(0,1fr)] ${row}`}
    >
      <span className={`pt-[3px] ${layer.state === "pending" ? "" : icons}`}>
        <Icon name={icon} strokeWidth={1.8} className={layer.state === "pending" ? icons : ""} />
      </span>
      <span className={`font-medium ${layer.state === "bad" ? "text-bad" : ""}`}>
        {name}
        <span className="sr-only">: {word}.</span>
      </span>
      <div className={`min-w-0 [overflow-wrap:anywhere] @max-md:col-start-2 ${tinted ? "text-ink" : "text-soft"}`}>
        {layer.layer === "ledger" ? <LedgerAnswer layer={layer} {...props} /> : <Why layer={layer} {...props} />}
      </div>
    </li>
  );
}

function Why({
  layer,
  verdict: { times },
  said,
  inspection,
}: Pick<LadderProps, "verdict" | "said" | "inspection"> & { layer: LayerVerdict }) {
  const worth = layer.findings.filter(({ severity }) => severity !== "note");
  const findings = worth.filter(({ message }) => !said.some((each) => each.message === message));
  const retiredAt = retirementOf(layer, inspection);
  if (retiredAt !== undefined)
    return (
      <>
        Signed with the secret retired on <Time epochSeconds={retiredAt} />
      </>
    );
  // The verdict says it all: a remark is said once.
  const word = layer.layer === "ledger" ? null : <span aria-hidden="true">{states[layer.state].word}</span>;
  if (worth.length > 0 && findings.length === 0) return word;
  if (findings.length === 0 && layer.layer === "time" && times.state === "valid" && times.expiresAt !== undefined) {
    return (
      <>
        {/* Whether it is active, the other layers say too. */}
        Within its time: ends in <Left until={times.expiresAt} />
      </>
    );
  }
  if (findings.length === 0) return layer.summary;
  const hidden = findings.slice(SHOWN_FINDINGS);
  const graver = layer.state === "bad" && findings.every(({ severity }) => severity === "warning");
  return (
    <div className="flex flex-col gap-1.5">
      {/* What makes it red is in the head: without its word the milder ones would pass for it. */}
      {graver ? word : null}
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

/** Since when the secret that signed it is retired, where that is all that is wrong with the signature. */
function retirementOf({ layer, findings }: LayerVerdict, inspection: Inspection | undefined): number | undefined {
  if (layer !== "signature" || findings.some(({ code }) => code !== "signature-of-retired-secret")) return undefined;
  const signature = inspection?.signature;
  return signature?.state === "right" && signature.retired ? signature.retiredAt : undefined;
}

export function FindingText({ finding }: { finding: Finding }) {
  const { remedy, severity, code } = finding;
  return (
    <p data-finding={code}>
      <span className={severity === "note" ? "" : "text-ink"}>
        <SaidText said={finding} />
      </span>{" "}
      {remedy ? <SaidText said={{ message: remedy }} /> : null}
    </p>
  );
}

/** Of a token that is not in it, where it is collected; of one of ours, who issued it and for what. */
function LedgerAnswer({
  layer,
  inspection,
  profile,
  claims,
  mayRead,
  ...props
}: LadderProps & { layer: LayerVerdict }) {
  if (inspection && inspection.ledger.state !== "absent")
    return (
      <Suspense>
        <LedgerEntry
          entry={inspection.ledger.entry}
          state={layer.state}
          profile={profile}
          claims={claims}
          inspection={inspection}
        />
      </Suspense>
    );
  const number = inspection?.elsewhere?.caseNumber;
  const name = number === undefined ? null : caseName(number);
  return (
    <>
      {inspection && layer.state !== "unknown" ? (
        <strong className={`font-semibold ${layer.state === "bad" ? "text-bad" : "text-ink"}`}>
          Not in the ledger.{" "}
        </strong>
      ) : null}
      <Why layer={layer} inspection={inspection} {...props} />
      {name && mayRead ? (
        <CarefulLink href={`/cases/${number}`} className="text-ink underline underline-offset-4">
          {name}
        </CarefulLink>
      ) : (
        name
      )}
    </>
  );
}
