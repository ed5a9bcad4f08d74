"use client";
/** What stands folded under a token and is read by few: what it lets its holder do, and a check with a secret of one's own. */
import type { DecodedToken } from "@/lib/decoder/decode";
import { AbilitiesFold } from "./abilities-fold";
import { SecretCheck } from "./secret-check";

export function FoldedParts({
  decoded: { profile, claims, token, verdict },
  mayNeedSecret,
  onOwnSecret,
}: {
  decoded: DecodedToken;
  /** Whoever holds the secret can know what this desk does not. */
  mayNeedSecret: boolean;
  onOwnSecret: () => void;
}) {
  return (
    <>
      {claims ? <AbilitiesFold profile={profile} claims={claims} word={verdict.word} /> : null}
      {mayNeedSecret ? <SecretCheck key={token} token={token} onRight={onOwnSecret} /> : null}
    </>
  );
}
