import type { Metadata } from "next";
import { AddKeyForm } from "@/components/keys/add-key-form";
import { KeyTable } from "@/components/keys/key-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { listKeys } from "@/lib/keys/list";
import { createKeyAction, setKeyStatusAction } from "./actions";

export const metadata: Metadata = { title: "Keys" };

export default async function KeysPage() {
  const actor = await requireActor();
  const keys = await listKeys(actor);
  const mayAdd = may(actor.role, "key.create");
  return (
    <>
      <PageHeader title="Keys" lede="The API keys that this desk signs with. A secret goes in and never comes out." />
      <div className="flex flex-col gap-8">
        {keys.length === 0 ? (
          <EmptyState icon="keys" title="No key yet">
            {mayAdd
              ? "Add the API key and the secret of your VideoSDK dashboard below. Then you can issue tokens."
              : "An admin adds the API key and the secret of your VideoSDK dashboard here."}
          </EmptyState>
        ) : (
          <KeyTable keys={keys} setStatus={may(actor.role, "key.set_status") ? setKeyStatusAction : undefined} />
        )}
        {mayAdd ? (
          <AddKeyForm action={createKeyAction} />
        ) : (
          <Notice>Your role, {actor.role}, sees keys. Only an admin adds, disables or enables them.</Notice>
        )}
      </div>
    </>
  );
}
