/** The audit log's filters: a plain GET form, so that they stand in the URL and work before any script does. */
import Form from "next/form";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Field, Input, Select } from "@/components/ui/field";
import { actionWords, auditActions } from "@/lib/audit/actions";
import type { AuditFilters } from "@/lib/audit/schema";

export function AuditFilterForm({
  filters,
  choices,
  filtered,
}: {
  filters: AuditFilters;
  choices: { members: { id: string; name: string }[]; keys: { id: string; label: string }[] };
  filtered: boolean;
}) {
  return (
    <details open={filtered} className="mb-5">
      <summary className="mb-3 w-fit cursor-pointer rounded font-medium text-small text-soft">
        Filters{filtered ? ", in force" : ""}
      </summary>
      {/* The defaults change with the URL; a form that stays would keep the old ones. */}
      <Form
        key={JSON.stringify(filters)}
        action="/audit"
        className="grid grid-cols-2 gap-x-4 md:grid-cols-4 [&>div]:mb-3"
      >
        <Choose
          name="member"
          label="Member"
          all="Anyone"
          value={filters.member}
          options={choices.members.map(({ id, name }) => [id, name])}
        />
        <Choose
          name="action"
          label="Action"
          all="Anything"
          value={filters.action}
          options={auditActions.map((action) => [action, actionWords[action]])}
        />
        <Choose
          name="key"
          label="Key"
          all="Any key"
          value={filters.key}
          options={choices.keys.map(({ id, label }) => [id, label])}
        />
        <Field id="room" label="Room">
          {(control) => <Input {...control} mono name="room" defaultValue={filters.room} />}
        </Field>
        <Field id="participant" label="Participant">
          {(control) => <Input {...control} mono name="participant" defaultValue={filters.participant} />}
        </Field>
        <Field id="token" label="Token id or number">
          {(control) => <Input {...control} mono name="token" defaultValue={filters.token} />}
        </Field>
        <Field id="from" label="From (UTC)">
          {(control) => <Input {...control} type="date" name="from" defaultValue={filters.from} />}
        </Field>
        <Field id="to" label="To (UTC)">
          {(control) => <Input {...control} type="date" name="to" defaultValue={filters.to} />}
        </Field>
        <div className="col-span-full flex gap-2">
          <Button type="submit" icon="filter">
            Filter
          </Button>
          {filtered ? (
            <ButtonLink href="/audit" variant="ghost">
              Clear
            </ButtonLink>
          ) : null}
        </div>
      </Form>
    </details>
  );
}

function Choose({
  name,
  label,
  all,
  value,
  options,
}: {
  name: string;
  label: string;
  all: string;
  value?: string | undefined;
  options: [string, string][];
}) {
  return (
    <Field id={name} label={label}>
      {(control) => (
        <Select {...control} name={name} defaultValue={value ?? ""}>
          <option value="">{all}</option>
          {options.map(([option, text]) => (
            <option key={option} value={option}>
              {text}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
