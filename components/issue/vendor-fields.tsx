"use client";
/** The fields of the issue form that are the vendor's own, as its profile declares them: ids, two of them beside one another, names to tick, and lists to choose one of. What the key forbids is shown, locked. Knows no vendor. */
import { useEffectEvent, useLayoutEffect, useRef } from "react";
import { type Control, type FieldValues, type Path, type UseFormRegister, useController } from "react-hook-form";
import { OptionCard, OptionCards } from "@/components/ui/choice";
import { Field, FieldGroup, Input } from "@/components/ui/field";
import { asTemplateHasIt, isBeside, isLocked, isRequired, leftOf, type NamesField } from "@/lib/composer/locks";
import { sameNames } from "@/lib/composer/template";
import type { EffectivePolicy } from "@/lib/keys/policy";
import { namesIn } from "@/lib/profiles/given";
import type { FormField, Profile, Template } from "@/lib/profiles/profile";

/** Of whichever form has them. */
type FieldProps<Form extends FieldValues> = {
  /** What the form holds. */
  values: Readonly<Record<string, string | string[] | undefined>>;
  profile: Profile;
  policy: EffectivePolicy | undefined;
  /** The template that may not be departed from. */
  bound: Template | undefined;
  register: UseFormRegister<Form>;
  control: Control<Form>;
  /** The messages beside a field. */
  says: (name: string) => { error?: string | undefined; warning?: string | undefined };
};

// The profile declares the names, and the form's schema has a field for each.
const pathOf = <Form extends FieldValues>(name: string) => name as Path<Form>;

export function VendorFields<Form extends FieldValues>(props: FieldProps<Form>) {
  return rowsOf(props.profile.fields).map((row) => {
    const shown = row.map((field) => <VendorField key={field.name} field={field} {...props} />);
    const [first] = row;
    return row.length > 1 ? (
      <div key={first?.name} className="grid gap-x-3 sm:grid-cols-2">
        {shown}
      </div>
    ) : (
      shown
    );
  });
}

/** Ids that follow one another share a row. */
function rowsOf(fields: readonly FormField[]): FormField[][] {
  const rows: FormField[][] = [];
  for (const field of fields) {
    const last = rows.at(-1);
    if (field.kind === "id" && last?.[0]?.kind === "id") last.push(field);
    else rows.push([field]);
  }
  return rows;
}

function VendorField<Form extends FieldValues>({ field, ...props }: FieldProps<Form> & { field: FormField }) {
  const { profile, policy, values, register, says } = props;
  const { name, label } = field;
  if (field.kind === "id") {
    const required = policy !== undefined && isRequired(profile, policy, name);
    const hint = required ? "required here" : field.empty && `empty: ${field.empty}`;
    return (
      <Field id={name} label={label} hint={hint} {...says(name)}>
        {(control) => (
          <Input {...control} mono {...register(pathOf<Form>(name))} defaultValue={String(values[name] ?? "")} />
        )}
      </Field>
    );
  }
  return field.ways ? <WaysField field={field} {...props} /> : <NamesToTick field={field} {...props} />;
}

type Bounds = Pick<FieldProps<FieldValues>, "policy" | "bound">;

const forbids = ({ policy, bound }: Bounds, field: NamesField, names: readonly string[]) =>
  (policy !== undefined && isLocked(field, policy, names)) || (bound !== undefined && isBeside(field, bound, names));

/** Why some of a field is locked. */
function lockOf(field: NamesField, { policy, bound }: Bounds): string | undefined {
  if (bound && Object.hasOwn(bound.given, field.name)) return asTemplateHasIt(bound);
  const left = policy && leftOf(field, policy);
  return left && `this key: ${left}`;
}

function NamesToTick<Form extends FieldValues>({
  field,
  values,
  register,
  says,
  ...bounds
}: FieldProps<Form> & { field: NamesField }) {
  const { name, choices, heading } = field;
  const ticked = namesIn({ [name]: values[name] ?? [] }, name);
  const locked = choices.filter(({ value }) => forbids(bounds, field, [value]));
  return (
    <FieldGroup id={name} label={heading} hint={lockOf(field, bounds)} {...says(name)}>
      <OptionCards>
        {choices.map((choice) => {
          const lock = locked.includes(choice);
          return (
            <OptionCard
              key={choice.value}
              type="checkbox"
              id={choice.value}
              label={choice.label}
              code={choice.value}
              note={choice.alone && ", only alone"}
              help={choice.help}
              locked={lock}
              disabled={lock && !ticked.includes(choice.value)}
              value={choice.value}
              {...register(pathOf<Form>(name))}
            />
          );
        })}
      </OptionCards>
    </FieldGroup>
  );
}

/** A list that is none of the ways came from elsewhere: it is shown as what it is, until another one is chosen. */
function WaysField<Form extends FieldValues>({
  field,
  values,
  control,
  says,
  ...bounds
}: FieldProps<Form> & { field: NamesField }) {
  const { name, heading, ways = [] } = field;
  const { field: held } = useController({ name: pathOf<Form>(name), control });
  const chosen = namesIn({ [name]: values[name] ?? [] }, name);
  const isKnown = ways.some(({ names }) => sameNames(names, chosen));
  const offered = isKnown ? ways : [...ways, { names: chosen, label: "As it was", help: "" }];
  const locked = offered.filter(({ names }) => forbids(bounds, field, names));
  const inputs = useRef<(HTMLInputElement | null)[]>([]);
  const shown = useRef(false);

  // React does not hold them: it would take back what was chosen before this script ran.
  const synchronize = useEffectEvent(() => {
    const early = shown.current ? -1 : inputs.current.findIndex((input) => input?.checked);
    shown.current = true;
    const way = offered[early];
    if (way && !sameNames(way.names, chosen)) {
      held.onChange([...way.names]);
      return;
    }
    offered.forEach(({ names }, index) => {
      const input = inputs.current[index];
      if (input) input.checked = sameNames(names, chosen);
    });
  });
  const chosenText = JSON.stringify(chosen);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another one is chosen
  useLayoutEffect(() => {
    synchronize();
  }, [chosenText]);

  return (
    <FieldGroup id={name} label={heading} hint={lockOf(field, bounds)} {...says(name)}>
      <OptionCards>
        {offered.map((way, index) => {
          const checked = sameNames(way.names, chosen);
          const lock = locked.includes(way);
          return (
            <OptionCard
              key={way.label}
              type="radio"
              id={`${name}-${way.names.join("-") || "none"}`}
              name={name}
              label={way.label}
              code={way.names.length > 0 ? `${name}: ${JSON.stringify(way.names)}` : `no ${name}`}
              help={way.help || undefined}
              locked={lock}
              disabled={lock && !checked}
              defaultChecked={checked}
              ref={(input) => {
                inputs.current[index] = input;
                // The one that takes the focus when something is wrong.
                if (input && checked) held.ref(input);
              }}
              onChange={() => held.onChange([...way.names])}
              onBlur={held.onBlur}
            />
          );
        })}
      </OptionCards>
    </FieldGroup>
  );
}
