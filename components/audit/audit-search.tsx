"use client";
/** The search box of the audit log: what is asked for as pills, chips for what is asked most, and the rest behind one menu. A pasted token is hashed here and never leaves the browser. */
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type ClipboardEvent, type KeyboardEvent, useRef, useState, useTransition } from "react";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { type AuditFilters, auditAddress } from "@/lib/audit/schema";
import { digitsAtMost } from "@/lib/count-at-most";
import { canDigest, digestAll, toHex } from "@/lib/scan/digest";
import { FilterMenu } from "./filter-menu";
import { type Choices, isHash, pillsOf } from "./pills";

type Counted = "tokens" | "mine" | "active" | "expiring" | "moderators" | "long" | "refused" | "elsewhere";

/** `openCases`: whether something of what was signed elsewhere has yet to be looked at. */
export type ChipCounts = Record<Counted, number> & { openCases: boolean };

/** `more`: not on a phone, where it stands in the menu or is rarely asked. */
const chips: { label: string; count: Counted; asks: Partial<AuditFilters>; more?: true; bad?: true }[] = [
  { label: "Tokens only", count: "tokens", asks: { tokens: "1" } },
  { label: "Mine", count: "mine", asks: { member: "me" }, more: true },
  { label: "Active now", count: "active", asks: { active: "1" } },
  { label: "Expires in 24 h", count: "expiring", asks: { ends: "24h" }, more: true },
  { label: "Moderators", count: "moderators", asks: { can: "moderate" }, more: true },
  { label: "Longer than 7 days", count: "long", asks: { long: "1" }, more: true },
  { label: "Refused", count: "refused", asks: { outcome: "refused" }, more: true },
  { label: "Signed elsewhere", count: "elsewhere", asks: { elsewhere: "1" }, bad: true },
];

/** A token, alone or behind what is often copied along. */
const TOKEN = /(?:^|[\s"'=:])(eyJ[\w-]*\.[\w-]+\.[\w-]*)/;

export function AuditSearch({
  filters,
  choices,
  counts,
  fingerprints,
}: {
  /** Without the page. */
  filters: Partial<AuditFilters>;
  choices: Choices;
  /** Of the whole log: undefined while something is asked for, as they would count something else. */
  counts: ChipCounts | undefined;
  /** The first hexadecimal digits of the SHA-256 of each secret of this desk, with the label of its key. */
  fingerprints: { fingerprint: string; label: string }[];
}) {
  const router = useRouter();
  const box = useRef<HTMLInputElement>(null);
  const [pending, startTransition] = useTransition();
  const [problem, setProblem] = useState<string>();
  const pills = pillsOf(filters, choices);
  const text = isHash(filters.q) ? "" : (filters.q ?? "");

  const go = (href: string) => startTransition(() => router.push(href));
  const ask = (asked: Partial<AuditFilters>) => go(auditAddress({ ...filters, ...asked }));

  async function askFor(typed: string) {
    const plain = typed.trim();
    const token = TOKEN.exec(plain)?.[1];
    setProblem(undefined);
    if (token === undefined && plain.length < 16) return ask({ q: plain });
    if (!canDigest()) {
      if (token === undefined) return ask({ q: plain });
      return setProblem("A browser hashes only on https or on localhost. Paste the token into the decoder instead.");
    }
    const [digest] = await digestAll([token ?? plain]);
    const hash = toHex(digest ?? new Uint8Array());
    const secret = fingerprints.find(({ fingerprint }) => hash.startsWith(fingerprint));
    if (box.current && (token ?? secret)) box.current.value = "";
    if (secret)
      return setProblem(`This is the secret of ${secret.label}. It was not sent. Clear it from your clipboard.`);
    ask({ q: token === undefined ? plain : hash });
  }

  function onPaste(event: ClipboardEvent) {
    const pasted = event.clipboardData.getData("text");
    if (!TOKEN.test(pasted)) return;
    event.preventDefault();
    askFor(pasted);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const last = pills.at(-1);
    if (event.key === "Backspace" && event.currentTarget.value === "" && last && !event.repeat) {
      event.preventDefault();
      go(last.without);
    }
    if (event.key === "Escape") event.currentTarget.blur();
  }

  const offered = chips.filter(({ asks }) =>
    Object.keys(asks).every((name) => filters[name as keyof AuditFilters] === undefined),
  );
  return (
    <div className="mb-3">
      <search>
        <form
          className="audit-search"
          aria-busy={pending || undefined}
          onSubmit={(event) => {
            event.preventDefault();
            askFor(box.current?.value ?? "");
          }}
        >
          <Icon name={pending ? "pending" : "search"} className={pending ? "spin" : "text-soft"} />
          {pills.map(({ name, label, without }) => (
            <span key={name} className="audit-pill">
              <span title={label}>
                <bdi>{label}</bdi>
              </span>
              <Link href={without} aria-label={`Remove: ${label}`} prefetch={false}>
                <Icon name="cross" size={12} />
              </Link>
            </span>
          ))}
          {/* Without a name: what stands in it must not get into an address before this script has looked at it. */}
          <input
            ref={box}
            key={text}
            type="search"
            aria-label="Search the audit log"
            aria-keyshortcuts="/"
            placeholder={
              pills.length > 1
                ? "Number, room, person, purpose"
                : "No. 2,900, a room, a participant, a purpose, an email, or a pasted token"
            }
            defaultValue={text}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="search"
            maxLength={100_000}
            onPaste={onPaste}
            onKeyDown={onKeyDown}
          />
          <span
            aria-hidden="true"
            className="rounded border border-line-strong px-1.5 text-caption text-faint max-md:hidden"
          >
            /
          </span>
        </form>
      </search>
      <div role="alert" className="not-empty:mt-2">
        {problem ? <Notice tone="warn">{problem}</Notice> : null}
      </div>
      <div className="relative mt-2.5 print:hidden flex flex-wrap gap-1.5">
        {offered.map(({ label, count, asks, more, bad }) => (
          <Link
            key={label}
            href={auditAddress({ ...filters, ...asks })}
            prefetch={false}
            className="audit-chip"
            data-more={more}
            data-tone={bad && counts?.openCases ? "bad" : undefined}
          >
            {label}
            {counts ? <small>{digitsAtMost(counts[count])}</small> : null}
          </Link>
        ))}
        <FilterMenu filters={filters} choices={choices} ask={ask} />
      </div>
    </div>
  );
}
