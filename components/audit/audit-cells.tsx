/** What a row of the audit table tells between who and when: of a token its key, place and purpose; of all else one sentence; and how it stands now. */
import Link from "next/link";
import { Place } from "@/components/token/place";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Parts } from "@/components/ui/parts";
import { refusals } from "@/lib/audit/actions";
import type { AuditListItem } from "@/lib/audit/list";
import { caseName } from "@/lib/text/numbered";
import { BETWEEN, joinParts } from "@/lib/text/parts";
import { placeOf } from "@/lib/text/reach";
import { isAlarm } from "./alarm";
import { reachOf, sentenceOf } from "./event-words";
import { TokenState } from "./token-state";

const tones: Record<string, BadgeTone> = { ok: "ok", denied: "bad", failed: "warn" };

function OutcomeBadge({ outcome }: { outcome: string }) {
  return <Badge tone={tones[outcome] ?? "mute"}>{outcome}</Badge>;
}

const isRefusal = (action: string) => refusals.some((each) => each === action);

export function TokenCells({
  event,
  token,
  withKey,
}: {
  event: AuditListItem;
  token: NonNullable<AuditListItem["token"]>;
  withKey: boolean;
}) {
  const { keyLabel, room, subject, action, detail, via } = event;
  const where = joinParts(placeOf(event));
  const altered = detail.found === "altered after issuing";
  // Of a hand-over: for whom it is.
  const handedTo = typeof detail.for === "string" ? `For ${detail.for}` : undefined;
  const why =
    action === "token.inspected"
      ? altered
        ? "Altered after issuing"
        : "Pasted into the decoder"
      : (handedTo ?? token.purpose);
  const unusual = via === "dashboard" || via === "" ? "" : `(via ${via})`;
  return (
    <>
      {withKey ? (
        <td className="audit-key" title={keyLabel ?? undefined}>
          <bdi>{keyLabel}</bdi>
        </td>
      ) : null}
      <td className="audit-room" title={where}>
        <Place room={room} subject={subject} />
      </td>
      <td className="audit-why" title={[why, unusual].filter(Boolean).join(" ") || undefined}>
        <bdi className={altered ? "text-bad" : ""}>{why}</bdi>
        {why && unusual ? ` ${unusual}` : unusual}
      </td>
    </>
  );
}

/** What is told across so many columns. */
export function Sentence({ event, columns }: { event: AuditListItem; columns: number }) {
  const found = event.case;
  const opened = event.action === "case.opened" ? event.detail.case : undefined;
  if (event.action === "token.signed_elsewhere") {
    const alarm = isAlarm(event);
    const label = event.keyLabel ?? "";
    const parts = found
      ? reachOf(found)
      : [alarm ? "altered after issuing" : "whether a backend signs with it is not said yet"];
    return (
      <td className="audit-room audit-tell" colSpan={columns} title={joinParts([label, ...parts])}>
        {found ? <CaseLink number={found.number} /> : null}
        <span className={`font-medium ${alarm ? "text-bad" : "text-warn"}`}>
          <Parts parts={[label]} />
        </span>
        <span className="text-faint">{BETWEEN}</span>
        <Parts parts={parts} />
      </td>
    );
  }
  const parts = sentenceOf(event);
  const via = ["dashboard", "not known", ""].includes(event.via) ? "" : ` (via ${event.via})`;
  return (
    <td className="audit-room audit-tell" colSpan={columns} title={`${joinParts(parts)}${via}` || undefined}>
      {typeof opened === "number" ? <CaseLink number={opened} /> : null}
      <Parts parts={parts} />
      {via}
    </td>
  );
}

/** First in its cell, as what ends there is cut off. */
function CaseLink({ number }: { number: number }) {
  return (
    <>
      <Link href={`/cases/${number}`} prefetch={false} className="underline underline-offset-3">
        {caseName(number)}
      </Link>
      {": "}
    </>
  );
}

export function State({ event }: { event: AuditListItem }) {
  const { action, token, case: found, outcome } = event;
  if (action === "token.signed_elsewhere") return found ? <TokenState alarm {...found} /> : null;
  // What the ledger says is of the token that was issued, not of the altered one.
  if (isAlarm(event)) return null;
  if (token) return <TokenState {...token} />;
  if (isRefusal(action)) return <Badge tone="warn">refused</Badge>;
  return outcome === "ok" ? null : <OutcomeBadge outcome={outcome} />;
}
