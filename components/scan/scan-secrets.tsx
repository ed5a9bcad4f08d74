/** Warns of secrets of this desk and of credentials that stand in a text; names their keys and places, never the secrets. */
import { Notice } from "@/components/ui/notice";
import { credentialWords } from "@/lib/decoder/judge-credentials";
import { profileOf } from "@/lib/profiles/registry";
import type { FlaggedSecret } from "@/lib/scan/flag-secrets";
import type { Scan } from "@/lib/scan/scan";
import { counted } from "@/lib/text/counted";
import { groupDigits } from "@/lib/text/group-digits";

export function ScanSecrets({ secrets }: { secrets: readonly FlaggedSecret[] }) {
  return secrets.map((secret) => (
    <Notice
      key={`${secret.fingerprint} ${secret.inToken}`}
      tone={secret.retired ? "warn" : "bad"}
      role="alert"
      title={title(secret)}
    >
      {secret.retired
        ? `It was rotated here. Make sure that ${profileOf(secret.profile).name} no longer accepts it.`
        : `Anybody who has the text can sign tokens. Regenerate the secret in ${profileOf(secret.profile).words.dashboard}.`}{" "}
      Fingerprint <code>{secret.fingerprint}</code>.
    </Notice>
  ));
}

/** What programs ask the API with: whoever reads it may, until it is ended. */
export function ScanCredentials({ credentials: [first, ...others] }: Pick<Scan, "credentials">) {
  if (!first) return null;
  return (
    <Notice tone="bad" role="alert" title={`A credential stands in this text, line ${groupDigits(first.line)}.`}>
      {credentialWords(others.length).join(" ")}
    </Notice>
  );
}

function title({ label, retired, line, further, inToken }: FlaggedSecret): string {
  const whose = `${retired ? "A retired secret" : "The secret"} of “${label}”`;
  const where = inToken ? "can be read in a token of this text" : "stands in this text";
  const more = further === 0 ? "" : ` and in ${counted(further, "place")} more`;
  return `${whose} ${where}, line ${groupDigits(line)}${more}.`;
}
