"use client";
/** One of two tokens that are compared: the decoder's field for it, and below it its verdict in short. */
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { ScanCredentials, ScanSecrets } from "@/components/scan/scan-secrets";
import { useScan } from "@/components/scan/use-scan";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { Decoded, DecodedToken } from "@/lib/decoder/decode";
import type { ServerAnswer } from "@/lib/decoder/ladder";
import type { Reading } from "@/lib/jwt/read";
import type { KnownSecret } from "@/lib/scan/flag-secrets";
import { groupDigits } from "@/lib/text/group-digits";
import { tokenName } from "@/lib/text/numbered";
import { AnswerText } from "./answer-text";
import { drawableOf } from "./drawable";
import { maskOf } from "./mask-of";
import { PaintedText } from "./painted-text";
import { SaidText } from "./said-text";
import { TokenField } from "./token-field";

export function ComparedToken({
  id,
  label,
  value,
  decoded,
  reading,
  server,
  retry,
  fingerprints,
  onChange,
}: {
  id: string;
  label: string;
  value: string;
  decoded: Decoded | undefined;
  reading: Reading;
  server: ServerAnswer;
  /** Asks the server anew. */
  retry: () => void;
  fingerprints: readonly KnownSecret[];
  onChange: (text: string) => void;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [layer, setLayer] = useState<HTMLElement | null>(null);
  const takeLayer = useCallback((element: HTMLElement | null) => setLayer(element), []);
  const progress = useScan(value, fingerprints);
  const { secrets, credentials } = progress.state === "done" ? progress.scan : { secrets: [], credentials: [] };
  const held = [...secrets, ...credentials];
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
          masked={maskOf(reading, value, held)}
        />
      ) : null}
      <ScanSecrets secrets={secrets} />
      <ScanCredentials credentials={credentials} />
      <div role="status" className="min-h-6">
        {decoded?.kind === "token" ? (
          <SideVerdict decoded={decoded} server={server} retry={retry} leaked={held.length > 0} />
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
  retry,
  leaked,
}: {
  decoded: DecodedToken;
  server: ServerAnswer;
  retry: () => void;
  leaked: boolean;
}) {
  // In the decoder what it leads to stands below; here it is why nobody knows more.
  const unasked = verdict.word === "Signature not checked" && server.state === "unavailable";
  const lead = unasked ? { message: server.reason } : verdict.lead[0];
  const ledger = server.state === "answered" ? server.inspection.ledger : undefined;
  return (
    <>
      <Badge
        tone={leaked ? "bad" : verdict.tone}
        icon={verdict.alarm ? (verdict.tone === "bad" ? "alarm" : "warn") : undefined}
      >
        {verdict.title}
      </Badge>
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
      {server.state === "unavailable" ? (
        <Button size="sm" className="mt-1.5" onClick={retry}>
          Check again
        </Button>
      ) : null}
    </>
  );
}
