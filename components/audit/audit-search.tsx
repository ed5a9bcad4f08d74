"use client";
/** The search box of the audit log: what is asked for as pills, chips for what is asked most, and the rest behind one menu. A pasted token is hashed here and never leaves the browser. */
import Link from "next/link";
import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from "react";
import { go, usePending } from "@/components/shell/navigation";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import type { ChipCounts } from "@/lib/audit/list";
import {
  type AuditFilters,
  auditAddress,
  type Chip,
  chipAsks,
  isHash,
  isOffered,
  isTooLong,
  TOO_LONG_SAID,
} from "@/lib/audit/schema";
import { digitsAtMost } from "@/lib/count-at-most";
import { canDigest, digestAll, toHex } from "@/lib/scan/digest";
import { heldIn } from "@/lib/scan/held-in";
import { FilterMenu } from "./filter-menu";
import { type Choices, pillsOf } from "./pills";

/** `more`: not on a phone, where it stands in the menu or is rarely asked. */
const chips: { label: string; chip: Chip; more?: true; bad?: true }[] = [
  { label: "Tokens only", chip: "tokens" },
  { label: "Mine", chip: "mine", more: true },
  { label: "Not expired", chip: "active" },
  { label: "Expires in 24 h", chip: "expiring", more: true },
  { label: "Moderators", chip: "moderators", more: true },
  { label: "Longer than 7 days", chip: "long", more: true },
  { label: "Refused", chip: "refused", more: true },
  { label: "Signed elsewhere", chip: "elsewhere", bad: true },
];

/** A token, alone or behind what is often copied along. */
const TOKEN = /(?:^|[\s"'=:])(eyJ[\w-]*\.[\w-]+\.[\w-]*)/;

export function AuditSearch({
  filters,
  choices,
  counts,
  fingerprints,
  tooLong,
}: {
  /** Without the page. */
  filters: Partial<AuditFilters>;
  choices: Choices;
  /** Of what is asked for. */
  counts: ChipCounts;
  /** The first hexadecimal digits of the SHA-256 of each secret of this desk, with the label of its key. */
  fingerprints: { fingerprint: string; label: string }[];
  /** Whether the address asks for more than is looked for. */
  tooLong: boolean;
}) {
  const box = useRef<HTMLInputElement>(null);
  const pending = usePending() !== undefined;
  const [problem, setProblem] = useState(tooLong ? TOO_LONG_SAID : undefined);
  const pills = pillsOf(filters, choices);
  const text = isHash(filters.q) ? "" : (filters.q ?? "");

  const ask = (asked: Partial<AuditFilters>) => go(auditAddress({ ...filters, ...asked }));

  /** What is asked becomes an address, which is kept in many places: no secret and no token gets into one. */
  async function askFor(name: "q" | "room" | "participant", typed: string) {
    const plain = typed.trim();
    setProblem(undefined);
    // What is asked for stands as a pill, and not in the box.
    if (name === "q" && plain === "" && isHash(filters.q)) return;
    const held = await heldIn(plain, fingerprints);
    // A hash has the looks of a secret; where none can be hashed, they cannot be told apart.
    const isMeant = held?.what === "secret" && name === "q" && isHash(plain) && canDigest();
    if (!held && isTooLong(plain)) return setProblem(TOO_LONG_SAID);
    if (!held || isMeant) return ask({ [name]: plain || undefined });
    if (box.current) box.current.value = "";
    if (held.what === "known secret")
      return setProblem(`This is the secret of ${held.secret.label}. It was not sent. Clear it from your clipboard.`);
    if (held.what === "secret")
      return setProblem("This looks like a secret, or a piece of a token. It was not sent. Paste a whole token.");
    if (!canDigest())
      return setProblem("A browser hashes only on https or on localhost. Paste the token into the decoder instead.");
    const [digest] = await digestAll([held.token]);
    ask({ q: toHex(digest ?? new Uint8Array()) });
  }

  function onPaste(event: ClipboardEvent) {
    const pasted = event.clipboardData.getData("text");
    if (!TOKEN.test(pasted)) return;
    event.preventDefault();
    askFor("q", pasted);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const last = pills.at(-1);
    if (event.key === "Backspace" && event.currentTarget.value === "" && last && !event.repeat) {
      event.preventDefault();
      go(last.without);
    }
    if (event.key === "Escape") event.currentTarget.blur();
  }

  return (
    <div className="mb-3">
      <search>
        <form
          className="audit-search"
          aria-busy={pending || undefined}
          onSubmit={(event) => {
            event.preventDefault();
            askFor("q", box.current?.value ?? "");
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
            placeholder={pills.length > 1 ? "Number, room, person" : "Number, room, person, purpose, token"}
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
      <div className="relative mt-2.5 print:hidden flex flex-wrap gap-1 max-md:gap-1.5">
        {chips
          .filter(({ chip }) => isOffered(chip, filters))
          .map(({ label, chip, more, bad }) => {
            const count = counts[chip];
            // Nothing is behind none: it stays where it is, and leads nowhere.
            if (count === 0)
              return (
                <span key={chip} className="audit-chip" data-more={more} data-none>
                  {label} <small>0</small>
                </span>
              );
            return (
              <Link
                key={chip}
                href={auditAddress({ ...filters, ...chipAsks[chip] })}
                prefetch={false}
                className="audit-chip"
                data-more={more}
                data-tone={bad && counts.openCases && count !== undefined ? "bad" : undefined}
              >
                {label}
                {count === undefined ? null : <small>{digitsAtMost(count)}</small>}
              </Link>
            );
          })}
        <FilterMenu filters={filters} choices={choices} ask={ask} askFor={askFor} />
      </div>
    </div>
  );
}
