"use client";
/** The token in its three colours beside its claims; pointing at one marks the other. */
import { type PointerEvent, useState } from "react";
import { Time } from "@/components/time/time";
import { ClaimsJson } from "@/components/token/claims-json";
import { Sentence } from "@/components/token/sentence";
import { TokenText } from "@/components/token/token-text";
import { CodeText } from "@/components/ui/code-text";
import { Region } from "@/components/ui/region";
import { type DecodedToken as Decoded, toneOf } from "@/lib/decoder/decode";
import { formatPath, parsePath } from "@/lib/jwt/path";
import { rangeToPasted, toToken } from "@/lib/jwt/positions";
import type { Reading } from "@/lib/jwt/read";
import { phraseOf } from "@/lib/jwt/taken-off";
import { profileOf } from "@/lib/profiles/registry";
import { groupDigits } from "@/lib/text/group-digits";

/** More than this on the page says nothing and costs time. */
const SHOWN_CHARACTERS = 4_000;

export function DecodedToken({ decoded, reading }: { decoded: Decoded; reading: Reading }) {
  const [activePath, setActivePath] = useState<string | null>(null);
  const { token, verdict, claims, sentence, takenOff, payloadText, headerText } = decoded;
  const range = activePath && reading.kind === "token" ? reading.locate(activePath) : undefined;
  const activeRange =
    range && reading.kind === "token"
      ? { start: toToken(reading.runs, range.start), end: toToken(reading.runs, range.end) }
      : undefined;
  const marks = (root: "header" | "payload") =>
    verdict.layers.flatMap(({ findings }) =>
      findings.flatMap(({ path, severity, message, alsoAt }) =>
        path?.startsWith(root) ? [{ path, tone: toneOf[severity], message, everyPlace: alsoAt !== undefined }] : [],
      ),
    );

  function pointAt(event: PointerEvent<HTMLElement>) {
    if (reading.kind !== "token" || reading.token.length > SHOWN_CHARACTERS) return;
    const offset = offsetAt(event);
    if (offset === undefined) return setActivePath(null);
    const pasted = rangeToPasted(reading.runs, offset, offset + 1).start;
    setActivePath(topLevel(reading.pathAt(pasted)));
  }

  return (
    <div className="flex min-w-0 flex-col gap-6">
      <div onPointerMove={pointAt} onPointerLeave={() => setActivePath(null)}>
        <TokenText token={token.slice(0, SHOWN_CHARACTERS)} marks={decoded.marks} activeRange={activeRange} />
        {token.length > SHOWN_CHARACTERS ? (
          <p className="mt-1.5 text-faint text-small">
            The first {groupDigits(SHOWN_CHARACTERS)} of {groupDigits(token.length)} characters.
          </p>
        ) : null}
        {takenOff.length > 0 ? (
          <p className="mt-1.5 text-faint text-small" role="status">
            Taken off: <CodeText text={takenOff.map(phraseOf).join(", ")} />
          </p>
        ) : null}
      </div>
      <Region label="Payload">
        {sentence.length > 0 ? <Sentence parts={sentence} className="mb-2 text-soft" /> : null}
        <ClaimsJson
          json={payloadText}
          notes={payloadNotes(profileOf(decoded.profile).claimNotes, claims)}
          marks={marks("payload")}
          activePath={activePath}
          onActive={setActivePath}
        />
        {decoded.hiddenClaims ? (
          <p className="mt-1.5 text-faint text-small">
            {groupDigits(decoded.hiddenClaims)} further claims are read and judged, but not shown.
          </p>
        ) : null}
      </Region>
      <Region label="Header">
        <ClaimsJson
          json={headerText}
          root="header"
          notes={{ alg: "How it is signed", typ: "What it is" }}
          marks={marks("header")}
          activePath={activePath}
          onActive={setActivePath}
        />
      </Region>
    </div>
  );
}

/** The character of the token that the pointer is on. */
function offsetAt({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>): number | undefined {
  const text = currentTarget.querySelector(".token-text");
  const caret = document.caretPositionFromPoint?.(clientX, clientY);
  if (!text || !caret || !text.contains(caret.offsetNode)) return undefined;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(caret.offsetNode, caret.offset);
  return Math.max(0, before.toString().length - 1);
}

/** `payload.permissions[1]` → `payload.permissions`, the row that shows it. */
function topLevel(path: string | undefined): string | null {
  const parsed = parsePath(path ?? "");
  return parsed && parsed.parts.length > 0 ? formatPath(parsed.root, parsed.parts.slice(0, 1)) : null;
}

function payloadNotes(notes: Readonly<Record<string, string>>, claims: Record<string, unknown> | undefined) {
  const time = (name: string) =>
    typeof claims?.[name] === "number" ? <Time epochSeconds={claims[name]} seconds /> : notes[name];
  return { ...notes, iat: time("iat"), nbf: time("nbf"), exp: time("exp") };
}
