"use client";
/** Searches a list by words: what is found has an address, in which no token or secret gets. */
import { type FormEvent, useRef, useState } from "react";
import { go, usePending } from "@/components/shell/navigation";
import { LIKE_A_SECRET_SAID } from "@/lib/profiles/no-secret";
import { Icon } from "./icon";

export function ListSearch({
  label,
  placeholder,
  q = "",
  addressOf,
}: {
  label: string;
  placeholder: string;
  /** What is looked for now. */
  q: string | undefined;
  /** Where what was typed is found; undefined: no address may hold it. */
  addressOf: (typed: string) => string | undefined;
}) {
  const box = useRef<HTMLInputElement>(null);
  const pending = usePending() !== undefined;
  const [problem, setProblem] = useState<string>();

  function search(event: FormEvent) {
    event.preventDefault();
    const address = addressOf(box.current?.value.trim() ?? "");
    setProblem(address === undefined ? LIKE_A_SECRET_SAID : undefined);
    if (address !== undefined) go(address);
  }

  return (
    <search className="mb-4 block max-w-96 print:hidden">
      <form onSubmit={search} className="relative" aria-busy={pending || undefined}>
        <Icon
          name={pending ? "pending" : "search"}
          className={`pointer-events-none absolute top-1/2 left-2.5 -mt-2 ${pending ? "spin" : "text-soft"}`}
        />
        {/* Without a name: what stands in it must not get into an address before this script has looked at it. */}
        <input
          ref={box}
          key={q}
          type="search"
          aria-label={label}
          placeholder={placeholder}
          defaultValue={q}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
          maxLength={100}
          className="block min-h-9.5 w-full rounded-lg border border-edge bg-surface py-1.5 pr-2.5 pl-9 text-body text-ink placeholder:text-faint hover:border-soft focus-visible:outline-offset-0 max-md:min-h-11 max-md:text-[1rem]"
        />
      </form>
      <p role="alert" className="text-bad text-small not-empty:mt-1.5">
        {problem}
      </p>
    </search>
  );
}
