/** What both lists of templates tell of one: its name over its note, and what it fills in. */
import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import type { Profile, Template } from "@/lib/profiles/profile";
import type { TemplateUser } from "@/lib/templates/used-by";
import { groupDigits } from "@/lib/text/group-digits";
import { fillsInWords } from "./fills-words";

/** Of the columns of both lists, so that they stand under each other. */
export const columnWidths = {
  name: "min-w-44 lg:w-[26%]",
  fills: "min-w-40 lg:w-[24%]",
  expires: "lg:w-[10%]",
  whose: "min-w-28 lg:w-[16%]",
  actions: "lg:w-[24%]",
};

export function TemplateName({
  template: { name, help },
  href,
  hidden = false,
  usedBy = [],
}: {
  template: Template;
  /** Where one issues from it; absent: from nowhere. */
  href?: string | undefined;
  hidden?: boolean;
  usedBy?: readonly TemplateUser[];
}) {
  return (
    <div className="min-w-0 [overflow-wrap:anywhere]">
      <span className="flex flex-wrap items-baseline gap-x-2">
        {href ? (
          <Link href={href} prefetch={false} className="font-medium underline decoration-edge underline-offset-4">
            <bdi>{name}</bdi>
          </Link>
        ) : (
          <bdi className={`font-medium ${hidden ? "text-soft" : ""}`}>{name}</bdi>
        )}
        {hidden ? <Badge icon={null}>hidden</Badge> : null}
      </span>
      <bdi className="block text-soft">{help}</bdi>
      <div className="text-caption text-soft">
        <TemplateUsers users={usedBy} />
      </div>
    </div>
  );
}

/** Of more users the others are folded. */
const SHOWN_USERS = 6;

/** Where a template is in use, a line for policies and one for programs; nothing where it is in none. */
export function TemplateUsers({ users }: { users: readonly TemplateUser[] }) {
  return (
    <>
      <UsersLine lead="In the policy of" users={users.filter(({ kind }) => kind === "key")} />
      <UsersLine lead="Used by" users={users.filter(({ kind }) => kind !== "key")} />
    </>
  );
}

function UsersLine({ lead, users }: { lead: string; users: readonly TemplateUser[] }) {
  if (users.length === 0) return null;
  // Folding one would take the line that it stands on.
  const shown = users.length > SHOWN_USERS + 1 ? users.slice(0, SHOWN_USERS) : users;
  const folded = users.slice(shown.length);
  return (
    <div>
      {lead} <UserLinks users={shown} />
      {folded.length > 0 ? (
        <details>
          <summary className="w-fit cursor-pointer">and {groupDigits(folded.length)} more</summary>
          <UserLinks users={folded} />
        </details>
      ) : null}
    </div>
  );
}

const hrefOf = ({ kind, id }: TemplateUser) =>
  ({ key: `/keys/${id}`, endpoint: `/endpoints/${id}`, credential: "/credentials" })[kind];

function UserLinks({ users }: { users: readonly TemplateUser[] }): ReactNode {
  return users.map((user, index) => (
    <span key={user.id}>
      {index > 0 ? ", " : null}
      <Link href={hrefOf(user)} prefetch={false} className="underline decoration-edge underline-offset-3">
        <bdi>{user.label}</bdi>
      </Link>
    </span>
  ));
}

export function Fills({ profile, template }: { profile: Profile; template: Template }) {
  return (
    <span className="flex flex-col">
      {fillsInWords(profile, template.given).map(({ field, label, words, isId }) => (
        <span key={field} className="[overflow-wrap:anywhere]">
          <span className="text-faint">{label}</span> {isId ? <code>{words}</code> : <bdi>{words}</bdi>}
        </span>
      ))}
    </span>
  );
}
