"use client";
/** A few exclusive choices in one row: native radio buttons, so that the arrow keys move between them. */
import { type ReactNode, useId } from "react";

export type Segment<T extends string> = { value: T; label: string; icon?: ReactNode };

export function Segmented<T extends string>({
  label,
  value,
  segments,
  onChange,
}: {
  label: string;
  value: T;
  segments: readonly Segment<T>[];
  onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset className="flex rounded-lg bg-mute-bg p-0.5">
      <legend className="sr-only">{label}</legend>
      {segments.map((segment) => (
        <label
          key={segment.value}
          title={segment.icon ? segment.label : undefined}
          className="grid min-h-7 flex-1 cursor-pointer place-items-center rounded-md border border-transparent px-2 font-medium text-caption text-soft hover:text-ink has-checked:border-edge has-checked:bg-surface has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-ring max-md:min-h-10"
        >
          <input
            type="radio"
            name={name}
            value={segment.value}
            checked={value === segment.value}
            onChange={() => onChange(segment.value)}
            className="sr-only"
          />
          {segment.icon}
          <span className={segment.icon ? "sr-only" : undefined}>{segment.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
