/** What stands where no member is. */
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

export default function MemberNotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState
        icon="unknown"
        title="There is no such member"
        action={<ButtonLink href="/team">See the team</ButtonLink>}
      >
        The address may be mistyped. A member is never deleted, also when they are disabled.
      </EmptyState>
    </>
  );
}
