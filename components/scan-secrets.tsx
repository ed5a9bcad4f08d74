/** Warns of secrets of this desk that stand in a text; names their keys and places, never the secrets. */
import { groupDigits } from "@/lib/group-digits";
import type { FlaggedSecret } from "@/lib/tokens/flag-secrets";
import { Notice } from "./notice";

export function ScanSecrets({ secrets }: { secrets: readonly FlaggedSecret[] }) {
  return secrets.map((secret) => (
    <Notice
      key={`${secret.fingerprint} ${secret.inToken}`}
      tone={secret.retired ? "warn" : "bad"}
      title={title(secret)}
    >
      {secret.retired
        ? "It was rotated here. Make sure that VideoSDK no longer accepts it."
        : "Anybody who has the text can sign. Rotate it at VideoSDK."}{" "}
      Fingerprint <code>{secret.fingerprint}</code>.
    </Notice>
  ));
}

function title({ label, retired, line, further, inToken }: FlaggedSecret): string {
  const whose = `${retired ? "A retired secret" : "The secret"} of “${label}”`;
  const where = inToken ? "can be read in a token of this text" : "stands in this text";
  const more = further === 0 ? "" : ` and in ${further === 1 ? "1 place" : `${groupDigits(further)} places`} more`;
  return `${whose} ${where}, line ${groupDigits(line)}${more}.`;
}
