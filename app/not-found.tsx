/** What stands where nothing is: in the desk's frame for members, under its name for everybody else. */
import type { Metadata } from "next";
import { Mark } from "@/components/shell/mark";
import { NothingHere } from "@/components/ui/nothing-here";
import { currentActor } from "@/lib/auth/session";
import { DeskFrame } from "./desk-frame";

export const metadata: Metadata = { title: "Not found" };

export default async function NotFound() {
  const actor = await currentActor();
  const body = (
    <NothingHere title="There is no such page" leadsTo={{ href: "/", label: actor ? "Go to the overview" : "Sign in" }}>
      Nothing in the audit log is ever deleted.
    </NothingHere>
  );
  if (actor) return <DeskFrame actor={actor}>{body}</DeskFrame>;
  return (
    <main id="main" className="mx-auto flex min-h-dvh w-full max-w-[30rem] flex-col justify-center px-4 py-10">
      <p className="mb-8 flex items-center gap-2.5 font-semibold text-[0.9375rem] tracking-tight">
        <Mark />
        Claimcheck
      </p>
      {body}
    </main>
  );
}
