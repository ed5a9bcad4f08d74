"use client";
/** An address that lets somebody into the room. It is made in the browser when asked for, since whoever sees it has the token. */
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Button, ButtonLabel, buttonClass } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import type { Claims } from "@/lib/profiles/profile";
import type { Targets } from "@/lib/profiles/targets";
import { CodeBox } from "./code-box";

export function LinkPanel({
  link: { help, warning, uselessFor, write },
  token,
  claims,
  room,
  name,
  onName,
  onTaken,
}: {
  link: Targets["link"];
  token: string;
  claims: Claims;
  /** Empty: not known yet. */
  room: string;
  /** Of whoever joins, as it is typed. */
  name: string;
  onName: (name: string) => void;
  onTaken: () => void;
}) {
  const [wanted, setWanted] = useState(false);
  const copy = useRef<HTMLButtonElement>(null);
  const useless = uselessFor(claims);
  const address = room && wanted ? write({ token, room, name: name.trim() }) : undefined;
  // The vendor's own writing of it, with the token where it stands.
  const [before = "", after = ""] = address?.split(token) ?? [];

  /** Its button goes: the focus is on what one does next. */
  function make() {
    flushSync(() => setWanted(true));
    copy.current?.focus();
  }

  return (
    <>
      <p className="text-small text-soft">{help}</p>
      {useless ? <Notice tone="warn">{useless}</Notice> : null}
      <Field id="into-name" label="Name in the meeting" optional className="mb-0! max-w-80">
        {(control) => (
          <Input {...control} autoComplete="off" value={name} onChange={({ target }) => onName(target.value)} />
        )}
      </Field>
      <Notice tone="warn">{warning}</Notice>
      {address ? (
        <>
          <CodeBox id="into-link" label="Copy link" copyRef={copy} {...{ token, before, after, onTaken }} />
          <p>
            <a
              href={address}
              target="_blank"
              rel="noopener noreferrer"
              className={buttonClass("secondary", "sm")}
              onClick={onTaken}
            >
              <ButtonLabel icon="arrow-right">Open in a new tab</ButtonLabel>
            </a>
          </p>
        </>
      ) : (
        <p>
          <Button icon="link" disabled={!room} onClick={make}>
            Make join link
          </Button>
        </p>
      )}
    </>
  );
}
