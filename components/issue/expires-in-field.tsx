"use client";
/** A lifetime: presets with one click, any exact value typed; says until when. A preset that the key does not allow is locked. */
import type { UseFormRegisterReturn } from "react-hook-form";
import { useNow } from "@/components/time/now-store";
import { Time } from "@/components/time/time";
import { Chip, Chips } from "@/components/ui/chips";
import { Field, Input } from "@/components/ui/field";
import { lifetimeWords, presets } from "@/lib/text/lifetime";
import { bareNumberSaid } from "@/lib/text/parse-duration";

export function ExpiresInField({
  value,
  ttlSeconds: seconds,
  startsAt,
  maxSeconds,
  bound,
  most,
  help,
  error,
  warning,
  input,
  onPick,
}: {
  value: string;
  /** What that comes to; undefined while it cannot be read. */
  ttlSeconds: number | undefined;
  /** Seconds since 1970; undefined: now. */
  startsAt: number | undefined;
  /** What the key allows; null: any. */
  maxSeconds: number | null;
  /** The lifetime of the template that may not be departed from, and why in words. */
  bound?: { said: string; ttlSeconds: number | undefined } | undefined;
  /** What says how long it may be at most, instead of the key. */
  most?: string | undefined;
  /** What is said instead of until when it is. */
  help?: string | undefined;
  error?: string | undefined;
  warning?: string | undefined;
  input: UseFormRegisterReturn;
  onPick: (value: string) => void;
}) {
  const locks = ({ seconds: preset }: (typeof presets)[number]) =>
    (maxSeconds !== null && preset > maxSeconds) || (bound !== undefined && preset !== bound.ttlSeconds);
  const limit =
    maxSeconds !== null && presets.some(locks)
      ? `${most ?? "this key"}: up to ${lifetimeWords(maxSeconds)}`
      : undefined;
  return (
    <Field
      id="expiresIn"
      label="Expires in"
      hint={bound?.said ?? limit}
      error={error}
      warning={warning}
      help={
        <>
          {seconds === undefined ? (
            "Write 120m, 2h, 7d, 1d 12h, or 90 for seconds."
          ) : help ? (
            help
          ) : (
            <Until seconds={seconds} startsAt={startsAt} />
          )}{" "}
          {bareNumberSaid(value)}
        </>
      }
    >
      {(control) => (
        <div className="flex flex-wrap items-center gap-2">
          <Input {...control} mono className="max-w-24" {...input} />
          <Chips label="Presets">
            {presets.map((preset) => (
              <Chip
                key={preset.value}
                pressed={seconds === preset.seconds}
                locked={locks(preset)}
                onClick={() => onPick(preset.value)}
              >
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
function Until({ seconds, startsAt }: { seconds: number; startsAt: number | undefined }) {
  const minute = useNow((now) => (now === null ? null : Math.floor(((startsAt ?? now) + seconds) / 60)));
  if (minute === null) return null;
  return (
    <>
      Until <Time epochSeconds={minute * 60} />.
    </>
  );
}
