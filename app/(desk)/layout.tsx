/** The frame of every page for members. The pages check who is asking again, each for itself: a layout is not run anew on every navigation. */
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { type NavItem, Shell } from "@/components/shell/shell";
import { ShortcutSwitch } from "@/components/shell/shortcut-switch";
import { SignOutForm } from "@/components/shell/sign-out-form";
import { themeOf } from "@/components/shell/theme";
import { ThemeSwitch } from "@/components/shell/theme-switch";
import { ZoneSwitch } from "@/components/shell/zone-switch";
import { requireActor } from "@/lib/auth/session";
import { countOpenCases } from "@/lib/cases/read";
import { ownVersion } from "@/lib/version";
import { signOutAction } from "./actions";

const nav: NavItem[] = [
  { href: "/", label: "Overview", icon: "overview", hint: "O" },
  { href: "/issue", label: "Issue", icon: "issue", hint: "I" },
  { href: "/decode", label: "Decode", icon: "decode", hint: "D" },
  { href: "/audit", label: "Audit", icon: "audit", hint: "A" },
  { href: "/keys", label: "Keys", icon: "keys", hint: "K" },
];

export default async function DeskLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  const { name, role } = actor;
  const cases = await countOpenCases(actor);
  const theme = themeOf((await cookies()).get("theme")?.value);
  return (
    <Shell
      nav={nav.map((item) =>
        item.href === "/" ? { ...item, count: { value: cases, label: "cases nobody has acknowledged" } } : item,
      )}
      member={{ name, role }}
      version={ownVersion()}
      signOut={<SignOutForm action={signOutAction} />}
      switches={
        <>
          <ThemeSwitch initial={theme} />
          <ZoneSwitch />
          <ShortcutSwitch />
        </>
      }
    >
      {children}
    </Shell>
  );
}
