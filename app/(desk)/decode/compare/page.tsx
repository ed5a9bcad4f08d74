import type { Metadata } from "next";
import Link from "next/link";
import { CompareDesk } from "@/components/decode/compare-desk";
import { PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/session";
import { listFingerprints } from "@/lib/keys/fingerprints";
import { inspectTokenAction } from "../actions";

export const metadata: Metadata = { title: "Compare two tokens" };

export default async function ComparePage() {
  const actor = await requireActor();
  const fingerprints = await listFingerprints(actor);
  return (
    <>
      <PageHeader
        title="Compare two tokens"
        lede={
          <>
            <Link href="/decode" className="underline underline-offset-4">
              Decode
            </Link>{" "}
            · what one says and the other does not
          </>
        }
      />
      <CompareDesk inspect={inspectTokenAction} fingerprints={fingerprints} />
    </>
  );
}
