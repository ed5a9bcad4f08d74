/** Things to tick and to choose from: checkbox cards and option cards. */
import type { ComponentProps, ReactNode } from "react";
import { Icon } from "./icon";

/** The frame around `CheckboxCard`s that stand together. */
export function CheckboxCards({ children }: { children: ReactNode }) {
  return (
    <div className="divide-y divide-line overflow-clip rounded-[9px] border border-line-strong bg-surface">
      {children}
    </div>
  );
}

export function CheckboxCard({
  id,
  name,
  label,
  help,
  disabledReason,
  disabled,
  plain = false,
  ...rest
}: Omit<ComponentProps<"input">, "type" | "id" | "children"> & {
  id: string;
  /** The checkbox's name on screen; `name` serves when it is the same. */
  label?: string;
  help?: ReactNode;
  /** Why it can't be ticked now; disables it. */
  disabledReason?: ReactNode;
  /** Whether its name is a sentence, and no name of the token's. */
  plain?: boolean;
}) {
  const off = disabled || Boolean(disabledReason);
  const described = help || disabledReason;
  return (
    <div
      className={`relative grid grid-cols-[1.125rem_minmax(0,1fr)] gap-x-2.5 px-3 py-2.5 has-focus-visible:bg-mute-bg ${off ? "bg-sunken text-soft" : "hover:bg-mute-bg/50"}`}
    >
      <input
        {...rest}
        type="checkbox"
        id={id}
        name={name}
        disabled={off}
        aria-describedby={described ? `${id}-help` : undefined}
        className="relative z-1 my-[3px] size-4"
      />
      {/* The whole card is the label's target, while its accessible name stays one word. */}
      <label
        htmlFor={id}
        className={`after:absolute after:inset-0 ${plain ? "" : "font-mono text-small leading-[1.7]"}`}
      >
        {label ?? name}
      </label>
      {described ? (
        <p id={`${id}-help`} className={`col-start-2 text-small ${off ? "text-faint" : "text-soft"}`}>
          {help}
          {disabledReason ? (
            <span className="block">
              <span className="font-medium">Not available:</span> {disabledReason}
            </span>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

/** The frame around `OptionCard`s: side by side, and under one another where it is narrow. */
export function OptionCards({ children }: { children: ReactNode }) {
  return <div className="options">{children}</div>;
}

/** One of a few things to tick or to choose from: words first, and below them what they are called in the token. */
export function OptionCard({
  label,
  code,
  note,
  help,
  locked = false,
  ...rest
}: Omit<ComponentProps<"input">, "type" | "id" | "children"> & {
  id: string;
  type: "checkbox" | "radio";
  label: string;
  code?: ReactNode;
  /** Goes on behind the code. */
  note?: string | undefined;
  /** For who hears it; the page says the same elsewhere as one chooses. */
  help?: string | undefined;
  /** It is not allowed here; why stands above. */
  locked?: boolean;
}) {
  const helpId = help ? `${rest.id}-help` : undefined;
  return (
    <label className="option" title={help}>
      <input {...rest} aria-describedby={helpId} />
      <span className="min-w-0">
        <span className="flex items-center gap-1.5 font-medium">
          {label}
          {locked ? <Icon name="lock" size={13} /> : null}
        </span>{" "}
        {code ? (
          <span className="option-code">
            <code>{code}</code>
            {note}
          </span>
        ) : null}
      </span>
      {help ? (
        <span id={helpId} hidden>
          {help}
        </span>
      ) : null}
    </label>
  );
}
