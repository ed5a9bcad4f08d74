/** What stands in place of a page that one's role has no part in. Protects nothing: the verbs behind the page refuse by themselves. */
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

export function NotForRole({ title, role }: { title: string; role: string }) {
  return (
    <>
      <PageHeader title={title} />
      <EmptyState
        icon="shield"
        title={`As ${role} you do not see this`}
        action={<ButtonLink href="/decode">Decode a token</ButtonLink>}
      >
        Ask an admin for what you need from here, or to change your role.
      </EmptyState>
    </>
  );
}
