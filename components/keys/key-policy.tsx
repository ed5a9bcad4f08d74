"use client";
/** What may be issued with a key, as facts; an admin changes its label and policy in place. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { type ChangeableKey, type ChangeKeyActions, PolicyForm } from "./policy-form";

export type KeyFact = { term: string; detail: ReactNode };

export function KeyPolicy({
  item,
  facts,
  actions,
  children,
}: {
  item: ChangeableKey;
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

  // Only once it is on the page again.
  useEffect(() => {
    if (!editing && closed.current) edit.current?.focus();
    closed.current = false;
  }, [editing]);

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
      {actions && editing ? (
        <PolicyForm item={item} actions={actions} close={close} />
      ) : (
        <dl>
          {facts.map(({ term, detail }) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{detail}</dd>
            </div>
          ))}
        </dl>
      )}
      {children}
    </section>
  );
}
