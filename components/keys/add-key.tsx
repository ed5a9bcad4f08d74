"use client";
/** The head of the keys page with what adds one: behind a button, in place. Closing it loses nothing that was typed; once a key is saved stands what to do with it. */
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { usePanel } from "@/components/ui/use-panel";
import type { ActionResult } from "@/lib/action-result";
import type { CreateKeyInput } from "@/lib/keys/schema";
import { AddKeyForm, type SavedKey } from "./add-key-form";

export function AddKey({
  title,
  lede,
  first,
  memberId,
  action,
}: {
  title: ReactNode;
  lede: ReactNode;
  /** Whether there is no key yet: then it is open from the start. */
  first: boolean;
  /** Who adds one. */
  memberId: string;
  action: (input: CreateKeyInput) => Promise<ActionResult<SavedKey>>;
}) {
  const { open, panel, button, show, hide, setOpen } = usePanel(first);
  const [saved, setSaved] = useState<SavedKey>();
  return (
    <>
      <PageHeader
        title={title}
        lede={lede}
        actions={
          open ? undefined : (
            <Button
              ref={button}
              variant={first && !saved ? "primary" : "secondary"}
              icon="plus"
              onClick={() => show(() => setSaved(undefined))}
            >
              Add key
            </Button>
          )
        }
      />
      <div role="status" className="not-empty:mb-6">
        {saved ? (
          <Notice tone="ok" title={`“${saved.label}” is saved.`}>
            Its secret's fingerprint is <code>{saved.fingerprint}</code>.
            <span className="mt-2 mb-0.5 flex flex-wrap gap-2 text-ink">
              <ButtonLink href={`/issue?key=${saved.keyId}`} variant="primary" size="sm" icon="issue">
                Issue a token with it
              </ButtonLink>
              <ButtonLink href={`/keys/${saved.keyId}`} size="sm">
                Its page
              </ButtonLink>
            </span>
          </Notice>
        ) : null}
      </div>
      <div
        ref={panel}
        hidden={!open}
        className="mb-8 max-w-[38rem] rounded-[14px] border border-line-strong bg-surface p-5 max-sm:p-4"
      >
        <AddKeyForm
          memberId={memberId}
          action={action}
          onKept={() => setOpen(true)}
          onSaved={(key) => {
            setSaved(key);
            setOpen(false);
          }}
          onCancel={first ? undefined : () => hide()}
        />
      </div>
    </>
  );
}
