"use client";
/** The head of the credentials page with what makes one: behind a button, in place. Its value stands there once it is made, until the person has it. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { usePanel } from "@/components/ui/use-panel";
import type { ActionResult } from "@/lib/action-result";
import type { CredentialFields } from "@/lib/credentials/schema";
import { CredentialForm } from "./credential-form";
import { type PutAway, ShownCredential } from "./shown-credential";

type Named = { id: string; label: string };

export function AddCredential({
  pages,
  keys,
  templates,
  memberId,
  action,
}: {
  /** What leads to the neighbouring pages. */
  pages: ReactNode;
  keys: readonly Named[];
  templates: readonly Named[];
  /** Who fills it in. */
  memberId: string;
  action: (input: CredentialFields) => Promise<ActionResult<{ credential: string }>>;
}) {
  const { open, panel, button, show, hide, setOpen } = usePanel();
  const [made, setMade] = useState<string>();
  const [cancelled, setCancelled] = useState(0);
  const shown = useRef<HTMLElement>(null);
  const value = useRef<PutAway>(null);
  // The form was longer: where its button stood the list is by now, and the value, shown once, above it.
  useEffect(() => {
    if (made) shown.current?.focus();
  }, [made]);
  return (
    <>
      <PageHeader
        title="Credentials"
        lede="What CI and backends ask the API with."
        actions={
          open ? undefined : (
            <Button ref={button} icon="plus" onClick={() => show()}>
              New credential
            </Button>
          )
        }
        className="mb-4"
      />
      {pages}
      <div
        ref={panel}
        hidden={!open}
        className="mb-8 max-w-[38rem] rounded-[14px] border border-line-strong bg-surface p-5 max-sm:p-4"
      >
        <div role="status">
          {made ? (
            <section ref={shown} tabIndex={-1} aria-labelledby="made-credential" className="scroll-mt-20 outline-none">
              <h2 id="made-credential" className="mb-3 font-semibold text-[1.0625rem] tracking-tight">
                The credential
              </h2>
              <ShownCredential ref={value} value={made} close={() => hide(() => setMade(undefined))} />
              <p className="mt-3 mb-4 text-small text-soft">
                Put it into a secret of your CI, or into a file that only its program can read, and never into a
                repository.
              </p>
              <Button onClick={() => value.current?.()}>Done</Button>
            </section>
          ) : null}
        </div>
        {/* A new one each time, and none that waits with what was typed for the one before. */}
        {made ? null : (
          <CredentialForm
            key={cancelled}
            {...{ keys, templates, memberId, action }}
            onKept={() => setOpen(true)}
            onMade={setMade}
            onCancel={() => hide(() => setCancelled(cancelled + 1))}
          />
        )}
      </div>
    </>
  );
}
