"use client";
/** A token's payload with a word and its times beside each claim, under the claim check where it is one of ours. Pointing at a claim marks its part of the token. */
import { lazy, type ReactNode, Suspense } from "react";
import { Time } from "@/components/time/time";
import { type ClaimMark, ClaimsJson } from "@/components/token/claims-json";
import { Sentence } from "@/components/token/sentence";
import { CopyButton } from "@/components/ui/copy-button";
import { type DecodedToken, toneOf } from "@/lib/decoder/decode";
import type { Inspection } from "@/lib/decoder/inspection";
import { keyNamed } from "@/lib/decoder/inspection-findings";
import { isAlwaysRefused } from "@/lib/decoder/refused-always";
import type { Claims, Profile } from "@/lib/profiles/profile";
import { groupDigits } from "@/lib/text/group-digits";
import { tokenName } from "@/lib/text/numbered";
import { formatSpan } from "@/lib/text/span";
import type { TokenPointer } from "./token-pointer";

// It comes after an answer of the server, which can then be asked for it too.
const DecodedTicket = lazy(() => import("./decoded-ticket").then((module) => ({ default: module.DecodedTicket })));

/** What is said of each claim stands in the ladder; here its row is marked. */
export function marksOf({ verdict }: DecodedToken, root: "header" | "payload"): ClaimMark[] {
  return verdict.layers.flatMap((layer) =>
    layer.findings.flatMap((finding) => {
      const { path, alsoAt, alsoPaths = [] } = finding;
      const [tone, everyPlace] = [toneOf(finding, layer), alsoAt !== undefined];
      return path?.startsWith(root) ? [path, ...alsoPaths].map((each) => ({ path: each, tone, everyPlace })) : [];
    }),
  );
}

export function DecodedPayload({
  decoded,
  profile,
  inspection,
  pointer: { activePath, onActive },
}: {
  decoded: DecodedToken;
  profile: Profile;
  inspection: Inspection | undefined;
  pointer: TokenPointer;
}) {
  const { claims, sentence, payloadText, headerText } = decoded;
  const entry = inspection?.ledger.state === "issued" ? inspection.ledger.entry : undefined;
  return (
    <>
      {entry ? (
        <div className="mb-5">
          <Suspense fallback={<Sentence parts={sentence} className="text-say" />}>
            <DecodedTicket
              entry={entry}
              from={decoded.verdict.times.notBefore}
              refused={isAlwaysRefused(decoded.verdict)}
              parts={sentence}
            />
          </Suspense>
        </div>
      ) : null}
      <section aria-label="Payload" className="min-w-0">
        <div className="flex min-h-8 items-center justify-between gap-3">
          <h2 className="font-semibold">Payload</h2>
          <CopyButton
            size="sm"
            variant="ghost"
            label="Copy JSON"
            getValue={() => `{\n"header": ${headerText || "null"},\n"payload": ${payloadText || "null"}\n}`}
          />
        </div>
        {!entry && sentence.length > 0 ? <Sentence parts={sentence} className="my-2 text-say" /> : null}
        <ClaimsJson
          json={payloadText}
          notes={notesOn(decoded, profile, claims ?? {}, inspection)}
          marks={marksOf(decoded, "payload")}
          activePath={activePath}
          onActive={onActive}
        />
        {decoded.hiddenClaims ? (
          <p className="mt-1.5 text-faint text-small">
            {groupDigits(decoded.hiddenClaims)} further claims are read and judged, but not shown.
          </p>
        ) : null}
      </section>
    </>
  );
}

function notesOn(
  { verdict }: DecodedToken,
  profile: Profile,
  claims: Claims,
  inspection: Inspection | undefined,
): Record<string, ReactNode> {
  const { times } = verdict;
  // Of what was meant: in milliseconds it would be a thousand times as long.
  const [begins, ends] = [times.meant.iat ?? claims.iat, times.meant.exp ?? claims.exp];
  const lifetime = typeof begins === "number" && typeof ends === "number" ? ends - begins : 0;
  const time = (name: "iat" | "nbf" | "exp"): ReactNode => {
    const value = claims[name];
    const meant = times.meant[name];
    if (typeof value !== "number") return meant === undefined ? undefined : <Meant at={meant} />;
    const span =
      name === "exp" && lifetime > 0 && lifetime < 1e9 ? (
        <>
          {" "}
          <span className="whitespace-nowrap">· {formatSpan(lifetime)}</span>
        </>
      ) : null;
    return (
      <>
        <Time epochSeconds={value} mode="clock" seconds />
        {meant === undefined ? span : <Meant at={meant}>{span}</Meant>}
      </>
    );
  };
  const ledger = inspection?.ledger;
  const keyLabel = inspection && keyNamed(profile, claims, inspection);
  const jti =
    !ledger || typeof claims.jti !== "string"
      ? undefined
      : ledger.state === "absent"
        ? "not in the ledger"
        : tokenName(ledger.entry.number);
  return {
    ...profile.notesOf(claims),
    ...(keyLabel ? { [profile.keyClaim]: keyLabel } : {}),
    iat: time("iat"),
    nbf: time("nbf"),
    exp: time("exp"),
    jti,
  };
}

function Meant({ at, children }: { at: number; children?: ReactNode }) {
  return (
    <span className="block">
      meant: <Time epochSeconds={at} mode="clock" seconds />
      {children}
    </span>
  );
}
