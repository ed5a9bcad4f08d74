"use client";
/** A field for an instant: shows and reads the clocks of the chosen zone, and holds the instant itself, as ISO 8601 in UTC; empty where there is none. What is typed in part is no instant, and not empty either: the form refuses it. */
import { useEffect, useEffectEvent, useRef } from "react";
import { Field, Input } from "@/components/ui/field";
import { useTypedEarly } from "@/components/ui/use-typed-early";
import { instantAt, wallAt, zoneName } from "@/lib/text/zone";
import { getNow, useNow } from "./now-store";
import { useZone } from "./zone-store";

/** Held in place of an instant of which a part is missing: a browser gives the same for it as for nothing. */
const UNFINISHED = "unfinished";
/** Without it browsers take six digits for a year, and the hour for two of them. */
const LAST = "9999-12-31T23:59";

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
  inputRef?: (input: HTMLInputElement | null) => void;
  onBlur: () => void;
  onChange: (iso: string) => void;
}) {
  const zone = useZone();
  const instant = typeof value === "string" && value !== "" ? Date.parse(value) / 1000 : Number.NaN;
  const name = useNow((now) => zoneName(Number.isNaN(instant) ? (now ?? getNow()) : instant, zone));

  const input = useRef<HTMLInputElement>(null);

  /** Not at each key: whoever is typing has made no mistake. */
  function judge() {
    if (input.current?.validity.badInput) onChange(UNFINISHED);
    // Nor what is typed nowhere any more, since the page was loaded again.
    else if (input.current?.value === "" && value !== "") onChange("");
  }
  const onSubmit = useEffectEvent(judge);
  function judgeAgain() {
    if (value === UNFINISHED) judge();
  }
  const onHeld = useEffectEvent((_: unknown) => judgeAgain());
  useEffect(() => onHeld(value), [value]);
  useEffect(() => {
    const form = input.current?.form;
    // A button need not take the focus away. Ahead of whoever reads the form.
    const judged = () => onSubmit();
    form?.addEventListener("submit", judged, true);
    return () => form?.removeEventListener("submit", judged, true);
  }, []);

  function set(wall: string) {
    const chosen = wall === "" ? Number.NaN : instantAt(wall, zone);
    onChange(Number.isNaN(chosen) ? "" : new Date(chosen * 1000).toISOString());
  }

  const drawn = Number.isNaN(instant) ? "" : wallAt(instant, zone);
  useTypedEarly(input, drawn, set);

  return (
    <Field id={id} label={label} hint={hint} help={help(name)} error={error} warning={warning}>
      {(props) => (
        <Input
          {...props}
          type="datetime-local"
          className={`max-w-64 ${className}`}
          readOnly={readOnly}
          max={LAST}
          ref={(element) => {
            input.current = element;
            inputRef?.(element);
          }}
          onKeyUp={judgeAgain}
          onBlur={() => {
            judge();
            onBlur();
          }}
          value={drawn}
          onChange={({ target }) => set(target.value)}
        />
      )}
    </Field>
  );
}
