/** What stands where nothing is, inside the frame. */
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

export default function NotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState
        icon="unknown"
        title="There is nothing here"
        action={<ButtonLink href="/">Go to the overview</ButtonLink>}
      >
        The address may be mistyped.
      </EmptyState>
    </>
  );
}
