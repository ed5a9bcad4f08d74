/** Code for a backend that signs the same payload itself, one language at a time. There is no token in it, so copying it takes none away. */
import { Chip, Chips } from "@/components/ui/chips";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { decodeBase64url } from "@/lib/jwt/check-base64url";
import type { Claims } from "@/lib/profiles/profile";
import type { CodeTarget } from "@/lib/profiles/targets";
import { formatSpan } from "@/lib/text/span";

const TEXT_ID = "into-code";

export function CodePanel({
  code,
  chosen,
  token,
  onChoose,
}: {
  code: readonly CodeTarget[];
  /** The id of the one to begin with; another when there is none of it. */
  chosen: string;
  token: string;
  onChoose: (id: string) => void;
}) {
  const target = code.find(({ id }) => id === chosen) ?? code[0];
  if (!target) return null;
  const claims = claimsIn(token);
  const text = target.write(claims);
  const wait = Number(claims.nbf ?? claims.iat) - Number(claims.iat);
  return (
    <>
      <Chips label="Language">
        {code.map(({ id, label }) => (
          <Chip key={id} pressed={id === target.id} onClick={() => onChoose(id)}>
            {label}
          </Chip>
        ))}
      </Chips>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="mr-auto text-small text-soft">
          <code>{target.file}</code>, with <code>{target.needs}</code>
        </p>
        <CopyButton size="sm" label="Copy code" value={text} selectId={TEXT_ID} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section aria-label="Code" tabIndex={0} className="code-lines">
        <pre id={TEXT_ID} translate="no">
          {text}
        </pre>
      </section>
      <Notice>
        It signs the same claims with a lifetime as long as this token's, and prints one.{" "}
        {wait > 0 ? (
          <>
            Like this one, each is good only from {formatSpan(wait)} after it is signed: let <code>starts</code> be{" "}
            <code>iat</code> for those that are good at once.{" "}
          </>
        ) : null}
        Key and secret come from its environment. What a backend signs is not in this desk's ledger.
      </Notice>
    </>
  );
}

/** As they were signed: of what a server answers React leaves out a claim called `__proto__`. */
function claimsIn(token: string): Claims {
  const [, payload = ""] = token.split(".");
  return JSON.parse(new TextDecoder().decode(decodeBase64url(payload).bytes));
}
