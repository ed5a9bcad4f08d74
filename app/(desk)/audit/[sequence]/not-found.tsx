/** What stands where no event is. */
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

export default function EventNotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState
        icon="unknown"
        title="There is no such event"
        action={<ButtonLink href="/audit">Go to the audit log</ButtonLink>}
      >
        The address may be mistyped. Nothing in the audit log is ever deleted.
      </EmptyState>
    </>
  );
}
