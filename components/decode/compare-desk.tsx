"use client";
/** Two tokens side by side: their verdicts, and claim by claim what differs, in words where there are words. */
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { ScanSecrets } from "@/components/scan/scan-secrets";
import type { InspectAction } from "@/components/scan/use-check";
import { useScan } from "@/components/scan/use-scan";
import { Time } from "@/components/time/time";
import { takeHandedToken } from "@/components/token/handoff";
import { Badge } from "@/components/ui/badge";
import { CodeText } from "@/components/ui/code-text";
import { EmptyState } from "@/components/ui/empty-state";
import { Region } from "@/components/ui/region";
import { type ComparedClaim, compareClaims, differencesByPath } from "@/lib/decoder/compare";
import type { Decoded, DecodedToken } from "@/lib/decoder/decode";
import type { ServerAnswer } from "@/lib/decoder/ladder";
import type { Reading } from "@/lib/jwt/read";
import type { Difference } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import type { KnownSecret } from "@/lib/scan/flag-secrets";
import { groupDigits } from "@/lib/text/group-digits";
import { tokenName } from "@/lib/text/numbered";
import { makeVisible } from "@/lib/text/visible";
import { AnswerText } from "./answer-text";
import { drawableOf } from "./drawable";
import { PaintedText } from "./painted-text";
import { SaidText } from "./said-text";
import { TokenField } from "./token-field";
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
          <div className="grid grid-cols-[12rem_1fr_1fr] gap-x-5 border-line border-b px-4 py-2 text-caption text-faint max-md:hidden">
            <span>Claim</span>
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
      className="grid gap-x-5 gap-y-1 px-4 py-2.5 [overflow-wrap:anywhere] md:grid-cols-[12rem_1fr_1fr]"
    >
      <div>
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
      <Value side="First" text={first} instant={instants?.first} />
      <Value side="Second" text={second} instant={instants?.second} />
    </li>
  );
}

/** What only a change from one to the other takes away is said otherwise than behind "it asks for". */
const lost: Record<string, string> = { "no REST API": "no longer the REST API", "no meeting": "no longer meetings" };

/** The words behind "it asks for", as what the second has gained or lost: "also the REST API", "no longer moderation"; of an end "longer". */
function sayChange({ claim, kind, words }: Difference): string {
  if (["permissions", "roles"].includes(claim) && kind !== "other")
    return kind === "more" ? `also ${words}` : (lost[words] ?? words.replace(/^no /, "no longer "));
  if (claim !== "exp") return words;
  return kind === "more" ? words.replace(/ more$/, " longer") : words.replace(/ less$/, " shorter");
}

/** @param side on a phone, where the columns lie below each other */
function Value({ side, text, instant }: { side: string; text: string | undefined; instant: number | undefined }) {
  return (
    <div
      data-side={side}
      className="min-w-0 max-md:grid max-md:grid-cols-[3.5rem_minmax(0,1fr)] max-md:items-baseline max-md:before:text-caption max-md:before:text-faint max-md:before:content-[attr(data-side)]"
    >
      {text === undefined ? (
        <span className="text-faint">absent</span>
      ) : instant === undefined ? (
        <span className="font-mono text-[0.78125rem]">{makeVisible(text)}</span>
      ) : (
        <span title={text}>
          <Time epochSeconds={instant} seconds />
        </span>
      )}
    </div>
  );
}

function Side({
  id,
  label,
  value,
  decoded,
  reading,
  server,
  fingerprints,
  onChange,
}: {
  id: string;
  label: string;
  value: string;
  decoded: Decoded | undefined;
  reading: Reading;
  server: ServerAnswer;
  fingerprints: readonly KnownSecret[];
  onChange: (text: string) => void;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [layer, setLayer] = useState<HTMLElement | null>(null);
  const takeLayer = useCallback((element: HTMLElement | null) => setLayer(element), []);
  const progress = useScan(value, fingerprints);
  const secrets = progress.state === "done" ? progress.scan.secrets : [];
  const shown = drawableOf(value);
  // What is shown is not the text then: editing it would lose the rest.
  const inPart = shown.length < value.length;
  const isToken = decoded?.kind === "token";

  // Also what was typed before this script ran.
  const begin = useEffectEvent(() => field.current?.value && onChange(field.current.value));
  useEffect(() => {
    begin();
  }, []);
  useEffect(() => {
    const box = field.current;
    if (!box) return;
    box.readOnly = inPart;
    if (shown === "" || box.value === shown) return;
    box.value = shown;
    box.setSelectionRange(0, 0);
  }, [shown, inPart]);

  return (
    <div className="flex min-w-0 flex-col gap-2">
      <label htmlFor={id} className="w-fit font-medium">
        {label}
      </label>
      <TokenField
        id={id}
        field={field}
        layer={takeLayer}
        text={value}
        shown={shown}
        painted={value !== "" && layer !== null}
        help={inPart ? `${groupDigits(value.length)} characters; the beginning is shown. Paste another to go on.` : ""}
        onText={(text) => {
          onChange(text);
          // Of what is pasted the beginning.
          if (!value) requestAnimationFrame(() => field.current?.scrollTo(0, 0));
        }}
        onPaste={(event) => {
          const text = event.clipboardData.getData("text");
          if (!inPart && drawableOf(text) === text) return;
          event.preventDefault();
          onChange(text);
        }}
        onClear={() => {
          if (field.current) field.current.value = "";
          onChange("");
          field.current?.focus();
        }}
      />
      {value !== "" && layer ? (
        <PaintedText
          layer={layer}
          shown={shown}
          reading={reading}
          marks={isToken ? decoded.marks : []}
          activeRange={undefined}
          masked={secrets.some(({ inToken }) => !inToken) ? (isToken ? "around" : "all") : undefined}
        />
      ) : null}
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
