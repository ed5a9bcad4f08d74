import type { Metadata } from "next";
import Link from "next/link";
import { AddKey } from "@/components/keys/add-key";
import { KeyTable } from "@/components/keys/key-table";
import { NotForRole } from "@/components/shell/not-for-role";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { listKeys } from "@/lib/keys/list";
import { createKeyAction } from "./actions";

export const metadata: Metadata = { title: "Keys" };

const head = { title: "Keys", lede: "The API keys that this desk signs with. A secret goes in and never comes out." };

export default async function KeysPage() {
  const actor = await requireActor();
  if (!may(actor.role, "key.list")) return <NotForRole title="Keys" role={actor.role} />;
  const keys = await listKeys(actor);
  const mayAdd = may(actor.role, "key.create");
  return (
    <>
      {mayAdd ? (
        <AddKey {...head} first={keys.length === 0} memberId={actor.id} action={createKeyAction} />
      ) : (
        <PageHeader {...head} />
      )}
      {keys.length > 0 ? (
        <KeyTable keys={keys} />
      ) : mayAdd ? null : (
        <EmptyState icon="keys" title="No key yet">
          An admin adds the API key and the secret of your VideoSDK dashboard here.
        </EmptyState>
      )}
      {mayAdd ? null : (
        <p className="mt-6 text-faint text-small">
          Your role, {actor.role}, sees keys. Only an admin adds, changes, disables or enables them. How programs ask
          for tokens stands under{" "}
          <Link href="/api" className="underline decoration-edge underline-offset-4">
            API
          </Link>
          .
        </p>
      )}
    </>
  );
}
