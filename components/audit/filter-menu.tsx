"use client";
/** What the chips do not offer: who, with which key, what, where, and on which days. Each choice acts at once. */
import { useEffect, useId, useRef, useState } from "react";
import { Field, Input, Select } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { auditActions } from "@/lib/audit/actions";
import type { AuditFilters } from "@/lib/audit/schema";
import { shortName } from "./event-words";
import type { Choices } from "./pills";

export function FilterMenu({
  filters,
  choices,
  ask,
  askFor,
}: {
  filters: Partial<AuditFilters>;
  choices: Choices;
  ask: (asked: Partial<AuditFilters>) => void;
  /** The same for what was typed. */
  askFor: (name: "room" | "participant", typed: string) => void;
}) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useId();

  useEffect(() => {
    if (!open) return;
    box.current?.querySelector<HTMLElement>("select, input")?.focus();
    const onPointerDown = (event: PointerEvent) => {
      if (!(event.target instanceof Node && box.current?.contains(event.target))) setOpen(false);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener("pointerdown", onPointerDown);
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("pointerdown", onPointerDown);
      document.removeEventListener("keydown", onKeyDown);
    };
  }, [open]);

  const { room, participant, from, to } = filters;
  // By a key they would be drawn anew, and the focus be gone: a day is stepped through in several strokes, each of which
  // acts, and Enter acts where one types.
  useEffect(() => {
    for (const [name, value = ""] of Object.entries({ room, participant, from, to })) {
      const field = box.current?.querySelector<HTMLInputElement>(`#filter-${name}`);
      if (field && field !== document.activeElement) field.value = value;
    }
  }, [room, participant, from, to]);

  const select = (name: "member" | "key" | "action", label: string, all: string, options: [string, string][]) => (
    <Field id={`filter-${name}`} label={label}>
      {(control) => (
        <Select
          {...control}
          value={filters[name] ?? ""}
          onChange={(event) => ask({ [name]: event.currentTarget.value || undefined })}
        >
          <option value="">{all}</option>
          {options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
  const exact = (name: "room" | "participant", label: string) => {
    const askTyped = (field: HTMLInputElement) => {
      const typed = field.value.trim();
      if (typed !== (filters[name] ?? "")) askFor(name, typed);
    };
    return (
      <Field id={`filter-${name}`} label={label}>
        {(control) => (
          <Input
            {...control}
            mono
            defaultValue={filters[name]}
            onBlur={(event) => askTyped(event.currentTarget)}
            onKeyDown={(event) => {
              if (event.key === "Enter") askTyped(event.currentTarget);
            }}
          />
        )}
      </Field>
    );
  };
  const day = (name: "from" | "to", label: string) => (
    <Field id={`filter-${name}`} label={label} className="max-[30rem]:col-span-full">
      {(control) => (
        <Input
          {...control}
          type="date"
          defaultValue={filters[name]}
          onChange={(event) => {
            // While a year is typed it is one of the first millennium.
            const { value } = event.currentTarget;
            if (value === "" || value >= "2000") ask({ [name]: value || undefined });
          }}
        />
      )}
    </Field>
  );
  return (
    <div ref={box} className="contents">
      <button
        ref={button}
        type="button"
        className="audit-chip"
        aria-expanded={open}
        aria-controls={open ? panel : undefined}
        onClick={() => setOpen(!open)}
      >
        <Icon name="plus" size={12} />
        Filter
      </button>
      {open ? (
        <section id={panel} aria-label="Filter" className="audit-panel grid grid-cols-2 gap-x-4 [&>div]:mb-3">
          {select("member", "Member", "Anyone", [
            ["me", "Me"],
            ...choices.members.map(({ id, name }): [string, string] => [id, name]),
          ])}
          {select(
            "key",
            "Key",
            "Any key",
            choices.keys.map(({ id, label }): [string, string] => [id, label]),
          )}
          <div className="col-span-full [&>div]:mb-0">
            {select(
              "action",
              "What",
              "Anything",
              auditActions.map((action): [string, string] => [action, shortName(action)]),
            )}
          </div>
          {exact("room", "Room")}
          {exact("participant", "Participant")}
          {day("from", "From")}
          {day("to", "To")}
        </section>
      ) : null}
    </div>
  );
}
