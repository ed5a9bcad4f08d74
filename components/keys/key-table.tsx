/** The signing keys, one row each. */
import { Time } from "@/components/time/time";
import { Badge } from "@/components/ui/badge";
import { type Column, DataTable } from "@/components/ui/data-table";
import { IdText } from "@/components/ui/id-text";
import type { ActionResult } from "@/lib/action-result";
import { digitsAtMost } from "@/lib/count-at-most";
import type { KeyListItem } from "@/lib/keys/list";
import type { SetKeyStatusInput } from "@/lib/keys/schema";
import { groupDigits } from "@/lib/text/group-digits";
import { formatSpan } from "@/lib/text/span";
import { KeyStatusDialog } from "./key-status-dialog";

export function KeyTable({
  keys,
  setStatus,
}: {
  keys: KeyListItem[];
  /** Absent when the person may not. */
  setStatus?: ((input: SetKeyStatusInput) => Promise<ActionResult<unknown>>) | undefined;
}) {
  const columns: Column<KeyListItem>[] = [
    {
      key: "label",
      header: "Label",
      render: (key) => <bdi className="font-medium">{key.label}</bdi>,
      shorten: (key) => key.label,
      className: "min-w-32",
    },
    {
      key: "apiKey",
      header: "API key",
      render: (key) => (
        <IdText className="max-w-56" value={key.apiKey} copyLabel={`Copy the API key of ${key.label}`} />
      ),
    },
    { key: "fingerprint", header: "Secret's fingerprint", render: (key) => key.fingerprint, mono: true, nowrap: true },
    {
      key: "status",
      header: "Status",
      render: (key) => (key.disabled ? <Badge tone="mute">disabled</Badge> : <Badge tone="ok">enabled</Badge>),
    },
    {
      key: "limit",
      header: "Max lifetime",
      render: (key) => (key.maxTtlSeconds === null ? "no limit" : formatSpan(key.maxTtlSeconds)),
      nowrap: true,
    },
    {
      key: "added",
      header: "Added",
      render: (key) => (
        <>
          <bdi>{key.createdByName}</bdi>, <Time epochSeconds={key.createdAt.getTime() / 1000} mode="relative" />
        </>
      ),
    },
    { key: "issued", header: "Issued", render: (key) => groupDigits(key.issuedTokens), align: "right" },
    { key: "active", header: "Active", render: (key) => digitsAtMost(key.activeTokens), align: "right" },
  ];
  if (setStatus) {
    columns.push({
      key: "action",
      header: <span className="sr-only">Action</span>,
      render: (key) => (
        <KeyStatusDialog
          keyId={key.id}
          label={key.label}
          disabled={key.disabled}
          activeTokens={key.activeTokens}
          profile={key.profile}
          action={setStatus}
        />
      ),
      align: "right",
    });
  }
  return <DataTable label="Signing keys" columns={columns} rows={keys} rowKey={(key) => key.id} />;
}
