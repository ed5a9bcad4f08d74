"use client";
/** Asks before a key with which nothing was issued is removed; the list of keys comes after it. */
import { useRouter } from "next/navigation";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { ActionResult } from "@/lib/action-result";
import type { KeyInput } from "@/lib/keys/schema";

export function RemoveKeyDialog({
  keyId,
  label,
  action,
}: {
  keyId: string;
  label: string;
  action: (input: KeyInput) => Promise<ActionResult<unknown>>;
}) {
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger="Remove…"
      title={`Remove “${label}”?`}
      confirmLabel="Remove key"
      onConfirm={async () => {
        const result = await action({ keyId });
        if (result.ok) router.push("/keys");
        return result;
      }}
    >
      <p>
        Nothing was issued with it. Its secret is deleted here, and a token that it signs elsewhere is not recognised
        any more. This can't be undone; the audit log keeps that it was here, and you can add it again.
      </p>
    </ConfirmDialog>
  );
}
