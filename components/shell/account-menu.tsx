/** Who is signed in, and all that one sets for oneself: theme, zone, shortcuts; and the way out. Stands after the page's content in the document. */
import type { ReactNode } from "react";
import { Icon, type IconName } from "@/components/ui/icon";
import { initialsOf } from "@/lib/text/initials";

export type Account = { name: string; email: string; role: string };

export function AccountMenu({
  member,
  theme,
  zone,
  shortcuts,
  signOut,
  version,
}: {
  member: Account;
  theme: ReactNode;
  zone: ReactNode;
  /** What lists them, and what switches them off. */
  shortcuts: { list: ReactNode; switch: ReactNode };
  signOut: ReactNode;
  /** Of the desk, for whoever reports a fault. */
  version: string;
}) {
  return (
    <section aria-label="Account" className="account">
      <button type="button" popoverTarget="account-menu" className="account-button">
        <span className="account-face" aria-hidden="true">
          {initialsOf(member.name)}
        </span>
        <span className="sr-only">Account of</span>
        <span className="account-name">
          <bdi className="block truncate font-medium">{member.name}</bdi>
          <span className="block text-caption text-soft">{member.role}</span>
        </span>
        <Icon name="up-down" className="account-arrows" />
      </button>
      <div id="account-menu" popover="auto" className="account-menu">
        <div className="account-part px-3">
          <p className="truncate font-medium">
            <bdi>{member.name}</bdi>
          </p>
          <p className="truncate text-small text-soft">
            <bdi>{member.email}</bdi>, {member.role}
          </p>
        </div>
        <div className="account-part">
          <a href="/me" className="account-row">
            <Icon name="user" className="text-soft" />
            Me: name, password, sessions
          </a>
          <Setting icon="sun" label="Theme">
            {theme}
          </Setting>
          <Setting icon="clock" label="Times in">
            {zone}
          </Setting>
          {shortcuts.list}
          {shortcuts.switch}
        </div>
        <div className="account-part">{signOut}</div>
        <p className="px-3 pt-2 pb-1 text-caption text-faint tabular-nums">Version {version}</p>
      </div>
    </section>
  );
}

function Setting({ icon, label, children }: { icon: IconName; label: string; children: ReactNode }) {
  return (
    <div className="account-row">
      <Icon name={icon} className="text-soft" />
      <span aria-hidden="true">{label}</span>
      <span className="ml-auto">{children}</span>
    </div>
  );
}
