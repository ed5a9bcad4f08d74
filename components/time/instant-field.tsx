"use client";
/** A field for an instant: shows and reads the clocks of the chosen zone, and holds the instant itself, as ISO 8601 in UTC; empty where there is none. */
import type { Ref } from "react";
import { Field, Input } from "@/components/ui/field";
import { instantAt, wallAt, zoneName } from "@/lib/text/zone";
import { getNow, useNow } from "./now-store";
import { useZone } from "./zone-store";

export function InstantField({
  id,
  label,
  hint,
  help,
  error,
  warning,
  className = "",
  readOnly = false,
  value,
  inputRef,
  onBlur,
  onChange,
}: {
  id: string;
  label: string;
  /** What leaving it empty means. */
  hint: string;
  /** @param zone its name */
  help: (zone: string) => string;
  error?: string | undefined;
  warning?: string | undefined;
  /** Of the control. */
  className?: string;
  readOnly?: boolean;
  value: unknown;
  inputRef?: Ref<HTMLInputElement>;
  onBlur: () => void;
  onChange: (iso: string) => void;
}) {
  const zone = useZone();
  const instant = typeof value === "string" && value !== "" ? Date.parse(value) / 1000 : Number.NaN;
  const name = useNow((now) => zoneName(Number.isNaN(instant) ? (now ?? getNow()) : instant, zone));

  function set(wall: string) {
    const chosen = wall === "" ? Number.NaN : instantAt(wall, zone);
    onChange(Number.isNaN(chosen) ? "" : new Date(chosen * 1000).toISOString());
  }

  return (
    <Field id={id} label={label} hint={hint} help={help(name)} error={error} warning={warning}>
      {(props) => (
        <Input
          {...props}
          type="datetime-local"
          className={`max-w-64 ${className}`}
          readOnly={readOnly}
          ref={inputRef}
          onBlur={onBlur}
          value={Number.isNaN(instant) ? "" : wallAt(instant, zone)}
          onChange={({ target }) => set(target.value)}
        />
      )}
    </Field>
  );
}
