"use client";
/** A lifetime: presets with one click, any exact value typed; says until when. */
import type { UseFormRegisterReturn } from "react-hook-form";
import { useNow } from "@/components/time/now-store";
import { Time } from "@/components/time/time";
import { Chip, Chips, Field, Input } from "@/components/ui/field";
import { secondsOf } from "@/lib/text/parse-duration";

const presets = [
  { label: "15 min", value: "15m" },
  { label: "1 h", value: "1h" },
  { label: "2 h", value: "2h" },
  { label: "24 h", value: "24h" },
  { label: "7 d", value: "7d" },
].map((preset) => ({ ...preset, seconds: secondsOf(preset.value) }));

export function ExpiresInField({
  value,
  ttlSeconds: seconds,
  limit,
  error,
  warning,
  input,
  onPick,
}: {
  value: string;
  /** What that comes to; undefined while it cannot be read. */
  ttlSeconds: number | undefined;
  /** What the key allows, as a sentence. */
  limit?: string | undefined;
  error?: string | undefined;
  warning?: string | undefined;
  input: UseFormRegisterReturn;
  onPick: (value: string) => void;
}) {
  return (
    <Field
      id="expiresIn"
      label="Expires in"
      error={error}
      warning={warning}
      help={
        <>
          {seconds === undefined ? "Write 120m, 2h, 7d, 1d 12h, or 90 for seconds." : <Until seconds={seconds} />}{" "}
          {seconds !== undefined && /^\s*\d+\s*$/.test(value)
            ? `${value.trim()} counts seconds here; to jsonwebtoken, "${value.trim()}" in quotes is milliseconds.`
            : null}{" "}
          {limit}
        </>
      }
    >
      {(control) => (
        <div className="flex flex-wrap items-center gap-2">
          <Input {...control} mono className="max-w-32" {...input} />
          <Chips label="Presets">
            {presets.map((preset) => (
              <Chip key={preset.value} pressed={seconds === preset.seconds} onClick={() => onPick(preset.value)}>
                {preset.label}
              </Chip>
            ))}
          </Chips>
        </div>
      )}
    </Field>
  );
}

/** Changes with the minute, not with the second: help that ticks is noise. */
function Until({ seconds }: { seconds: number }) {
  const minute = useNow((now) => (now === null ? null : Math.floor((now + seconds) / 60)));
  if (minute === null) return null;
  return (
    <>
      Until <Time epochSeconds={minute * 60} />.
    </>
  );
}
