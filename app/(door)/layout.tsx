/** The frame of the pages for people who have not signed in. */
import type { ReactNode } from "react";
import { Mark } from "@/components/shell/mark";
import { PlainHttpBar } from "../plain-http-bar";

export default function DoorLayout({ children }: { children: ReactNode }) {
  return (
    <main id="main" className="mx-auto flex min-h-dvh w-full max-w-[25rem] flex-col justify-center px-4 py-10">
      <p className="mb-8 flex items-center gap-2.5 font-semibold text-[0.9375rem] tracking-tight">
        <Mark />
        Claimcheck
      </p>
      <PlainHttpBar />
      {children}
    </main>
  );
}
