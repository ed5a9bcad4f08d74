/** The invitations that nobody has used yet, one row each. */
import { Time } from "@/components/time/time";
import { type Column, DataTable } from "@/components/ui/data-table";
import type { InvitationListItem } from "@/lib/team/list-invitations";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { NewInvitationLink, WithdrawInvitation } from "./invitation-actions";

type Actions = {
  renew: Parameters<typeof NewInvitationLink>[0]["action"];
  readState: Parameters<typeof NewInvitationLink>[0]["readState"];
  withdraw: Parameters<typeof WithdrawInvitation>[0]["action"];
};

const columnsWith = ({ renew, readState, withdraw }: Actions): Column<InvitationListItem>[] => [
  {
    key: "email",
    header: "Address",
    render: ({ email }) => <bdi className="font-medium">{email}</bdi>,
    shorten: ({ email }) => email,
    className: "w-full min-w-48 align-middle!",
    card: "line",
  },
  { key: "role", header: "Role", render: ({ role }) => role, className: "align-middle!" },
  {
    key: "by",
    header: "By",
    render: ({ by }) => <bdi>{by}</bdi>,
    shorten: ({ by }) => by,
    className: "min-w-36 align-middle!",
  },
  {
    key: "until",
    header: "Good until",
    render: ({ expiresAt, expired, expiresSoon }) =>
      expired ? (
        <span className="text-warn">expired</span>
      ) : (
        <Time epochSeconds={epochSeconds(expiresAt)} mode="short" className={expiresSoon ? "text-warn" : "text-ink"} />
      ),
    nowrap: true,
    className: "align-middle!",
  },
  {
    key: "actions",
    header: <span className="sr-only">Actions</span>,
    render: ({ id, email }) => (
      <span className="flex gap-1.5 rail:justify-end">
        <NewInvitationLink id={id} email={email} action={renew} readState={readState} />
        <WithdrawInvitation id={id} email={email} action={withdraw} />
      </span>
    ),
    className: "align-middle! pr-0! max-rail:mt-1.5",
    card: "line",
  },
];

export function InvitationTable({ invitations, ...actions }: Actions & { invitations: InvitationListItem[] }) {
  return (
    <DataTable
      label="Invitations"
      columns={columnsWith(actions)}
      rows={invitations}
      // There is one of each; its id is another with each new link, whose dialog must stay open.
      rowKey={({ email }) => email}
      cards
    />
  );
}
