"use client";
/** Two tokens side by side: their verdicts, and claim by claim what differs, in words where there are words. */
import { useEffect, useState } from "react";
import { ScanSecrets } from "@/components/scan/scan-secrets";
import type { InspectAction } from "@/components/scan/use-check";
import { useScan } from "@/components/scan/use-scan";
import { Time } from "@/components/time/time";
import { takeHandedToken } from "@/components/token/handoff";
import { Badge } from "@/components/ui/badge";
import { CodeText } from "@/components/ui/code-text";
import { EmptyState } from "@/components/ui/empty-state";
import { Field, Textarea } from "@/components/ui/field";
import { Region } from "@/components/ui/region";
import { type ComparedClaim, compareClaims, differencesByPath } from "@/lib/decoder/compare";
import type { Decoded, DecodedToken } from "@/lib/decoder/decode";
import type { ServerAnswer } from "@/lib/decoder/ladder";
import type { Difference } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import type { KnownSecret } from "@/lib/scan/flag-secrets";
import { groupDigits } from "@/lib/text/group-digits";
import { tokenName } from "@/lib/text/numbered";
import { makeVisible } from "@/lib/text/visible";
import { AnswerText } from "./answer-text";
import { drawableOf } from "./drawable";
import { SaidText } from "./said-text";
import { useDecoded } from "./use-decoded";

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
  const one = useDecoded(first, inspect);
  const two = useDecoded(second, inspect);
  return (
    <div className="flex flex-col gap-6">
      <div className="grid gap-x-7 gap-y-4 lg:grid-cols-2">
        <Side id="first" label="First token" value={first} {...one} fingerprints={fingerprints} onChange={setFirst} />
        <Side
          id="second"
          label="Second token"
          value={second}
          {...two}
          fingerprints={fingerprints}
          onChange={setSecond}
        />
      </div>
      {one.decoded?.kind === "token" && two.decoded?.kind === "token" ? (
        <Comparison one={one.decoded} two={two.decoded} />
      ) : (
        <EmptyState icon="decode" title="Paste both tokens">
          What they say appears here, claim by claim, the differences first.
        </EmptyState>
      )}
    </div>
  );
}

