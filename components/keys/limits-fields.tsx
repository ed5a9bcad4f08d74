"use client";
/** The limits of a key's policy as fields: for everybody, and again for issuers, where what nobody may is locked. */
import { type Control, type FieldPath, type UseFormRegister, useController, useWatch } from "react-hook-form";
import { OptionCard, OptionCards } from "@/components/ui/choice";
import { Field, FieldGroup, Input } from "@/components/ui/field";
import type { ChangeKeyForm } from "@/lib/keys/change-key-form";
import { ALL_AT_ONCE, type LimitsForm, type PolicyTemplate, tickable, warningOfTicked } from "@/lib/keys/policy-form";
import type { Profile } from "@/lib/profiles/profile";
import { bareNumberSaid } from "@/lib/text/parse-duration";
import { withinSentence } from "@/lib/text/within-sentence";

type FormProps = {
  control: Control<ChangeKeyForm>;
  register: UseFormRegister<ChangeKeyForm>;
  errorOf: (name: FieldPath<ChangeKeyForm>) => string | undefined;
};

export function LimitsFields({
  of,
  vendor,
  templates,
  everybody,
  ...form
}: FormProps & {
  /** Where in the form they stand. */
  of: "" | "issuer.";
  vendor: Profile;
  templates: readonly PolicyTemplate[];
  /** What everybody may, where these are only for some. */
  everybody?: LimitsForm;
}) {
  const { control, register, errorOf } = form;
  const typed = useWatch({ control, name: [`${of}maxLifetime`, `${of}defaultLifetime`] });
  const lifetime = (name: "maxLifetime" | "defaultLifetime") => {
    const path = `${of}${name}` as const;
    return { id: idOf(path), error: errorOf(path), input: register(path) };
  };
  const [longest, first] = [lifetime("maxLifetime"), lifetime("defaultLifetime")];
  const required = vendor.fields.flatMap((field) =>
    field.kind === "id" ? [{ value: field.limits, label: field.label, help: "" }] : [],
  );
  return (
    <>
      <div className="grid grid-cols-2 gap-x-3">
        <Field
          id={longest.id}
          label="Max lifetime"
          error={longest.error}
          help={bareNumberSaid(typed[0]) ?? (everybody ? "Empty: as above." : "24h, 7d. Empty: any.")}
        >
          {(control) => <Input {...control} mono {...longest.input} />}
        </Field>
        <Field
          id={first.id}
          label="To begin with"
          error={first.error}
          help={bareNumberSaid(typed[1]) ?? (everybody ? "Empty: as above." : "Empty: 2 h, or less.")}
        >
          {(control) => <Input {...control} mono {...first.input} />}
        </Field>
      </div>
      {vendor.fields.map((field) =>
        field.kind === "names" && field.limits ? (
          <Ticks
            key={field.name}
            {...form}
            path={`${of}${field.limits}`}
            label={field.heading}
            offered={tickable(field)}
            warningOf={(ticked) => field.limits && warningOfTicked(vendor, field.limits, ticked)}
            open={everybody?.[field.limits]}
          />
        ) : null,
      )}
      <Ticks
        {...form}
        path={`${of}require`}
        label="Required"
        offered={[...required, { value: "purpose", label: "Purpose", help: "" }]}
        set={everybody?.require}
      />
      <Ticks
        {...form}
        path={`${of}templates`}
        label="Only these templates"
        help={everybody ? "None ticked: as above." : "None ticked: any template, or none at all."}
        offered={templates.map(({ id, name, help }) => ({ value: id, label: name, help }))}
        open={everybody?.templates.length ? everybody.templates : undefined}
      />
    </>
  );
}

const idOf = (path: string) => path.replace(".", "-");

type TickedPath = `${"" | "issuer."}${"permissions" | "roles" | "require" | "templates"}`;

function Ticks({
  path,
  label,
  help,
  offered,
  open,
  set = [],
  warningOf,
  control,
  errorOf,
}: FormProps & {
  path: TickedPath;
  label: string;
  help?: string;
  offered: readonly { value: string; label: string; help: string }[];
  /** What can be ticked; absent: all of it. */
  open?: readonly string[] | undefined;
  /** What is ticked whatever one does. */
  set?: readonly string[] | undefined;
  /** What to say of what is ticked. */
  warningOf?: (ticked: readonly string[]) => string | undefined;
}) {
  const { field } = useController({ control, name: path });
  const ticked: readonly string[] = field.value;
  const id = idOf(path);
  const isLocked = (value: string) => set.includes(value) || (open !== undefined && !open.includes(value));
  // What is locked takes no focus when something is wrong.
  const first = offered.find(({ value }) => !isLocked(value));
  return (
    <FieldGroup
      id={id}
      label={label}
      hint={lockIn(offered, open, set)}
      help={help}
      error={errorOf(path)}
      warning={warningOf?.(ticked)}
    >
      <OptionCards>
        {offered.map(({ value, label: words, help: meaning }) => {
          const locked = isLocked(value);
          return (
            <OptionCard
              key={value}
              type="checkbox"
              id={`${id}-${value}`}
              label={words}
              help={meaning || undefined}
              locked={locked}
              disabled={locked}
              ref={value === first?.value ? field.ref : undefined}
              checked={set.includes(value) || (!locked && ticked.includes(value))}
              onChange={({ target }) => field.onChange(afterTick(ticked, value, target.checked, offered))}
              onBlur={field.onBlur}
            />
          );
        })}
      </OptionCards>
    </FieldGroup>
  );
}

/** Why some of it is locked, as the issue form says it of the whole key. */
function lockIn(
  offered: readonly { value: string; label: string }[],
  open: readonly string[] | undefined,
  set: readonly string[],
): string | undefined {
  const labelsOf = (some: readonly string[]) =>
    offered.flatMap(({ value, label }) => (some.includes(value) ? label : []));
  if (set.length > 0) return `this key: ${labelsOf(set).join(" and ")} required`;
  if (!open || offered.every(({ value }) => open.includes(value))) return undefined;
  return `this key: ${labelsOf(open).join(" or ") || "none of these"}`;
}

/** All at once holds each of them: it goes with the first that goes. */
function afterTick(
  ticked: readonly string[],
  value: string,
  isTicked: boolean,
  offered: readonly { value: string }[],
): string[] {
  if (isTicked) return value === ALL_AT_ONCE ? offered.map((each) => each.value) : [...ticked, value];
  return ticked.filter((each) => each !== value && each !== ALL_AT_ONCE);
}

/** "room ID, purpose": fields of the issue form, as they are called within a sentence. */
export function fieldsInWords(vendor: Profile, names: readonly string[]): string {
  const own: Record<string, string> = { expiresIn: "lifetime", purpose: "purpose", template: "template" };
  return names
    .map((name) => own[name] ?? withinSentence(vendor.fields.find((field) => field.name === name)?.label ?? name))
    .join(", ");
}
