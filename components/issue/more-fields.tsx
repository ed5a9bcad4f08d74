"use client";
/** What few tokens need: a later start, and claims beyond those that have fields. Folded until something stands in it, or is wrong with it. */
import { useState } from "react";
import { type Control, type UseFormRegister, useController } from "react-hook-form";
import { InstantField } from "@/components/time/instant-field";
import { Field, Textarea } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import type { IssueTokenInput } from "@/lib/composer/schema";

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
            defaultValue={values.customClaims ?? ""}
          />
        )}
      </Field>
    </details>
  );
}

function StartsField({
  control,
  lock,
  error,
  warning,
}: { control: Control<IssueTokenInput>; lock: string | undefined } & ReturnType<Says>) {
  const { field } = useController({ name: "startsAt", control });
  return (
    <InstantField
      id="startsAt"
      label="Starts"
      hint={lock ?? "empty: now"}
      help={(zone) => `In ${zone}. The lifetime counts from then, what the key allows counts from now.`}
      error={error}
      warning={warning}
      className={LOCKED}
      readOnly={lock !== undefined && !field.value}
      value={field.value}
      inputRef={field.ref}
      onBlur={field.onBlur}
      onChange={field.onChange}
    />
  );
}
