/** The frame around every signed-in page: side bar on wide screens, tab bar and menu on small ones. */
import type { ReactNode } from "react";
import { Icon, type IconName } from "@/components/ui/icon";
import { Mark } from "./mark";
import { NavKeys } from "./nav-keys";
import { NavLink } from "./nav-link";
import { NavigationProblem } from "./navigation";

export type NavItem = {
  href: string;
  label: string;
  icon: IconName;
  /** The letter that follows "G". */
  hint?: string;
  /** Of what is dangerous and waits there, with words for who cannot see the badge: "cases nobody has acknowledged". None where it is 0. */
  count?: { value: number; label: string };
};

/** So many fit under a thumb at 360 px; the others go into the menu. */
const TABS = 5;

export function Shell({
  nav,
  member,
  signOut,
  switches,
  version,
  children,
}: {
  nav: NavItem[];
  member: { name: string; role: string };
  /** A form with a submit button, since signing out is a server action. */
  signOut: ReactNode;
  switches: ReactNode;
  /** Of the desk, for whoever reports a fault. */
  version: string;
  children: ReactNode;
}) {
  const keys = nav.flatMap((item) => (item.hint ? [{ hint: item.hint, href: item.href }] : []));
  return (
    <div className="shell">
      <SkipLink />
      <header className="shell-side">
        <p className="flex items-center gap-2.5 font-semibold text-[0.9375rem] tracking-tight md:px-2 md:pb-4.5">
          <Mark />
          Claimcheck
        </p>
        <nav aria-label="Main" className="shell-nav">
          <NavList items={nav.slice(0, TABS)} />
          <button type="button" popoverTarget="shell-more" className="shell-tab">
            <Icon name="more" size={18} />
            More
          </button>
          <div id="shell-more" popover="auto" className="shell-more">
            <NavList items={nav.slice(TABS)} />
            <div className="shell-foot">
              <div className="flex flex-col gap-1.5">{switches}</div>
              <div className="mt-3 border-line border-t px-1 pt-3 text-small">
                <p className="truncate font-medium">
                  <bdi>{member.name}</bdi>
                </p>
                <div className="-mr-2 flex items-center justify-between gap-2 text-soft">
                  {member.role}
                  {signOut}
                </div>
                <p className="text-caption text-faint tabular-nums">Version {version}</p>
              </div>
            </div>
          </div>
        </nav>
      </header>
      <main id="main" tabIndex={-1} className="min-w-0 max-w-[73.75rem] px-4 pt-5 pb-14 md:px-9 md:pt-7">
        <NavigationProblem />
        {children}
      </main>
      {keys.length > 0 ? <NavKeys destinations={keys} /> : null}
    </div>
  );
}

function NavList({ items }: { items: NavItem[] }) {
  if (items.length === 0) return null;
  return (
    <ul className="shell-list">
      {items.map((item) => (
        <li key={item.href}>
          <NavLink
            href={item.href}
            hint={item.hint}
            count={item.count}
            icon={<Icon name={item.icon} size={18} strokeWidth={1.3} />}
          >
            {item.label}
          </NavLink>
        </li>
      ))}
    </ul>
  );
}

/** The first stop of the Tab key on every page; shown only then. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="-translate-y-24 fixed top-2 left-2 z-30 rounded-lg bg-ink px-3.5 py-2 font-medium text-paper focus:translate-y-0"
    >
      Skip to content
    </a>
  );
}
