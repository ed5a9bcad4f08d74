"use client";
/** The fields of the issue form that are the vendor's own, as its profile declares them: names to tick, and ids, two of them beside one another. Knows no vendor. */
import type { UseFormRegister } from "react-hook-form";
import { CheckboxCard, CheckboxCards, CheckboxChip, Chips, Field, FieldGroup, Input } from "@/components/ui/field";
import type { IssueTokenInput } from "@/lib/composer/schema";
import type { FormField } from "@/lib/profiles/profile";

type Says = (name: string) => { error?: string | undefined; warning?: string | undefined };

export function VendorFields({
  fields,
  register,
  says,
}: {
  fields: readonly FormField[];
  register: UseFormRegister<IssueTokenInput>;
  /** The messages beside a field. */
  says: Says;
}) {
  return rowsOf(fields).map((row) => {
    const shown = row.map((field) => <VendorField key={field.name} field={field} register={register} says={says} />);
    const [first] = row;
    return row.length > 1 ? (
      <div key={first?.name} className="grid gap-x-4 sm:grid-cols-2">
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

function VendorField({
  field,
  register,
  says,
}: {
  field: FormField;
  register: UseFormRegister<IssueTokenInput>;
  says: Says;
}) {
  const { name, label, help } = field;
  if (field.kind === "id") {
    return (
      <Field id={name} label={label} help={help} {...says(name)}>
        {(control) => <Input {...control} mono {...register(name)} />}
      </Field>
    );
  }
  return (
    <FieldGroup id={name} label={label} help={help} {...says(name)}>
      {field.look === "cards" ? (
        <CheckboxCards>
          {field.choices.map((choice) => (
            <CheckboxCard
              key={choice.value}
              id={choice.value}
              label={choice.value}
              value={choice.value}
              help={choice.help}
              {...register(name)}
            />
          ))}
        </CheckboxCards>
      ) : (
        <Chips>
          {field.choices.map(({ value }) => (
            <CheckboxChip key={value} id={value} label={value} value={value} mono {...register(name)} />
          ))}
        </Chips>
      )}
    </FieldGroup>
  );
}
