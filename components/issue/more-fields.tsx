"use client";
/** What few tokens need: a later start, and claims beyond those that have fields. Folded until something stands in it, or is wrong with it. */
import { useState } from "react";
import { type Control, type UseFormRegister, useController } from "react-hook-form";
import { getNow, useNow } from "@/components/time/now-store";
import { useZone } from "@/components/time/zone-store";
import { Field, Input, Textarea } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import type { IssueTokenInput } from "@/lib/composer/schema";
import { instantAt, wallAt, zoneName } from "@/lib/text/zone";

/** What is locked is read, and not typed into. */
const LOCKED = "[&[readonly]]:bg-sunken";

type Says = (name: string) => { error?: string | undefined; warning?: string | undefined };

export function MoreFields({
  values,
  control,
  register,
  says,
  lock,
}: {
  values: IssueTokenInput;
  control: Control<IssueTokenInput>;
  register: UseFormRegister<IssueTokenInput>;
  says: Says;
  /** Why neither may be given; what stands there can be taken away. */
  lock: string | undefined;
}) {
  const isUsed = Boolean(values.startsAt || values.customClaims?.trim());
  const isWrong = Boolean(says("startsAt").error || says("customClaims").error);
  const [opened, setOpened] = useState(false);
  return (
    <details
      className="issue-more"
      // Once open it stays so: it does not close around who empties a field.
      open={opened || isUsed || isWrong}
      onToggle={({ currentTarget }) => setOpened(currentTarget.open)}
    >
      <summary>
        <Icon name="chevron" size={14} />
        <span>
          <span className="font-medium">More</span>
          <span className="text-faint"> a later start, custom claims</span>
        </span>
      </summary>
      <StartsField control={control} lock={lock} {...says("startsAt")} />
      <Field
        id="customClaims"
        label="Custom claims"
        hint={lock ?? "JSON, at most 4 kB"}
        help="Signed as they are written, behind the others."
        {...says("customClaims")}
      >
        {(props) => (
          <Textarea
            {...props}
            mono
            rows={3}
            className={LOCKED}
            placeholder={'{"team": "red"}'}
            readOnly={lock !== undefined && !values.customClaims}
            {...register("customClaims")}
          />
        )}
      </Field>
    </details>
  );
}

/** Shows and reads the clocks of the chosen zone; the form holds the instant. */
function StartsField({
  control,
  lock,
  error,
  warning,
}: { control: Control<IssueTokenInput>; lock: string | undefined } & ReturnType<Says>) {
  const { field } = useController({ name: "startsAt", control });
  const zone = useZone();
  const startsAt = typeof field.value === "string" && field.value !== "" ? Date.parse(field.value) / 1000 : Number.NaN;
  const name = useNow((now) => zoneName(Number.isNaN(startsAt) ? (now ?? getNow()) : startsAt, zone));

  function set(wall: string) {
    const instant = wall === "" ? Number.NaN : instantAt(wall, zone);
    field.onChange(Number.isNaN(instant) ? "" : new Date(instant * 1000).toISOString());
  }

  return (
    <Field
      id="startsAt"
      label="Starts"
      hint={lock ?? "empty: now"}
      help={`In ${name}. The lifetime counts from then, what the key allows counts from now.`}
      error={error}
      warning={warning}
    >
      {(props) => (
        <Input
          {...props}
          type="datetime-local"
          className={`max-w-64 ${LOCKED}`}
          readOnly={lock !== undefined && !field.value}
          ref={field.ref}
          onBlur={field.onBlur}
          value={Number.isNaN(startsAt) ? "" : wallAt(startsAt, zone)}
          onChange={({ target }) => set(target.value)}
        />
      )}
    </Field>
  );
}
