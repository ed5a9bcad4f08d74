"use client";
/** Finds members and invitations by words of a name or an email: what is found has an address, in which no token or secret gets. */
import { type FormEvent, useRef, useState } from "react";
import { go, usePending } from "@/components/shell/navigation";
import { Icon } from "@/components/ui/icon";
import { LIKE_A_SECRET_SAID } from "@/lib/profiles/no-secret";
import { TeamQuery, teamAddress } from "@/lib/team/schema";

export function TeamSearch({ q = "" }: { q: string | undefined }) {
  const box = useRef<HTMLInputElement>(null);
  const pending = usePending() !== undefined;
  const [problem, setProblem] = useState<string>();

  function search(event: FormEvent) {
    event.preventDefault();
    const typed = box.current?.value.trim() ?? "";
    const query = TeamQuery.parse({ q: typed });
    const refused = typed !== "" && query.q === undefined;
    setProblem(refused ? LIKE_A_SECRET_SAID : undefined);
    if (!refused) go(teamAddress({ q: query.q }));
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
          aria-label="Find in the team"
          placeholder="Name or email"
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
