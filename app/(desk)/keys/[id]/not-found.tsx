/** What stands where no key is. */
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

export default function KeyNotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState
        icon="unknown"
        title="There is no such key"
        action={<ButtonLink href="/keys">See all keys</ButtonLink>}
      >
        The address may be mistyped. A key is never deleted, also when it is disabled.
      </EmptyState>
    </>
  );
}
