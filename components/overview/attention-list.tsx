/** What needs attention, the gravest first: a fact, how far it reaches, and the one act that leads to it. Nothing: one calm line. */
import Link from "next/link";
import type { ReactNode } from "react";
import { mightOf } from "@/components/cases/case-words";
import { askedInWords } from "@/components/programs/endpoint-words";
import { goneWords } from "@/components/programs/owner-words";
import { Time } from "@/components/time/time";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon, type IconName } from "@/components/ui/icon";
import type { CaseView } from "@/lib/cases/view";
import { digitsAtMost } from "@/lib/count-at-most";
import { reachInWords } from "@/lib/endpoints/judge";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { groupDigits } from "@/lib/text/group-digits";
import { caseName, tokenName } from "@/lib/text/numbered";
import { capital, withinSentence } from "@/lib/text/within-sentence";
import type { Attention } from "@/lib/tokens/attention";

export function AttentionList({
  items,
  mayAnswer,
}: {
  items: readonly Attention[];
  /** Whether the person may say what signs with a key. */
  mayAnswer: boolean;
}) {
  if (items.length === 0) {
    return (
      <p className="flex items-center gap-2 text-soft">
        <Icon name="check-circle" className="text-ok" />
        Nothing needs attention.
      </p>
    );
  }
  return (
    <ul className="attention">
      {items.map((item) => (
        <Row key={keyOf(item)} item={item} mayAnswer={mayAnswer} />
      ))}
    </ul>
  );
}

function keyOf(item: Attention): string {
  switch (item.kind) {
    case "case":
      return caseName(item.case.number);
    case "long":
      return `long ${item.can}`;
    case "endpoint":
    case "refuses":
      return `endpoint ${item.endpointId}`;
    case "asks":
      return `asking ${item.endpointId}`;
    case "endpoints":
      return `endpoints ${item.are}`;
    case "without owner":
      return `${item.what} ${item.id}`;
    default:
      return `${item.kind} ${item.keyId}`;
  }
}

const stillWords = {
  active: "Whoever has",
  off: "Switched on again, whoever has",
  over: "Given another end, whoever has",
};

const manyWords = {
  endpoint: ["reach far", "Each says what whoever has its address may, also once it is switched on again."],
  refuses: ["refuse every call", "Each says why."],
  asks: ["ask each caller for more", "The policy of their key does: a call that does not name it is refused."],
};