function Comparison({ one, two }: { one: DecodedToken; two: DecodedToken }) {
  const rows = compareClaims(one, two);
  const differences = differencesByPath(profileOf(two.profile), one.claims, two.claims);
  const differing = rows.filter(({ same }) => !same);
  const same = rows.filter((row) => row.same);
  return (
    <Region label="Claims">
      <p className="mb-2 text-soft" role="status">
        {differing.length === 0 ? "Header and payload say the same." : `${differing.length} of ${rows.length} differ.`}
      </p>
      {differing.length > 0 ? (
        <section
          aria-label="What differs"
          className="overflow-clip rounded-[14px] border border-line-strong bg-surface"
        >
          <div className="grid grid-cols-2 gap-x-5 border-line border-b px-4 py-2 text-caption text-faint md:grid-cols-[12rem_1fr_1fr]">
            <span className="max-md:hidden">Claim</span>
            <span>First</span>
            <span>Second</span>
          </div>
          <ul className="divide-y divide-line">
            {differing.map((row) => (
              <DifferingRow key={row.path} row={row} words={differences.get(row.path) ?? []} />
            ))}
          </ul>
        </section>
      ) : null}
      {same.length > 0 ? (
        <details className="mt-3 text-soft">
          <summary className="w-fit">{groupDigits(same.length)} the same</summary>
          <ul aria-label="What is the same" className="mt-2 flex flex-col gap-1 font-mono text-[0.78125rem]">
            {same.map(({ path, first }) => (
              <li key={path} className="grid gap-x-5 [overflow-wrap:anywhere] md:grid-cols-[12rem_1fr]">
                <span>{makeVisible(path)}</span>
                <span className="text-faint">{makeVisible(first ?? "")}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </Region>
  );
}

function DifferingRow({ row, words }: { row: ComparedClaim; words: readonly Difference[] }) {
  const { path, first, second, instants } = row;
  return (
    <li
      data-path={path}
      className="grid grid-cols-2 gap-x-5 gap-y-1 px-4 py-2.5 [overflow-wrap:anywhere] md:grid-cols-[12rem_1fr_1fr]"
    >
      <div className="max-md:col-span-2">
        <span className="font-medium font-mono text-[0.78125rem]">{makeVisible(path)}</span>
        {words.map((difference) => (
          <span
            key={difference.words}
            className={`block text-small ${difference.kind === "more" ? "text-warn" : "text-soft"}`}
          >
            <CodeText text={sayChange(difference)} />
          </span>
        ))}
      </div>
      <Value text={first} instant={instants?.first} />
      <Value text={second} instant={instants?.second} />
    </li>
  );
}

/** The words behind "it asks for", as what the second has gained or lost: "also the REST API", "no longer moderation"; of an end "longer". */
function sayChange({ claim, kind, words }: Difference): string {
  if (["permissions", "roles"].includes(claim) && kind !== "other")
    return kind === "more"
      ? `also ${words}`
      : words.replace(/^no (REST)?/, (_, rest) => `no longer ${rest ? "the REST" : ""}`);
  if (claim !== "exp") return words;
  return kind === "more" ? words.replace(/ more$/, " longer") : words.replace(/ less$/, " shorter");
}

function Value({ text, instant }: { text: string | undefined; instant: number | undefined }) {
  if (text === undefined) return <span className="text-faint">absent</span>;
  if (instant === undefined) return <span className="font-mono text-[0.78125rem]">{makeVisible(text)}</span>;
  return (
    <span title={text}>
      <Time epochSeconds={instant} seconds />
    </span>
  );
}

function Side({
  id,
  label,
  value,
  decoded,
  server,
  fingerprints,
  onChange,
}: {
  id: string;
  label: string;
  value: string;
  decoded: Decoded | undefined;
  server: ServerAnswer;
  fingerprints: readonly KnownSecret[];
  onChange: (text: string) => void;
}) {
  const progress = useScan(value, fingerprints);
  const secrets = progress.state === "done" ? progress.scan.secrets : [];
  const shown = drawableOf(value);
  // What is shown is not the text then: editing it would lose the rest.
  const inPart = shown.length < value.length;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Field
        id={id}
        label={label}
        className="mb-0!"
        help={inPart ? `${groupDigits(value.length)} characters; the beginning is shown. Paste another to go on.` : ""}
      >
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={value ? 2 : 4}
            // Whole lines: what stands before and behind them must not show in a padding.
            className="min-h-0! border-6! border-surface! py-0! shadow-[0_0_0_1px_var(--edge)]"
            autoComplete="off"
            value={shown}
            readOnly={inPart}
            onPaste={(event) => {
              const text = event.clipboardData.getData("text");
              if (!inPart && drawableOf(text) === text) return;
              event.preventDefault();
              onChange(text);
            }}
            onChange={(event) => {
              const box = event.currentTarget;
              onChange(box.value);
              // Of what is pasted the beginning.
              if (!value) requestAnimationFrame(() => box.scrollTo(0, 0));
            }}
          />
        )}
      </Field>
      <ScanSecrets secrets={secrets} />
      <div role="status" className="min-h-6">
        {decoded?.kind === "token" ? (
          <SideVerdict decoded={decoded} server={server} leaked={secrets.length > 0} />
        ) : null}
        {decoded?.kind === "not-a-token" ? (
          <>
            <Badge tone="mute">Not a token</Badge> <span className="text-soft">{decoded.message}</span>
          </>
        ) : null}
      </div>
    </div>
  );
}

function SideVerdict({
  decoded: { verdict },
  server,
  leaked,
}: {
  decoded: DecodedToken;
  server: ServerAnswer;
  leaked: boolean;
}) {
  const [lead] = verdict.lead;
  const ledger = server.state === "answered" ? server.inspection.ledger : undefined;
  return (
    <>
      <Badge tone={leaked ? "bad" : verdict.tone}>{verdict.title}</Badge>
      <p className="mt-1 text-small text-soft [overflow-wrap:anywhere]">
        {lead ? (
          <>
            <SaidText said={lead} />{" "}
          </>
        ) : null}
        <AnswerText parts={verdict.vendor} />
        {ledger && ledger.state !== "absent" ? (
          <span className="block">
            {tokenName(ledger.entry.number)} was issued with “<bdi>{ledger.entry.keyLabel}</bdi>” by{" "}
            <bdi>{ledger.entry.actorName}</bdi>.
          </span>
        ) : null}
      </p>
    </>
  );
}
