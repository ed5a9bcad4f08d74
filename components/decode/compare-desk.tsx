"use client";
/** Two tokens side by side: their verdicts, and claim by claim what differs. */
import { useEffect, useState } from "react";
import { ScanSecrets } from "@/components/scan/scan-secrets";
import { useScan } from "@/components/scan/use-scan";
import { takeHandedToken } from "@/components/token/handoff";
import { Badge } from "@/components/ui/badge";
import { CodeText } from "@/components/ui/code-text";
import { type Column, DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Field, Textarea } from "@/components/ui/field";
import { Region } from "@/components/ui/region";
import { compareClaims } from "@/lib/decoder/compare";
import type { Decoded } from "@/lib/decoder/decode";
import type { KnownSecret } from "@/lib/scan/flag-secrets";
import { makeVisible } from "@/lib/text/visible";
import { type InspectAction, useDecoded } from "./use-decoded";

type Row = ReturnType<typeof compareClaims>[number];

const columns: Column<Row>[] = [
  { key: "path", header: "Claim", render: (row) => makeVisible(row.path), mono: true, nowrap: true },
  { key: "first", header: "First", render: (row) => makeVisible(row.first ?? "absent"), mono: true },
  { key: "second", header: "Second", render: (row) => makeVisible(row.second ?? "absent"), mono: true },
  {
    key: "same",
    header: "Same",
    render: (row) =>
      row.same ? (
        <Badge tone="mute" icon="check">
          same
        </Badge>
      ) : (
        <Badge tone="warn">differs</Badge>
      ),
  },
];

export function CompareDesk({
  inspect,
  fingerprints,
}: {
  inspect: InspectAction;
  /** Of every secret that this desk holds. */
  fingerprints: readonly KnownSecret[];
}) {
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  useEffect(() => setFirst((typed) => takeHandedToken() ?? typed), []);
  const one = useDecoded(first, inspect).decoded;
  const two = useDecoded(second, inspect).decoded;
  const rows = one?.kind === "token" && two?.kind === "token" ? compareClaims(one, two) : undefined;
  const differing = rows?.filter((row) => !row.same).length ?? 0;
  return (
    <div className="flex flex-col gap-6">
      <div className="grid gap-x-8 gap-y-4 lg:grid-cols-2">
        <Side
          id="first"
          label="First token"
          value={first}
          decoded={one}
          fingerprints={fingerprints}
          onChange={setFirst}
        />
        <Side
          id="second"
          label="Second token"
          value={second}
          decoded={two}
          fingerprints={fingerprints}
          onChange={setSecond}
        />
      </div>
      {rows ? (
        <Region label="Claims">
          <p className="mb-2 text-soft" role="status">
            {differing === 0 ? "Header and payload say the same." : `${differing} of ${rows.length} differ.`}
          </p>
          <DataTable
            label="Claims of both tokens"
            columns={columns}
            rows={[...rows].sort((a, b) => Number(a.same) - Number(b.same))}
            rowKey={(row) => row.path}
          />
        </Region>
      ) : (
        <EmptyState icon="decode" title="Paste both tokens">
          What they say appears here, claim by claim, the differences first.
        </EmptyState>
      )}
    </div>
  );
}

function Side({
  id,
  label,
  value,
  decoded,
  fingerprints,
  onChange,
}: {
  id: string;
  label: string;
  value: string;
  decoded: Decoded | undefined;
  fingerprints: readonly KnownSecret[];
  onChange: (text: string) => void;
}) {
  const progress = useScan(value, fingerprints);
  const secrets = progress.state === "done" ? progress.scan.secrets : [];
  const leaked = secrets.length > 0;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Field id={id} label={label} className="mb-2!">
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={4}
            autoComplete="off"
            value={value}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        )}
      </Field>
      <ScanSecrets secrets={secrets} />
      <p role="status" className="min-h-6 text-small">
        {decoded?.kind === "token" ? (
          <>
            <Badge tone={leaked && decoded.verdict.tone === "ok" ? "bad" : decoded.verdict.tone}>
              {decoded.verdict.word}
            </Badge>{" "}
            <span className="text-soft">
              <CodeText text={decoded.verdict.reason} />
            </span>
          </>
        ) : decoded?.kind === "not-a-token" ? (
          <span className="text-bad">
            <CodeText text={decoded.message} />
          </span>
        ) : null}
      </p>
    </div>
  );
}
