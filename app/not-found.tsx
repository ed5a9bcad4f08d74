/** What stands where nothing is: in the desk's frame for members, under its name for everybody else. */
import type { Metadata } from "next";
import { Mark } from "@/components/shell/mark";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/auth/session";
import { DeskFrame } from "./desk-frame";

export const metadata: Metadata = { title: "Not found" };

export default async function NotFound() {
  const actor = await currentActor();
  const body = (
    <>
      <PageHeader title="Not found" />
      <EmptyState
        icon="unknown"
        title="There is no such page"
        action={<ButtonLink href="/">{actor ? "Go to the overview" : "Sign in"}</ButtonLink>}
      >
        The address may be mistyped. Nothing in the audit log is ever deleted.
      </EmptyState>
    </>
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
