"use client";
/** The credentials, one row each: what each may do, when it was used last, and what an admin does to it. */
import { useId, useRef, useState } from "react";
import { Time } from "@/components/time/time";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Select } from "@/components/ui/field";
import type { ActionResult } from "@/lib/action-result";
import type { ListedCredential } from "@/lib/credentials/list";
import { groupDigits } from "@/lib/text/group-digits";
import { listNames } from "@/lib/text/listed";
import { goneWords } from "./owner-words";
import { type PutAway, ShownCredential } from "./shown-credential";
import { StateBadge } from "./state-badge";

type Act = (input: { credentialId: string }) => Promise<ActionResult<void>>;
type Renew = (input: {
  credentialId: string;
  ending: string;
  overlap: string;
}) => Promise<ActionResult<{ credential: string }>>;

/** One that is not the only one of its name is told by its value's end as well. */
const namesake = ({ id, name, values: [value] }: ListedCredential, all: readonly ListedCredential[]): string =>
  value && all.some((each) => each.id !== id && each.name === name && each.state !== "ended")
    ? ` …${value.ending}`
    : "";

export function CredentialTable({
  credentials,
  ownId,
  renew,
  takeOver,
  end,
}: {
  credentials: readonly ListedCredential[];
  ownId: string;
  renew: Renew;
  takeOver: Act;
  end: Act;
}) {
  const columns: Column<ListedCredential>[] = [
    {
      key: "name",
      header: "Credential",
      render: ({ name, values: [value] }) => (
        <span className="flex flex-col [overflow-wrap:anywhere]">
          <bdi className="font-medium">{name}</bdi>
          {value ? <code className="text-faint">cc_…{value.ending}</code> : null}
        </span>
      ),
      className: "min-w-36",
      card: "line",
    },
    { key: "state", header: "State", render: ({ state }) => <StateBadge state={state} />, nowrap: true },
    { key: "may", header: "May", render: (item) => <Allowed item={item} />, className: "min-w-48", card: "line" },
    {
      key: "used",
      header: "Last used",
      render: ({ values }) => <LastUsed values={values} />,
      className: "min-w-36",
    },
    {
      key: "ends",
      header: "Ends",
      render: ({ endsAt, state }) =>
        endsAt === null ? state === "ended" ? "has ended" : "never" : <Time epochSeconds={endsAt} mode="short" />,
      nowrap: true,
    },
    {
      key: "owner",
      header: "Answers for it",
      render: ({ owner }) => <bdi className={owner.gone ? "text-warn" : ""}>{owner.name}</bdi>,
      className: "lg:min-w-32",
    },
    {
      key: "actions",
      header: <span className="sr-only">Actions</span>,
      render: (item) =>
        item.state === "ended" ? null : (
          <span className="flex flex-wrap rail:-my-1.5 items-center gap-x-0.5 rail:justify-end">
            {item.owner.id === ownId ? null : <TakeOver item={item} action={takeOver} />}
            <span className="flex items-center gap-x-0.5">
              {item.state === "over" ? null : (
                <RenewCredential item={item} namesake={namesake(item, credentials)} action={renew} />
              )}
              <ConfirmDialog
                trigger={
                  <>
                    End…
                    <span className="sr-only">
                      {" "}
                      {item.name}
                      {namesake(item, credentials)}
                    </span>
                  </>
                }
                triggerVariant="ghost"
                triggerSize="sm"
                title={`End “${item.name}” for good?`}
                confirmLabel="End credential"
                onConfirm={() => end({ credentialId: item.id })}
                done={`${item.name} has ended.`}
              >
                <WhichItIs item={item} />
                <p>It opens nothing from that moment on, and this cannot be undone. What it issued goes on working.</p>
              </ConfirmDialog>
            </span>
          </span>
        ),
      className: "pr-0! max-rail:mt-1",
      card: "line",
    },
  ];
  return <DataTable label="Credentials" columns={columns} rows={credentials} rowKey={({ id }) => id} cards />;
}

