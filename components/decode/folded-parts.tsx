"use client";
/** What stands folded under a token and is read by few: remarks, what it lets its holder do, its header, and a check with a secret of one's own. */
import type { DecodedToken } from "@/lib/decoder/decode";
import { conditionOf } from "@/lib/decoder/verdict";
import type { Finding } from "@/lib/jwt/finding";
import type { AbilitiesOf } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { counted } from "@/lib/text/counted";
import { AbilitiesFold } from "./abilities-fold";
import { Fold } from "./fold";
import { HeaderFold } from "./header-fold";
import { FindingText } from "./ladder-list";
import { SecretCheck } from "./secret-check";
import type { TokenPointer } from "./token-pointer";

export function FoldedParts({
  decoded,
  abilitiesOf,
  notes,
  pointer,
  checking,
  onOwnSecret,
}: {
  decoded: DecodedToken;
  abilitiesOf: AbilitiesOf;
  /** Remarks without consequence that are said nowhere else. */
  notes: readonly Finding[];
  pointer: TokenPointer;
  /** The server is still being asked about it. */
  checking: boolean;
  onOwnSecret: () => void;
}) {
  const { profile, claims, token, verdict } = decoded;
  return (
    <>
      {notes.length > 0 ? (
        <Fold label={counted(notes.length, "note")} hint={notes.map(({ message }) => message).join(" ")}>
          <div className="flex flex-col gap-1.5">
            {notes.map((finding) => (
              <FindingText key={`${finding.code} ${finding.path} ${finding.range?.start}`} finding={finding} />
            ))}
          </div>
        </Fold>
      ) : null}
      {claims ? (
        <AbilitiesFold
          profile={profile}
          abilitiesOf={abilitiesOf}
          claims={claims}
          condition={conditionOf(verdict)}
          times={verdict.times}
        />
      ) : null}
      <HeaderFold decoded={decoded} pointer={pointer} />
      {!checking && mayNeedSecret(decoded) ? (
        <SecretCheck key={token} profile={profileOf(profile)} token={token} onRight={onOwnSecret} />
      ) : null}
    </>
  );
}

/** Whoever holds the secret can know what this desk does not. */
function mayNeedSecret({ verdict, complete }: DecodedToken): boolean {
  const signature = verdict.layers.find(({ layer }) => layer === "signature");
  const uncheckable = signature?.findings.some(({ code }) => code.startsWith("alg-") || code.endsWith("-in-header"));
  return complete && signature?.state !== "ok" && verdict.alarm === undefined && !uncheckable;
}
