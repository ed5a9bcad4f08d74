/** What stands where nothing is. */
import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main id="main" className="mx-auto flex min-h-dvh max-w-[30rem] flex-col justify-center px-4">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon="unknown"
        title="There is no such page"
        action={<ButtonLink href="/">Go to the overview</ButtonLink>}
      >
        The address may be mistyped, or what it named never existed. Nothing in the audit log is ever deleted.
      </EmptyState>
    </main>
  );
}
