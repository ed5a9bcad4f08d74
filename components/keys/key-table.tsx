/** The signing keys, one row each; a row opens the key's page. */
import Link from "next/link";
import { Time } from "@/components/time/time";
import { Badge } from "@/components/ui/badge";
import { type Column, DataTable, rowLink } from "@/components/ui/data-table";
import { IdText } from "@/components/ui/id-text";
import { digitsAtMost } from "@/lib/count-at-most";
import type { KeyListItem } from "@/lib/keys/list";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { groupDigits } from "@/lib/text/group-digits";

export function KeyBadge({ disabled }: { disabled: boolean }) {
  return disabled ? <Badge tone="mute">disabled</Badge> : <Badge tone="ok">enabled</Badge>;
}

/** In a card two links of a digit each follow one another: a thumb needs 24 px from one to the next. */
const APART = "max-rail:order-1 max-rail:mt-1";

const columns: Column<KeyListItem>[] = [
  {
    key: "label",
    header: "Label",
    render: (key) => <bdi className="font-medium">{key.label}</bdi>,
    shorten: (key) => key.label,
    className: "w-full min-w-40",
    card: "start",
  },
  {
    key: "apiKey",
    header: "API key",
    render: (key) => (
      <IdText
        value={key.apiKey}
        copyLabel={`Copy the API key of ${key.label}`}
        className="max-rail:flex rail:max-lg:max-w-52"
      />
    ),
    className: "max-rail:order-1 lg:max-w-96",
    card: "line",
  },
  { key: "status", header: "Status", render: (key) => <KeyBadge disabled={key.disabled} />, card: "end" },
  {
    key: "last",
    header: "Last used",
    render: (key) =>
      key.lastIssuedAt === null ? (
        <span className="text-faint">never</span>
      ) : (
        <Time epochSeconds={epochSeconds(key.lastIssuedAt)} mode="relative" />
      ),
    nowrap: true,
    className: "max-rail:order-1",
  },
  {
    key: "issued",
    header: "Issued",
    render: (key) => <Count href={`/audit?tokens=1&key=${key.id}`} digits={groupDigits(key.issuedTokens)} />,
    align: "right",
    className: APART,
  },
  {
    key: "active",
    header: "Not expired",
    render: (key) => <Count href={`/audit?tokens=1&active=1&key=${key.id}`} digits={digitsAtMost(key.activeTokens)} />,
    align: "right",
    nowrap: true,
    className: APART,
  },
];

/** Above the link that covers the row. */
function Count({ href, digits }: { href: string; digits: string }) {
  if (digits === "0") return <span className="text-faint">0</span>;
  return (
    <Link href={href} prefetch={false} className="relative z-1 underline decoration-edge underline-offset-4">
      {digits}
    </Link>
  );
}

export function KeyTable({ keys }: { keys: KeyListItem[] }) {
  return (
    <DataTable
      label="Signing keys"
      columns={columns}
      rows={keys}
      rowKey={(key) => key.id}
      linkTo={(key, text) => (
        <Link href={`/keys/${key.id}`} {...rowLink}>
          {text}
        </Link>
      )}
      cards
    />
  );
}