function Allowed({ item: { scopes, keys, templates, addresses, perMinute } }: { item: ListedCredential }) {
  const limits = [
    keys && `with ${listNames(keys)}`,
    templates && `from ${listNames(templates)}`,
    addresses && `at ${addresses.join(", ")}`,
    perMinute === null
      ? "as often as it likes"
      : `${perMinute === 1 ? "once" : `${groupDigits(perMinute)} times`} a minute`,
  ].filter(Boolean);
  return (
    <span className="flex flex-col [overflow-wrap:anywhere]">
      <span>
        {scopes.map((scope, index) => (
          <span key={scope}>
            {index > 0 ? ", " : null}
            <code>{scope}</code>
          </span>
        ))}
      </span>
      <span className="text-faint">{limits.join("; ")}</span>
    </span>
  );
}

/** A renewed one has two for a while. */
function LastUsed({ values }: Pick<ListedCredential, "values">) {
  if (values.length === 0) return null;
  return (
    <span className="flex flex-col [overflow-wrap:anywhere]">
      {values.map(({ ending, lastUsedAt, lastAddress, endsAt }) => (
        <span key={ending}>
          {values.length > 1 ? <code className="text-faint">…{ending} </code> : null}
          {lastUsedAt === null ? (
            <span className="text-faint">never</span>
          ) : (
            <>
              <Time epochSeconds={lastUsedAt} mode="relative" />
              {lastAddress ? <span className="text-faint"> from {lastAddress}</span> : null}
            </>
          )}
          {endsAt === null ? null : (
            <span className="text-faint">
              , works until <Time epochSeconds={endsAt} mode="short" />
            </span>
          )}
        </span>
      ))}
    </span>
  );
}

/** Before it is changed: its value, and who would miss it. */
function WhichItIs({ item: { values } }: { item: ListedCredential }) {
  if (values.length === 0) return null;
  return (
    <dl className="mb-2 grid grid-cols-[auto_1fr] gap-x-3">
      <dt className="text-faint">Value</dt>
      <dd>
        <code>cc_…{values[0]?.ending}</code>
      </dd>
      <dt className="text-faint">Last used</dt>
      <dd>
        <LastUsed values={values} />
      </dd>
    </dl>
  );
}

function TakeOver({ item: { id, name, owner, state }, action }: { item: ListedCredential; action: Act }) {
  return (
    <ConfirmDialog
      trigger={
        <>
          Take over…<span className="sr-only"> {name}</span>
        </>
      }
      triggerVariant={state === "without owner" ? "secondary" : "ghost"}
      triggerSize="sm"
      title={`Answer for “${name}”?`}
      confirmLabel="Take over"
      tone="primary"
      onConfirm={() => action({ credentialId: id })}
      done={`You answer for ${name} now.`}
    >
      <p>
        {state === "without owner"
          ? `${owner.name} ${goneWords(owner.gone)}, so it opens nothing. Once you answer for it, it works again.`
          : `${owner.name} answers for it now. It goes on working, and stands still once you are disabled or no admin any more.`}
      </p>
    </ConfirmDialog>
  );
}

const overlaps = [
  { value: "0", label: "ends at once" },
  { value: "1h", label: "works for an hour more" },
  { value: "24h", label: "works for a day more" },
  { value: "7d", label: "works for a week more" },
];

function RenewCredential({
  item,
  namesake,
  action,
}: {
  item: ListedCredential;
  /** What tells it from another of its name, if there is one. */
  namesake: string;
  action: Renew;
}) {
  const { id, name, values } = item;
  const [overlap, setOverlap] = useState("24h");
  const selectId = useId();
  const shown = useRef<PutAway>(null);
  return (
    <ConfirmDialog
      trigger={
        <>
          Renew…
          <span className="sr-only">
            {" "}
            {name}
            {namesake}
          </span>
        </>
      }
      triggerVariant="ghost"
      triggerSize="sm"
      title={`Give “${name}” another value?`}
      confirmLabel="Renew"
      tone="primary"
      onConfirm={() => action({ credentialId: id, ending: values[0]?.ending ?? "", overlap })}
      outcomeTitle={`The new value of “${name}”`}
      outcome={({ credential }, close) => <ShownCredential ref={shown} value={credential} close={close} />}
      onPutAway={() => shown.current?.()}
    >
      <WhichItIs item={item} />
      <p className="mb-2">The new value is shown once. Its scopes, keys and addresses stay as they are.</p>
      <label htmlFor={selectId} className="mb-1 block font-medium">
        The value of now
      </label>
      <Select id={selectId} value={overlap} onChange={({ target }) => setOverlap(target.value)}>
        {overlaps.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
    </ConfirmDialog>
  );
}
