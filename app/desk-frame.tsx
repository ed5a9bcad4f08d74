/** The frame of every page for members, with what is theirs: navigation, account, palette. */
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { ForgetOthersForms } from "@/components/issue/forget-others-forms";
import { AccountMenu } from "@/components/shell/account-menu";
import { type NavItem, Shell } from "@/components/shell/shell";
import { ShellDialogs, ShortcutsButton } from "@/components/shell/shell-dialogs";
import { ShortcutSwitch } from "@/components/shell/shortcut-switch";
import { SignOutForm } from "@/components/shell/sign-out-form";
import { SignedOutBar } from "@/components/shell/signed-out-bar";
import { themeOf } from "@/components/shell/theme";
import { ThemeSwitch } from "@/components/shell/theme-switch";
import { ZoneSwitch } from "@/components/shell/zone-switch";
import { Icon } from "@/components/ui/icon";
import type { Member } from "@/lib/auth/actor";
import { may, type Verb } from "@/lib/auth/roles";
import { countOpenCases } from "@/lib/cases/count-open";
import { ownVersion } from "@/lib/version";
import { findTokensAction, listDestinationsAction, signOutAction } from "./(desk)/actions";
import { PlainHttpBar } from "./plain-http-bar";

/** Whoever may not `verb` has no part in the page, and is not led there. */
const pages: (NavItem & { verb?: Verb })[] = [
  { href: "/", label: "Overview", icon: "overview", hint: "O", verb: "audit.read" },
  { href: "/issue", label: "Issue", icon: "issue", hint: "I", verb: "key.list" },
  { href: "/decode", label: "Decode", icon: "decode", hint: "D" },
  { href: "/audit", label: "Audit", icon: "audit", hint: "A", verb: "audit.read" },
  { href: "/keys", label: "Keys", icon: "keys", hint: "K", verb: "key.list" },
  { href: "/endpoints", label: "Programs", icon: "terminal", hint: "P", verb: "endpoint.manage" },
  { href: "/team", label: "Team", icon: "team", hint: "T", verb: "team.manage" },
];

export async function DeskFrame({ actor, children }: { actor: Member; children: ReactNode }) {
  const { id, name, email, role } = actor;
  const nav = pages.filter(({ verb }) => verb === undefined || may(role, verb));
  const cases = may(role, "case.read") ? await countOpenCases(actor) : 0;
  const theme = themeOf((await cookies()).get("theme")?.value);
  return (
    <Shell
      nav={nav.map((item) =>
        item.href === "/"
          ? {
              ...item,
              count: {
                value: cases,
                label: cases === 1 ? "case nobody has acknowledged" : "cases nobody has acknowledged",
              },
            }
          : item,
      )}
      bar={
        <>
          <SignedOutBar memberId={id} />
          <PlainHttpBar />
        </>
      }
      account={
        <AccountMenu
          member={{ name, email, role }}
          theme={<ThemeSwitch initial={theme} />}
          zone={<ZoneSwitch />}
          shortcuts={{
            list: (
              <ShortcutsButton>
                <Icon name="keyboard" className="text-soft" />
                Shortcuts
                <span aria-hidden="true" className="ml-auto">
                  <kbd className="key">?</kbd>
                </span>
              </ShortcutsButton>
            ),
            switch: <ShortcutSwitch />,
          }}
          signOut={<SignOutForm action={signOutAction} />}
          version={ownVersion()}
        />
      }
      dialogs={
        <ShellDialogs
          destinations={nav.flatMap(({ hint, href, label }) => (hint ? [{ hint, href, label }] : []))}
          pages={nav.map(({ href, label, icon }) => ({ href, label, icon }))}
          mayIssue={may(role, "token.issue")}
          memberId={id}
          list={listDestinationsAction}
          findTokens={may(role, "audit.read") ? findTokensAction : undefined}
        />
      }
    >
      <ForgetOthersForms memberId={id} />
      {children}
    </Shell>
  );
}
