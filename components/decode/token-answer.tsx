"use client";
/** What is known of one token: the verdict, its payload, why, and what is folded away. In this order on every screen. */
import { lazy, type ReactNode, Suspense } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { CarefulLink } from "@/components/ui/careful-link";
import { CodeText } from "@/components/ui/code-text";
import type { IconName } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import type { DecodedToken } from "@/lib/decoder/decode";
import { judgeBeside } from "@/lib/decoder/judge-credentials";
import type { KnownKey, TextVerdict } from "@/lib/decoder/judge-text";
import type { ServerAnswer } from "@/lib/decoder/ladder";
import { mayRepair } from "@/lib/decoder/may-repair";
import type { Draft } from "@/lib/decoder/repair";
import type { Verdict } from "@/lib/decoder/verdict";
import { phraseOf } from "@/lib/jwt/taken-off";
import { profileOf } from "@/lib/profiles/registry";
import { caseName } from "@/lib/text/numbered";
import { withinSentence } from "@/lib/text/within-sentence";
import { DecodedPayload } from "./decoded-token";
import type { SayElsewhereAction } from "./elsewhere-question";
import { LadderList } from "./ladder-list";
import type { TokenPointer } from "./token-pointer";
import { useFoldedParts } from "./use-folded-parts";
import type { VerdictSteps } from "./use-verdict-steps";
import { VerdictHead } from "./verdict-head";

// Both come after an answer of the server, which can then be asked for them too.
const RepairOffer = lazy(() => import("./repair-offer").then((module) => ({ default: module.RepairOffer })));
const ElsewhereQuestion = lazy(() =>
  import("./elsewhere-question").then((module) => ({ default: module.ElsewhereQuestion })),
);

const icons: Partial<Record<Verdict["word"], IconName>> = {
  "Checking…": "pending",
  Expired: "clock",
  "Expires soon": "clock",
  "Not valid yet": "clock",
};

