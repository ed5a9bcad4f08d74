/** Form fields: label above, the control, its error and warning right under it, help below; wired for assistive technology. */
import type { ComponentProps, ReactNode } from "react";
import { Icon } from "./icon";

/** What a control needs to belong to its field: `{(control) => <Input {...control} />}`. */
export type ControlProps = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  required: true | undefined;
};

type Messages = { help?: ReactNode; error?: ReactNode; warning?: ReactNode };

export function Field({
  id,
  label,
  help,
  error,
  warning,
  hint,
  optional = false,
  required = false,
  className = "",
  children,
}: Messages & {
  id: string;
  label: ReactNode;
  /** A word or two beside the label, such as what leaving it empty means. */
  hint?: ReactNode;
  /** Says "optional" beside the label. */
  optional?: boolean;
  required?: boolean;
  className?: string;
  children: (control: ControlProps) => ReactNode;
}) {
  return (
    <div className={`mb-4.5 min-w-0 ${className}`}>
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {optional ? <span className="text-caption text-faint">optional</span> : null}
        {hint ? <Hint id={id}>{hint}</Hint> : null}
      </div>
      {children({
        id,
        "aria-describedby": describedBy(id, { help, error, warning, hint }),
        "aria-invalid": error ? true : undefined,
        required: required || undefined,
      })}
      <FieldMessages id={id} help={help} error={error} warning={warning} />
    </div>
  );
}

/** Several controls under one label: checkboxes, chips. */
export function FieldGroup({
  id,
  label,
  help,
  error,
  warning,
  hint,
  className = "",
  children,
}: Messages & { id: string; label: ReactNode; hint?: ReactNode; className?: string; children: ReactNode }) {
  return (
    <fieldset
      className={`mb-4.5 min-w-0 ${className}`}
      aria-labelledby={`${id}-label`}
      aria-describedby={describedBy(id, { help, error, warning, hint })}
      aria-invalid={error ? true : undefined}
    >
      <legend className="mb-1.5 flex w-full items-baseline justify-between gap-3">
        <span id={`${id}-label`} className="font-medium">
          {label}
        </span>
        {hint ? <Hint id={id}>{hint}</Hint> : null}
      </legend>
      {children}
      <FieldMessages id={id} help={help} error={error} warning={warning} />
    </fieldset>
  );
}

function Hint({ id, children }: { id: string; children: ReactNode }) {
  return (
    <span id={`${id}-hint`} className="min-w-0 text-caption text-faint">
      {children}
    </span>
  );
}

function describedBy(id: string, { help, error, warning, hint }: Messages & { hint?: ReactNode }) {
  const ids = [error && `${id}-error`, warning && `${id}-warning`, hint && `${id}-hint`, help && `${id}-help`].filter(
    Boolean,
  );
  return ids.length > 0 ? ids.join(" ") : undefined;
}

/** The two live regions are always there: one that appears together with its text is not announced. */
function FieldMessages({ id, help, error, warning }: Messages & { id: string }) {
  return (
    <>
      <div id={`${id}-error`} role="alert" className="text-bad text-small not-empty:mt-1.5">
        {error ? (
          <span className="flex gap-1.5">
            <Icon name="cross-circle" size={14} className="mt-[3px]" />
            <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{error}</span>
          </span>
        ) : null}
      </div>
      <div id={`${id}-warning`} role="status" className="text-small text-warn not-empty:mt-1.5">
        {warning ? (
          <span className="flex gap-1.5">
            <Icon name="warn" size={14} className="mt-[3px]" />
            <span className="min-w-0 [overflow-wrap:anywhere]">{warning}</span>
          </span>
        ) : null}
      </div>
      {help ? (
        <div id={`${id}-help`} className="mt-1.5 text-faint text-small">
          {help}
        </div>
      ) : null}
    </>
  );
}

/** 16 px on small screens, or iOS zooms the page into the field. */
const control =
  "block w-full min-w-0 rounded-lg border border-edge bg-surface px-2.5 py-1.5 text-body text-ink placeholder:text-faint hover:border-soft disabled:bg-sunken disabled:text-faint aria-invalid:border-bad aria-invalid:bg-bad-bg focus-visible:outline-offset-0 max-md:text-[1rem]";

type Mono = { mono?: boolean };

export function Input({ mono, className = "", ...rest }: ComponentProps<"input"> & Mono) {
  return (
    <input
      className={`${control} min-h-9.5 max-md:min-h-11 ${mono ? "font-mono md:text-small" : ""} ${className}`}
      {...(mono ? { spellCheck: false, autoCapitalize: "off", autoCorrect: "off" } : {})}
      {...rest}
    />
  );
}

export function Select({ mono, className = "", children, ...rest }: ComponentProps<"select"> & Mono) {
  return (
    <span className={`relative block ${className}`}>
      <select
        className={`${control} min-h-9.5 appearance-none pr-8 max-md:min-h-11 ${mono ? "font-mono md:text-small" : ""}`}
        {...rest}
      >
        {children}
      </select>
      <Icon
        name="chevron"
        size={14}
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2.5 text-soft"
      />
    </span>
  );
}

export function Textarea({ mono, className = "", ...rest }: ComponentProps<"textarea"> & Mono) {
  return (
    <textarea
      className={`${control} min-h-24 resize-y ${mono ? "break-all font-mono md:text-small" : ""} ${className}`}
      {...(mono ? { spellCheck: false, autoCapitalize: "off", autoCorrect: "off" } : {})}
      {...rest}
    />
  );
}
