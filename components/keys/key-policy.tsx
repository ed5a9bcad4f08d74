"use client";
/** What may be issued with a key, as facts; an admin changes its label and policy on the same page, where a form has room. */
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { Button } from "@/components/ui/button";
import { changeKeyForm } from "@/lib/keys/change-key-form";
import { profileOf } from "@/lib/profiles/registry";
import { keptPolicy } from "./kept-policy";
import { type ChangeableKey, type ChangeKeyActions, PolicyForm } from "./policy-form";

export type KeyFact = { term: string; detail: ReactNode };

const PLACE = "policy-place";

/** Where it is edited: what holds stays beside it. */
export function PolicyPlace() {
  return <div id={PLACE} className="key-only-on-screen empty:hidden" />;
}

export function KeyPolicy({
  item,
  memberId,
  facts,
  actions,
  children,
}: {
  item: ChangeableKey;
  /** Who looks at it. */
  memberId: string;
  facts: readonly KeyFact[];
  /** Absent for whoever may not. */
  actions?: ChangeKeyActions | undefined;
  /** What else belongs to it. */
  children: ReactNode;
}) {
  const [editing, setEditing] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const closed = useRef(false);

  function close() {
    closed.current = true;
    setEditing(false);
  }

  // What was typed before the page was loaded again is there again.
  const begin = useEffectEvent(() => {
    const kept = actions && keptPolicy(memberId, changeKeyForm(profileOf(item.profile), item));
    if (kept) setEditing(true);
  });
  useEffect(() => begin(), []);

  // Only once it is on the page again.
  useEffect(() => {
    if (!editing && closed.current) edit.current?.focus();
    closed.current = false;
  }, [editing]);

  const place = actions && editing ? document.getElementById(PLACE) : null;
  return (
    <section aria-labelledby="policy" className="key-policy">
      <div className="flex min-h-8 items-center justify-between gap-3">
        <h2 id="policy" className="font-semibold text-small">
          Policy
        </h2>
        {actions && !editing ? (
          <Button ref={edit} variant="ghost" size="sm" icon="pen" className="-mr-2.5" onClick={() => setEditing(true)}>
            Edit
          </Button>
        ) : null}
      </div>
      <dl>
        {facts.map(({ term, detail }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{detail}</dd>
          </div>
        ))}
      </dl>
      {actions && place
        ? createPortal(<PolicyForm item={item} memberId={memberId} actions={actions} close={close} />, place)
        : null}
      {children}
    </section>
  );
}
