/** The frame around every signed-in page: side bar on wide screens, a rail of icons on narrower ones, tab bar and menu on small ones. The account comes after the content. */
import type { ReactNode } from "react";
import { Icon, type IconName } from "@/components/ui/icon";
import { Mark } from "./mark";
import { NavLink } from "./nav-link";
import { NavigationProblem } from "./navigation";
import { PendingPage } from "./pending-page";
import { FindButton } from "./shell-dialogs";
import { SkipLink } from "./skip-link";

export type NavItem = {
  href: string;
  label: string;
  icon: IconName;
  /** The letter that follows "G". */
  hint?: string;
  /** Of what is dangerous and waits there, with words for who cannot see the badge: "cases nobody has acknowledged". None where it is 0. */
  count?: { value: number; label: string };
};

/** So many fit under a thumb at 360 px; of more, the last ones go into a menu. */
const TABS = 5;

export function Shell({
  nav,
  account,
  bar,
  dialogs,
  children,
}: {
  nav: NavItem[];
  account: ReactNode;
  /** What is said over the page. */
  bar: ReactNode;
  dialogs: ReactNode;
  children: ReactNode;
}) {
  const tabs = nav.length > TABS ? nav.slice(0, TABS - 1) : nav;
  const others = nav.slice(tabs.length);
  return (
    <div className="shell">
      <SkipLink />
      <header className="shell-side">
        <p className="shell-brand">
          <Mark />
          <span>Claimcheck</span>
        </p>
        <FindButton />
        <nav aria-label="Main" className="shell-nav">
          <NavList items={tabs} />
          {others.length > 0 ? (
            <>
              <button type="button" popoverTarget="shell-more" className="shell-tab">
                <Icon name="more" size={18} />
                More
              </button>
              <div id="shell-more" popover="auto" className="shell-more">
                <NavList items={others} />
              </div>
            </>
          ) : null}
        </nav>
      </header>
      <main id="main" tabIndex={-1} className="shell-main">
        {bar}
        <NavigationProblem />
        {children}
        <PendingPage titles={nav} />
      </main>
      {account}
      {dialogs}
    </div>
  );
}

function NavList({ items }: { items: NavItem[] }) {
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
