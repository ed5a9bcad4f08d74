"use client";
/** The decoder: a field for a token, and everything that is known of it, top to bottom. Keeps the token in this tab's memory only. */
import { useEffect, useRef, useState } from "react";
import { videosdk } from "@/lib/profiles/videosdk";
import { toneOf } from "@/lib/tokens/decode";
import { Button } from "./button";
import { ClaimsJson } from "./claims-json";
import { DecodedTimes } from "./decoded-times";
import { DecodedVerdict, NoTokenVerdict } from "./decoded-verdict";
import { takeHandedToken } from "./decoder-handoff";
import { EmptyState } from "./empty-state";
import { Field, Textarea } from "./field";
import { LedgerRegion } from "./ledger-region";
import { Region } from "./region";
import { Sentence } from "./sentence";
import { Time } from "./time";
import { TokenText } from "./token-text";
import { type InspectAction, useDecoded } from "./use-decoded";

/** More than this on the page says nothing and costs time. */
const SHOWN_CHARACTERS = 4_000;

export function DecodeDesk({ inspect }: { inspect: InspectAction }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [pasted, setPasted] = useState("");
  const [activePath, setActivePath] = useState<string | null>(null);
  const { decoded, reading, server, retry } = useDecoded(pasted, inspect);

  useEffect(() => {
    const box = field.current;
    if (!box) return;
    const handed = takeHandedToken();
    if (handed) box.value = handed;
    // Also what was typed before this script ran.
    setPasted(box.value);
    if (handed || document.activeElement === document.body) box.focus({ preventScroll: true });
    box.setSelectionRange(0, 0);
  }, []);

  function clear() {
    if (!field.current) return;
    field.current.value = "";
    field.current.focus();
    setPasted("");
  }

  const token = decoded?.kind === "token" ? decoded : undefined;
  const activeRange = activePath && reading.kind === "token" ? reading.locate(activePath) : undefined;
  const claimMarks = (root: "header" | "payload") =>
    (token?.verdict.layers ?? []).flatMap(({ findings }) =>
      findings.flatMap(({ path, severity, message }) =>
        path?.startsWith(root) ? [{ path, tone: toneOf[severity], message }] : [],
      ),
    );

  return (
    <div className="grid items-start gap-x-8 gap-y-6 lg:grid-cols-2 lg:grid-rows-[auto_1fr]">
      <div className="min-w-0">
        <Field
          id="token"
          label="Token"
          className="mb-0!"
          help={
            token && token.takenOff.length > 0 ? (
              <>Taken off: {token.takenOff.join(", ").replaceAll("`", "")}</>
            ) : (
              "Read in this browser. Once it is whole, this desk's own server checks its signature and looks it up in the ledger."
            )
          }
        >
          {(control) => (
            <Textarea
              {...control}
              ref={field}
              mono
              rows={3}
              autoComplete="off"
              placeholder="eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9…"
              className="max-h-40"
              onInput={(event) => setPasted(event.currentTarget.value)}
            />
          )}
        </Field>
        {pasted ? (
          <Button size="sm" variant="ghost" className="mt-1" onClick={clear}>
            Clear
          </Button>
        ) : null}
      </div>

      <div className="flex min-w-0 flex-col gap-6 lg:row-span-2">
        {token ? (
          <>
            <DecodedVerdict verdict={token.verdict} retry={server.state === "unavailable" ? retry : undefined} />
            <DecodedTimes claims={token.claims} times={token.verdict.times} />
            <LedgerRegion
              server={server}
              layer={token.verdict.layers.find(({ layer }) => layer === "ledger")}
              claims={token.claims}
            />
          </>
        ) : decoded?.kind === "not-a-token" ? (
          <NoTokenVerdict message={decoded.message} remedy={decoded.remedy} />
        ) : pasted && !decoded ? (
          <p role="status">Reading {pasted.length.toLocaleString("en-US")} characters.</p>
        ) : (
          <EmptyState icon="decode" title="Paste a token">
            Its verdict appears here: whether VideoSDK accepts it, and if not, why, since when, and what to do.
          </EmptyState>
        )}
      </div>

      {token ? (
        <div className="flex min-w-0 flex-col gap-6">
          <TokenText token={token.token.slice(0, SHOWN_CHARACTERS)} marks={token.marks} activeRange={activeRange} />
          {token.token.length > SHOWN_CHARACTERS ? (
            <p className="-mt-4 text-faint text-small">
              The first {SHOWN_CHARACTERS.toLocaleString("en-US")} of {token.token.length.toLocaleString("en-US")}{" "}
              characters.
            </p>
          ) : null}
          <Region label="Payload">
            {token.sentence.length > 0 ? <Sentence parts={token.sentence} className="mb-2 text-soft" /> : null}
            <ClaimsJson
              json={token.payloadText}
              notes={payloadNotes(token.claims)}
              marks={claimMarks("payload")}
              activePath={activePath}
              onActive={setActivePath}
            />
          </Region>
          <Region label="Header">
            <ClaimsJson
              json={token.headerText}
              root="header"
              notes={{ alg: "how it is signed", typ: "what it is" }}
              marks={claimMarks("header")}
              activePath={activePath}
              onActive={setActivePath}
            />
          </Region>
        </div>
      ) : null}
    </div>
  );
}

function payloadNotes(claims: Record<string, unknown> | undefined) {
  const time = (name: string) =>
    typeof claims?.[name] === "number" ? <Time epochSeconds={claims[name]} seconds /> : videosdk.claimNotes[name];
  return { ...videosdk.claimNotes, iat: time("iat"), nbf: time("nbf"), exp: time("exp") };
}
