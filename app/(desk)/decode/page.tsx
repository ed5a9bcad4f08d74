import type { Metadata } from "next";
import { DecodeDesk } from "@/components/decode/decode-desk";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { listFingerprints } from "@/lib/keys/fingerprints";
import { inspectTokenAction, lookUpTokensAction } from "./actions";

export const metadata: Metadata = { title: "Decode a token" };

export default async function DecodePage() {
  const actor = await requireActor();
  const fingerprints = await listFingerprints(actor);
  return (
    <>
      <PageHeader title="Decode a token" lede="Whether VideoSDK accepts it, and why not." />
      <DecodeDesk
        result={{
          inspect: inspectTokenAction,
          mayIssue: may(actor.role, "token.issue"),
          scan: { lookUp: lookUpTokensAction, fingerprints },
        }}
      >
        <EmptyState icon="decode" title="Paste a token">
          It is read in this browser. Once it is whole, this desk's own server checks its signature and looks it up in
          the ledger; it goes nowhere else.
        </EmptyState>
      </DecodeDesk>
    </>
  );
}
