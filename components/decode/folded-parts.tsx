"use client";
/** What stands folded under a token and is read by few: what it lets its holder do, its header, and a check with a secret of one's own. */
import type { DecodedToken } from "@/lib/decoder/decode";
import { conditionOf } from "@/lib/decoder/verdict";
import { AbilitiesFold } from "./abilities-fold";
import { HeaderFold } from "./header-fold";
import { SecretCheck } from "./secret-check";
import type { TokenPointer } from "./token-pointer";

export function FoldedParts({
  decoded,
  pointer,
  mayNeedSecret,
  onOwnSecret,
}: {
  decoded: DecodedToken;
  pointer: TokenPointer;
  /** Whoever holds the secret can know what this desk does not. */
  mayNeedSecret: boolean;
  onOwnSecret: () => void;
}) {
  const { profile, claims, token, verdict } = decoded;
  return (
    <>
      {claims ? <AbilitiesFold profile={profile} claims={claims} condition={conditionOf(verdict)} /> : null}
      <HeaderFold decoded={decoded} pointer={pointer} />
      {mayNeedSecret ? <SecretCheck key={token} token={token} onRight={onOwnSecret} /> : null}
    </>
  );
}
