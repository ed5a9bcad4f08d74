import type { Metadata } from "next";
import { DecodeDesk } from "@/components/decode/decode-desk";
import { DecodePowers } from "@/components/decode/decode-powers";
import { may } from "@/lib/auth/roles";
import { requireActor } from "@/lib/auth/session";
import { listFingerprints } from "@/lib/keys/fingerprints";
import { listKnownKeys } from "@/lib/keys/known";
import { previewRevocationAction, revokeTokensAction } from "../audit/actions";
import { changeKeyAction } from "../keys/actions";
import { inspectTokenAction, lookUpTokensAction } from "./actions";

export const metadata: Metadata = { title: "Decode a token" };

export default async function DecodePage() {
  const actor = await requireActor();
  const [fingerprints, keys] = await Promise.all([listFingerprints(actor), listKnownKeys(actor)]);
  return (
    <DecodeDesk
      result={{
        inspect: inspectTokenAction,
        sayElsewhere: may(actor.role, "key.change") ? changeKeyAction : undefined,
        mayIssue: may(actor.role, "token.issue"),
        mayRead: may(actor.role, "audit.read"),
        keys,
        scan: {
          lookUp: lookUpTokensAction,
          revoke: may(actor.role, "token.revoke")
            ? { preview: previewRevocationAction, revoke: revokeTokensAction }
            : undefined,
          fingerprints,
        },
      }}
    >
      <DecodePowers />
    </DecodeDesk>
  );
}