export function TokenAnswer({
  decoded,
  details,
  server,
  retry,
  held,
  todo,
  pointer,
  pending,
  problem,
  mayIssue,
  mayRead,
  keys,
  sayElsewhere,
  onIssueAgain,
  onUseDraft,
  onOwnSecret,
  onClear,
}: {
  decoded: DecodedToken;
  /** The same, a frame later. */
  details: DecodedToken | undefined;
  server: ServerAnswer;
  retry: () => void;
  /** What is said instead where a secret of this desk or a credential stands in the text. */
  held: (TextVerdict & { steps: ReactNode }) | undefined;
  /** What to do about an alarm, once it is there. */
  todo: VerdictSteps | undefined;
  pointer: TokenPointer;
  /** Another page is being asked for. */
  pending: boolean;
  problem: string | undefined;
  mayIssue: boolean;
  /** Whether the person sees the ledger, the keys and the cases. */
  mayRead: boolean;
  /** Of this desk. */
  keys: readonly KnownKey[];
  sayElsewhere: SayElsewhereAction | undefined;
  onIssueAgain: (number: number) => void;
  onUseDraft: (draft: Draft) => void;
  onOwnSecret: () => void;
  onClear: () => void;
}) {
  const { verdict, token } = decoded;
  const { folded, failed } = useFoldedParts(token, decoded.profile);
  const profile = profileOf(decoded.profile);
  const inspection = server.state === "answered" ? server.inspection : undefined;
  const issued = mayIssue && inspection?.ledger.state === "issued" ? inspection.ledger.entry.number : undefined;
  const { alarm } = verdict;
  const desk = { profile, mayRead, mayChange: sayElsewhere !== undefined, onClear };
  const steps =
    !inspection || !todo || verdict.tone !== "bad"
      ? null
      : alarm === "altered"
        ? todo.alteredSteps(inspection, desk)
        : alarm === "elsewhere"
          ? todo.elsewhereSteps(inspection, desk)
          : null;
  const { elsewhere } = inspection ?? {};
  const asks = mayRead && alarm !== "altered" && elsewhere?.signsElsewhere === null ? elsewhere.keyId : undefined;
  const said = held ? judgeBeside(verdict, held) : verdict;
  // What stands in the text besides has steps of its own, and no act on the token.
  const beside = said === held ? held : undefined;
  const notes = details?.verdict.layers.flatMap(({ findings }) =>
    findings.filter(
      ({ severity, message }) => severity === "note" && !said.lead.some((each) => each.message === message),
    ),
  );

  return (
    <>
      {decoded.takenOff.length > 0 ? (
        <p className="-mt-2 text-caption text-faint" role="status">
          Taken off: <CodeText text={decoded.takenOff.map(phraseOf).join(", ")} />
          {decoded.wrapping ? (
            <>
              {". "}
              <CodeText text={decoded.wrapping} />
            </>
          ) : null}
        </p>
      ) : null}
      <VerdictHead
        title={said.title}
        tone={said.tone}
        alarm={said.alarm}
        icon={beside ? undefined : icons[verdict.word]}
        lead={said.lead}
        vendor={held ? verdict.vendorOfToken : verdict.vendor}
        steps={beside ? beside.steps : steps}
        action={
          beside ? undefined : (
            <>
              {server.state === "unavailable" ? (
                <Button onClick={retry}>Check again</Button>
              ) : asks ? (
                <Suspense fallback={<span className="min-h-8 min-w-80" />}>
                  <ElsewhereQuestion keyId={asks} said={alarm !== undefined} say={sayElsewhere} onSaid={retry} />
                </Suspense>
              ) : mayRead && alarm && elsewhere?.caseNumber !== undefined ? (
                <CarefulLink
                  href={`/cases/${elsewhere.caseNumber}`}
                  className={buttonClass("danger", "md", "bg-bad! text-paper! hover:bg-bad/85!")}
                >
                  Open {withinSentence(caseName(elsewhere.caseNumber))}
                </CarefulLink>
              ) : issued !== undefined ? (
                <Button icon="issue" pending={pending} onClick={() => onIssueAgain(issued)}>
                  Issue again
                </Button>
              ) : inspection && !steps ? (
                todo?.nextAct(verdict, inspection, { mayRead, mayAdd: sayElsewhere !== undefined, keys })
              ) : undefined}
              {inspection
                ? todo?.endingAct(verdict, inspection, { mayRead, mayRotate: sayElsewhere !== undefined })
                : undefined}
              {mayIssue && mayRepair(verdict, server) ? (
                <Suspense>
                  <RepairOffer key={token} decoded={decoded} pending={pending} onUse={onUseDraft} />
                </Suspense>
              ) : null}
            </>
          )
        }
      />
      <p role="status" className="text-small text-soft empty:hidden">
        {problem}
      </p>
      {inspection?.unrecorded ? (
        <Notice tone="warn" role="status" title="That you looked is not in the audit log.">
          It could not be recorded: {inspection.unrecorded}. The answer above holds. Tell whoever runs this server.
        </Notice>
      ) : null}
      {details ? (
        <div className="mt-1.5 grid items-start gap-x-7 gap-y-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,28.25rem)] lg:grid-rows-[auto_1fr]">
          <div className="min-w-0 lg:row-span-2">
            <DecodedPayload decoded={details} profile={profile} inspection={inspection} pointer={pointer} />
          </div>
          <LadderList
            profile={profile}
            verdict={verdict}
            said={said.lead}
            claims={decoded.claims}
            inspection={inspection}
            mayRead={mayRead}
          />
          <div className="min-w-0 border-line border-t">
            {folded ? (
              <folded.Parts
                decoded={details}
                abilitiesOf={folded.abilitiesOf}
                notes={notes ?? []}
                pointer={pointer}
                checking={server.state === "pending"}
                onOwnSecret={onOwnSecret}
              />
            ) : failed ? (
              <p role="status" className="py-2 text-small text-soft">
                What it permits could not be loaded. Paste it again once the server answers.
              </p>
            ) : null}
          </div>
        </div>
      ) : null}
    </>
  );
}
