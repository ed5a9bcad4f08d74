/** The document around every page: fonts, the remembered theme and zone, and the instant of the request. */
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { themeOf } from "@/components/shell/theme";
import { NowProvider } from "@/components/time/now-store";
import { ZoneProvider } from "@/components/time/zone-store";
import { FocusKeeper } from "@/components/ui/focus-keeper";
import { readerZone } from "@/lib/auth/session";
import { mono, sans } from "./fonts";
import "./globals.css";

export const metadata: Metadata = {
  title: { template: "%s · Claimcheck", default: "Claimcheck" },
  description: "Issue, audit and check your team's VideoSDK access tokens.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = themeOf((await cookies()).get("theme")?.value);
  return (
    // What a browser translates it takes out of React's hands: a verdict would stand there that is another by now.
    <html
      lang="en"
      translate="no"
      className={`${sans.variable} ${mono.variable}`}
      data-theme={theme === "system" ? undefined : theme}
    >
      <body>
        <NowProvider now={Math.floor(Date.now() / 1000)}>
          <ZoneProvider zone={await readerZone()}>{children}</ZoneProvider>
        </NowProvider>
        <FocusKeeper />
      </body>
    </html>
  );
}
