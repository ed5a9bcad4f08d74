/** What stands where tokens would be issued while there is no key to sign them with. */
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { firstProfile } from "@/lib/profiles/registry";

/** @param mayAdd whether whoever looks may add one */
export function NoKey({ mayAdd }: { mayAdd: boolean }) {
  return (
    <EmptyState
      icon="keys"
      title="No key to sign with yet"
      action={
        <ButtonLink href="/keys" variant={mayAdd ? "primary" : "secondary"}>
          Go to keys
        </ButtonLink>
      }
    >
      {mayAdd
        ? `Add the API key and secret of your ${firstProfile().name} dashboard first.`
        : "An admin has to add one first."}
    </EmptyState>
  );
}