function Row({ item, mayAnswer }: { item: Attention; mayAnswer: boolean }) {
  switch (item.kind) {
    case "case": {
      const { number, keyLabel, lastSeenAt, lastSeenBy } = item.case;
      return (
        <Line
          tone="bad"
          icon="alarm"
          fact={
            <>
              <WhatHappened {...item.case} /> with <bdi>{keyLabel}</bdi>.
            </>
          }
          href={`/cases/${number}`}
          act={`Open ${withinSentence(caseName(number))}`}
        >
          {capital(mightOf(item.case))}
          <Reach {...item.case} />. Last pasted <Time epochSeconds={epochSeconds(lastSeenAt)} mode="relative" /> by{" "}
          <bdi>{lastSeenBy}</bdi>.
        </Line>
      );
    }
    case "unanswered": {
      const { keyId, keyLabel, tokens, lastSeenAt } = item;
      return (
        <Line
          icon="unknown"
          fact={
            <>
              Nobody has said whether something else signs with <bdi>{keyLabel}</bdi>.
            </>
          }
          href={`/keys/${keyId}#policy`}
          act={mayAnswer ? "Answer" : "See the key"}
        >
          <Link href={`/audit?elsewhere=1&key=${keyId}`} prefetch={false}>
            {tokens === 1 ? "A token" : `${digitsAtMost(tokens)} tokens`}
          </Link>{" "}
          {tokens === 1 ? "was" : "were"} pasted that its secret signed and this desk did not issue,{" "}
          {tokens === 1 ? "" : "the last "}
          <Time epochSeconds={epochSeconds(lastSeenAt)} mode="relative" />.
        </Line>
      );
    }
    case "long": {
      const { active, can, lastBy, lastExpiry } = item;
      const may = can === "rest" ? "call the REST API" : "moderate";
      const href = `/audit?tokens=1&active=1&ends=7d-&can=${can}`;
      return (
        <Line
          icon="warn"
          fact={
            <>
              <Counted href={href}>{active === 1 ? "A token" : `${digitsAtMost(active)} tokens`}</Counted> may {may} for
              more than a week from now.
            </>
          }
          href={href}
          act={active === 1 ? "Show it" : `Show all ${digitsAtMost(active)}`}
        >
          {active === 1 ? "It is" : "The last one is"} by <bdi>{lastBy}</bdi> and ends{" "}
          <Time epochSeconds={lastExpiry} mode="short" />.
        </Line>
      );
    }
    case "endpoint": {
      const { endpointId, name, reach, endsAt, still } = item;
      return (
        <Line
          icon="link"
          fact={
            <>
              {stillWords[still ?? "active"]} the address of <bdi>{name}</bdi> may {reachInWords(reach)}.
            </>
          }
          href={`/endpoints/${endpointId}`}
          act="See the endpoint"
        >
          {still === "off" ? "It is switched off. " : null}
          {still === "over" ? (
            "Its time is over; until it is ended, a change brings it back."
          ) : endsAt === null ? (
            "It never ends."
          ) : (
            <>
              It ends <Time epochSeconds={endsAt} mode="short" />.
            </>
          )}
        </Line>
      );
    }
    case "refuses": {
      const { endpointId, name, broken } = item;
      return (
        <Line
          icon="terminal"
          fact={
            <>
              The endpoint <bdi>{name}</bdi> refuses every call.
            </>
          }
          href={`/endpoints/${endpointId}`}
          act="See the endpoint"
        >
          {broken}
        </Line>
      );
    }
    case "asks": {
      const { endpointId, name, asks } = item;
      return (
        <Line
          icon="terminal"
          fact={
            <>
              The endpoint <bdi>{name}</bdi> asks each caller for {askedInWords(asks)}.
            </>
          }
          href={`/endpoints/${endpointId}`}
          act="See the endpoint"
        >
          The policy of its key does: a call that names none is refused.
        </Line>
      );
    }
    case "endpoints": {
      const { are, count } = item;
      const [fact, more] = manyWords[are];
      return (
        <Line
          icon="terminal"
          fact={`${groupDigits(count)} endpoints ${fact}.`}
          href="/endpoints"
          act="See the endpoints"
        >
          {more}
        </Line>
      );
    }
    case "without owner": {
      const { what, id, name, owner, gone } = item;
      return (
        <Line
          icon="terminal"
          fact={
            <>
              The {what} <bdi>{name}</bdi> stands still: <bdi>{owner}</bdi> {goneWords(gone)}.
            </>
          }
          href={what === "endpoint" ? `/endpoints/${id}` : "/credentials"}
          act="Take it over"
        >
          It works again once an admin answers for it.
        </Line>
      );
    }
    case "disabled": {
      const { active, keyId, keyLabel, lastExpiry } = item;
      const href = `/audit?tokens=1&active=1&key=${keyId}`;
      return (
        <Line
          icon="warn"
          fact={
            <>
              <bdi>{keyLabel}</bdi> is disabled here, but{" "}
              <Counted href={href}>
                {active === 1 ? "one of its tokens" : `${digitsAtMost(active)} of its tokens`}
              </Counted>{" "}
              {active === 1 ? "has" : "have"} not expired.
            </>
          }
          href={href}
          act={active === 1 ? "Show it" : `Show all ${digitsAtMost(active)}`}
        >
          {active === 1 ? "It" : "The last one"} ends <Time epochSeconds={lastExpiry} mode="short" />.
        </Line>
      );
    }
  }
}

/** "No. 3,459 was altered and signed", "3 tokens were signed elsewhere, 2 of them altered,": what stands before the key. */
function WhatHappened({ number, tokens, altered, alteredFrom }: CaseView) {
  const named = altered === tokens && alteredFrom !== null ? tokenName(alteredFrom) : undefined;
  const count = tokens === 1 ? "A token" : `${digitsAtMost(tokens)} tokens`;
  const some = altered > 0 ? `, ${digitsAtMost(altered)} of them altered,` : "";
  return (
    <>
      <Counted href={`/cases/${number}`}>{named ?? count}</Counted> {tokens === 1 || named ? "was" : "were"}{" "}
      {altered === tokens ? "altered and signed" : `signed elsewhere${some}`}
    </>
  );
}

/** A number, and what it counts. */
function Counted({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false}>
      {children}
    </Link>
  );
}

function Reach({ tokens, refused, lastExpiry, neverExpires }: CaseView) {
  if (refused === tokens) return null;
  if (neverExpires) return ", without an end";
  if (!lastExpiry) return ", of no known end";
  return (
    <>
      , until <Time epochSeconds={epochSeconds(lastExpiry)} mode="short" />
    </>
  );
}

function Line({
  tone = "warn",
  icon,
  fact,
  href,
  act,
  children,
}: {
  tone?: "bad" | "warn";
  icon: IconName;
  fact: ReactNode;
  href: string;
  act: string;
  children: ReactNode;
}) {
  return (
    <li data-tone={tone}>
      <Icon name={icon} />
      <p>
        <strong>{fact}</strong> <span>{children}</span>
      </p>
      <ButtonLink
        href={href}
        size="sm"
        variant={tone === "bad" ? "alarm" : "secondary"}
        className="attention-act print:hidden"
      >
        {act}
      </ButtonLink>
    </li>
  );
}
