/** What stands where no case is. */
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

export default function CaseNotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState
        icon="unknown"
        title="There is no such case"
        action={<ButtonLink href="/cases">See all cases</ButtonLink>}
      >
        The address may be mistyped. A case is never deleted, also when it is acknowledged.
      </EmptyState>
    </>
  );
}
