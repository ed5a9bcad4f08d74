"use client";
/** Who issued a pasted token, when and for what; or that it is not in this ledger. */
import Link from "next/link";
import { Time } from "@/components/time/time";
import { Ticket } from "@/components/token/ticket";
import { CodeText } from "@/components/ui/code-text";
import { DefinitionList } from "@/components/ui/definition-list";
import { Region } from "@/components/ui/region";
import type { LedgerNote } from "@/lib/decoder/inspection";
import type { LayerVerdict, ServerAnswer } from "@/lib/decoder/ladder";
import { groupDigits } from "@/lib/text/group-digits";
import { makeVisible } from "@/lib/text/visible";

export function LedgerRegion({
  server,
  layer,
  claims,
}: {
  server: ServerAnswer;
  layer: LayerVerdict | undefined;
  claims: Record<string, unknown> | undefined;
}) {
  const ledger = server.state === "answered" ? server.inspection.ledger : undefined;
  return (
    <Region label="Ledger">
      {ledger && ledger.state !== "absent" ? (
        <>
          <Entry entry={ledger.entry} />
          {ledger.state === "altered" ? <Differences issued={ledger.claims} pasted={claims ?? {}} /> : null}
        </>
      ) : (
        <p className="text-soft" role="status">
          <CodeText text={layer?.findings[0]?.message ?? layer?.summary ?? ""} />
        </p>
      )}
    </Region>
  );
}

/** The claim check of a token that was issued here. */
function Entry({ entry }: { entry: LedgerNote }) {
  return (
    <Ticket number={entry.number} until={entry.expiresAt}>
      <p className="mb-2 text-say [overflow-wrap:anywhere]">
        <bdi>{entry.actorName}</bdi> issued it at the {entry.via}
        {entry.purpose ? (
          <>
            , for: <bdi className="font-semibold">{entry.purpose}</bdi>
          </>
        ) : (
          ", without a purpose"
        )}
        .
      </p>
      <DefinitionList
        items={[
          { term: "When", detail: <Time epochSeconds={entry.issuedAt} mode="both" seconds /> },
          { term: "Signed with", detail: entry.keyLabel },
          { term: "Template", detail: entry.templateName ?? "none" },
          ...(entry.event === null
            ? []
            : [
                {
                  term: "Record",
                  detail: (
                    <Link href={`/audit/${entry.event}`} className="underline underline-offset-4">
                      Audit event {groupDigits(entry.event)}
                    </Link>
                  ),
                },
              ]),
        ]}
      />
    </Ticket>
  );
}

function Differences({ issued, pasted }: { issued: Record<string, unknown>; pasted: Record<string, unknown> }) {
  const names = [...new Set([...Object.keys(issued), ...Object.keys(pasted)])];
  const show = (value: unknown) => (value === undefined ? "absent" : makeVisible(JSON.stringify(value)));
  const changed = names.filter((name) => show(issued[name]) !== show(pasted[name]));
  if (changed.length === 0)
    return <p className="mt-2 text-soft text-small">The claims are the same; the header or the signature is not.</p>;
  return (
    <DefinitionList
      className="mt-2"
      items={changed.map((name) => ({
        term: <code>{makeVisible(name)}</code>,
        mono: true,
        detail: (
          <>
            <del className="text-soft">{show(issued[name])}</del>{" "}
            <ins className="text-bad no-underline">{show(pasted[name])}</ins>
          </>
        ),
      }))}
    />
  );
}
