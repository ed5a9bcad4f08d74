"use client";
/** A field for a password, and a button that shows what was typed. */
import { type ComponentProps, useState } from "react";
import { Input } from "./field";
import { staysInField } from "./stays-in-field";

export function PasswordInput({ id, ...rest }: Omit<ComponentProps<typeof Input>, "type">) {
  const [shown, setShown] = useState(false);
  return (
    <span className="relative block">
      <Input
        id={id}
        {...rest}
        type={shown ? "text" : "password"}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        className="pr-16"
      />
      <button
        type="button"
        aria-controls={id}
        aria-pressed={shown}
        {...staysInField}
        onClick={() => setShown(!shown)}
        className="absolute inset-y-1 right-1 rounded-md px-2.5 font-medium text-small text-soft hover:bg-mute-bg hover:text-ink"
      >
        Show<span className="sr-only"> what was typed</span>
      </button>
    </span>
  );
}
