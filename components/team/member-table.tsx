/** The members, one row each; a row opens the member's page. */
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { type Column, DataTable, rowLink } from "@/components/ui/data-table";
import { digitsAtMost } from "@/lib/count-at-most";
import type { MemberListItem } from "@/lib/team/list";
import { groupDigits } from "@/lib/text/group-digits";
import { initialsOf } from "@/lib/text/initials";
import { LastSeen } from "./last-seen";
import type { PreviewLeaving } from "./leaving-now";
import { MemberStatusDialog } from "./member-status-dialog";
import { RoleSelect } from "./role-select";

type Actions = {
  changeRole: Parameters<typeof RoleSelect>[0]["action"];
  setStatus: Parameters<typeof MemberStatusDialog>[0]["action"];
  previewLeaving: PreviewLeaving;
};

/** Above the link that covers the row. */
function Count({ href, digits, of }: { href: string; digits: string; of: string }) {
  if (digits === "0") return <span className="text-faint">0</span>;
  return (
    <Link href={href} prefetch={false} className="relative z-1 underline decoration-edge underline-offset-4">
      {digits}
      <span className="sr-only"> {of}</span>
    </Link>
  );
}

/** In a card two links of a digit each follow one another: a thumb needs 24 px from one to the next. */
const APART = "align-middle! max-rail:mt-1";

const columnsFor = (self: string, { changeRole, setStatus, previewLeaving }: Actions): Column<MemberListItem>[] => [
  {
    key: "member",
    header: "Member",
    render: ({ id, name, email, disabledAt }) => (
      <span className="flex items-center gap-3">
        <span className="member-face" data-off={disabledAt !== null || undefined} aria-hidden="true">
          {initialsOf(name)}
        </span>
        <span className="min-w-0">
          <span className="block truncate text-body">
            <bdi className="font-medium">{name}</bdi>
            {id === self ? <span className="text-small text-soft"> you</span> : null}
          </span>
          <bdi className="block truncate text-caption text-faint">{email}</bdi>
        </span>
      </span>
    ),
    shorten: ({ name, email }) => `${name}, ${email}`,
    className: "w-full min-w-56 align-middle!",
    card: "start",
  },
  {
    key: "role",
    header: "Role",
    render: (member) =>
      member.disabledAt ? (
        <Badge icon={null}>disabled</Badge>
      ) : (
        <RoleSelect member={member} isSelf={member.id === self} action={changeRole} preview={previewLeaving} />
      ),
    nowrap: true,
    className: "align-middle!",
    card: "end",
  },
  {
    key: "seen",
    header: "Last seen",
    render: ({ lastSeenAt, disabledAt }) => <LastSeen at={lastSeenAt} here={disabledAt === null} />,
    nowrap: true,
    className: "align-middle! min-w-32",
  },
  {
    key: "issued",
    header: "Issued",
    render: ({ id, issuedTokens, name }) => (
      <Count href={`/audit?tokens=1&member=${id}`} digits={groupDigits(issuedTokens)} of={`issued by ${name}`} />
    ),
    align: "right",
    className: APART,
  },
  {
    key: "active",
    header: "Not expired",
    render: ({ id, activeTokens, name }) => (
      <Count
        href={`/audit?tokens=1&active=1&member=${id}`}
        digits={digitsAtMost(activeTokens)}
        of={`not expired of ${name}`}
      />
    ),
    align: "right",
    nowrap: true,
    className: APART,
  },
  {
    key: "actions",
    header: <span className="sr-only">Actions</span>,
    render: (member) => (
      <span className="relative z-1 flex gap-1 max-rail:-ml-2.5 rail:justify-end">
        <MemberStatusDialog member={member} isSelf={member.id === self} action={setStatus} preview={previewLeaving} />
      </span>
    ),
    className: "align-middle! pr-0! max-rail:mt-1",
    card: "line",
  },
];

export function MemberTable({
  members,
  self,
  ...actions
}: Actions & {
  members: MemberListItem[];
  /** The id of whoever looks. */
  self: string;
}) {
  return (
    <DataTable
      label="Members"
      columns={columnsFor(self, actions)}
      rows={members}
      rowKey={({ id }) => id}
      linkTo={({ id }, text) => (
        <Link href={`/team/${id}`} {...rowLink}>
          {text}
        </Link>
      )}
      cards
    />
  );
}
