/** Puts what the server found into words: one finding for each thing, with its reason and remedy. Browser-safe. */
import type { Inspection, LedgerNote, Mistake } from "@/lib/decoder/inspection";
import type { Finding, Severity } from "@/lib/jwt/finding";
import { formatPath } from "@/lib/jwt/path";
import type { Claims, Difference, Profile } from "@/lib/profiles/profile";
import { listed } from "@/lib/text/listed";
import { tokenName } from "@/lib/text/numbered";
import { placeOf } from "@/lib/text/said";

type LayerFindings = {
  findings: Finding[];
  summary: string;
  /** When there is neither good nor bad to say. */
  state?: "unknown";
};

/** How the secret was used, and what to do. */
export const mistakeWords = ({ words }: Profile): Record<Mistake, { how: string; remedy: string }> => ({
  "base64-decoded": { how: "but base64-decoded first", remedy: "In your backend, pass the secret's text as it is." },
  "hex-decoded": {
    how: "but decoded from hexadecimal first",
    remedy: "In your backend, pass the secret's text as it is.",
  },
  "trailing-newline": { how: "but with a line break after it", remedy: "Trim the secret where your backend reads it." },
  "white-space": {
    how: "but with white space around it",
    remedy: "Trim the secret where your backend reads it.",
  },
  "byte-order-mark": {
    how: "but with a byte order mark in front",
    remedy: "Save that file without a byte order mark.",
  },
  "utf-16": { how: "but as UTF-16", remedy: "In your backend, take the secret's bytes as UTF-8." },
  hs384: { how: "but with HS384", remedy: "In your backend, sign with HS256." },
  hs512: { how: "but with HS512", remedy: "In your backend, sign with HS256." },
  encoded: {
    how: "but encoded first",
    remedy: "In your backend, pass the secret's text as it is.",
  },
  capitals: { how: "but in other capitals", remedy: "In your backend, pass the secret's text as it is." },
  signs: {
    how: "but with signs around it that do not belong to it",
    remedy:
      "Remove commas, semicolons, brackets, `\\n` or a name such as `SECRET=` from the setting that holds the secret.",
  },
  quoted: { how: "but with quotes around it", remedy: "Remove the quotes from the setting that holds the secret." },
  "api-key-as-secret": {
    how: "",
    remedy: `Sign with the secret that stands beside the API key in ${words.dashboard}.`,
  },
});

/** Of this desk's keys one may be called otherwise than its vendor's are. */
const isApiKey = ({ shapes }: Profile, { namesOwn = false }: { namesOwn?: boolean }, named: string): boolean =>
  namesOwn || shapes.key.exec(named)?.[0] === named;

/** Whose key the payload names, in a few words, as far as this desk knows it. */
export function keyNamed(profile: Profile, claims: Claims, inspection: Inspection): string | undefined {
  const named = profile.keyIdOf(claims);
  if (named === undefined) return undefined;
  const { signature, ledger } = inspection;
  if (signature.state === "unknown-key") return inspection.keyDisabled === null ? "not a key of this desk" : undefined;
  if (signature.state === "right" && signature.otherKey)
    return isApiKey(profile, signature, named) ? "another key than signed it" : "not an API key";
  return signature.state === "wrong" || ledger.state !== "issued" ? signature.keyLabel : ledger.entry.keyLabel;
}

/** @param named what the claims name as the API key; undefined: nothing */
export function signatureFindings(
  profile: Profile,
  { signature, ledger, ofSomeKeys }: Inspection,
  named: string | undefined,
): LayerFindings {
  const finding = (
    code: string,
    severity: Severity,
    message: string,
    remedy?: string,
    instants: readonly number[] = [],
  ): LayerFindings => {
    const more = { ...(remedy ? { remedy } : {}), ...(instants.length > 0 ? { instants } : {}) };
    return { findings: [{ code, layer: "signature", severity, path: "signature", message, ...more }], summary: "" };
  };
  switch (signature.state) {
    case "right":
      if (signature.otherKey && named !== undefined && !isApiKey(profile, signature, named)) {
        return finding(
          "signature-of-other-key",
          "error",
          `Signed with the secret of “${signature.keyLabel}”, but \`${profile.keyClaim}\` is no API key as ${profile.name} gives them.`,
          `Set \`${profile.keyClaim}\` to that key's API key alone: without quotes, a name or anything else around it.`,
        );
      }
      if (signature.otherKey && named !== undefined) {
        return finding(
          "signature-of-other-key",
          "error",
          `Signed with ${signature.retired ? "a retired" : "the"} secret of “${signature.keyLabel}”, but \`${profile.keyClaim}\` names another key.`,
          `Use the API key and the ${signature.retired ? "current " : ""}secret of the same pair.`,
        );
      }
      if (signature.retired) {
        const { keyLabel, retiredAt } = signature;
        const instants: number[] = [];
        const since = retiredAt === undefined ? "" : `, retired ${placeOf(retiredAt, instants)}`;
        return finding(
          "signature-of-retired-secret",
          "error",
          `Signed with a retired secret of “${keyLabel}”${since}.`,
          "Issue a new token; it is signed with the current secret.",
          instants,
        );
      }
      return {
        findings: [],
        summary:
          named !== undefined
            ? `Right, by the secret of “${signature.keyLabel}”.`
            : `The signature itself is right, by the secret of “${signature.keyLabel}”.`,
      };
    case "mistake": {
      const { how, remedy } = mistakeWords(profile)[signature.mistake];
      const retired = signature.retired ? "retired" : "right";
      const message =
        signature.mistake === "api-key-as-secret"
          ? `Signed with the API key of “${signature.keyLabel}” instead of its secret.`
          : `Signed with the ${retired} secret of “${signature.keyLabel}”, ${how}.`;
      return finding(`signature-${signature.mistake}`, "error", message, remedy);
    }
    case "wrong": {
      const message = `\`${profile.keyClaim}\` is that of “${signature.keyLabel}”, but its secret did not make this signature`;
      // Whoever knows the token's number need not doubt the secret.
      if (ledger.state !== "absent") return finding("signature-wrong", "error", `${message}.`);
      return finding(
        "signature-wrong",
        "error",
        `${message}: another secret did, or the token was changed.`,
        `Copy the secret again from ${profile.words.dashboard}, and compare its fingerprint.`,
      );
    }
    case "unknown-key":
      return finding(
        "unknown-key",
        "warning",
        ofSomeKeys
          ? "Signed with none of the secrets that you may use."
          : "Signed with a secret that this desk does not have.",
      );
  }
}

/** A key that is named but for capitals breaks a rule that every vendor has, and only who knows the key can see it. */
export function keyNameFindings(profile: Profile, { keyInOtherCapitals: label }: Inspection): Finding[] {
  if (label === undefined) return [];
  return [
    {
      code: "key-in-other-capitals",
      layer: "rules",
      severity: "error",
      path: formatPath("payload", [profile.keyClaim]),
      message: `\`${profile.keyClaim}\` is the API key of “${label}” with other capitals: ${profile.name} compares each letter.`,
      remedy: `Write the API key exactly as it stands in ${profile.words.dashboard}.`,
    },
  ];
}

/** Whose secret made the signature, rightly or by mistake; undefined when none of ours did. */
export function leakBy(signature: Inspection["signature"]): string | undefined {
  if (signature.state === "right" || (signature.state === "mistake" && signature.mistake !== "api-key-as-secret"))
    return `${signature.retired ? "a retired" : "the"} secret of “${signature.keyLabel}”`;
  return undefined;
}

/** What a token with the `jti` of one of ours asks for that ours does not, or the other way round; nothing where its claims cannot be read. */
export function alterations(profile: Profile, { ledger }: Inspection, claims: Claims | undefined): Difference[] {
  return ledger.state === "altered" && ledger.claims && claims ? profile.differences(ledger.claims, claims) : [];
}

/** "30 days more, moderation and the REST API". */
export function listWords(differences: readonly Difference[]): string {
  return listed(differences.map(({ words }) => words));
}

/** @param claims what the token says */
export function ledgerFindings(profile: Profile, inspection: Inspection, claims: Claims | undefined): LayerFindings {
  const { ledger, signature } = inspection;
  const at = (finding: Omit<Finding, "layer">): LayerFindings => ({
    findings: [{ ...finding, layer: "ledger" }],
    summary: "",
  });
  if (ledger.state === "issued") return { findings: [], summary: `Issued here, as ${tokenName(ledger.entry.number)}.` };
  if (ledger.state === "altered") {
    const number = tokenName(ledger.entry.number);
    const jti = formatPath("payload", ["jti"]);
    const leak = leakBy(signature);
    if (leak === undefined && ledger.sameClaims)
      return at({
        code: "damaged-after-issuing",
        severity: "warning",
        message: `Its claims are those of ${number}, its header or its signature is not: it was damaged, or made up.`,
        remedy: "Copy the token again, whole.",
        path: jti,
      });
    const changes = alterations(profile, inspection, claims);
    const asks = listWords(changes);
    // Several may be of one claim, and what was taken out has no place.
    const changed = changes.flatMap(({ claim }) =>
      claims && Object.hasOwn(claims, claim) ? formatPath("payload", [claim]) : [],
    );
    const [path = jti, ...alsoPaths] = new Set(changed);
    const what =
      ledger.claims && claims
        ? asks
          ? `it asks for ${asks}`
          : "its claims are the same, but it is not as it was issued"
        : "it is not as it was issued";
    return at({
      code: "altered-after-issuing",
      severity: "error",
      message: `${number}, altered: ${what}.${leak ? ` Whoever did that has ${leak}.` : ""}`,
      path,
      alsoPaths,
    });
  }
  if (signature.state === "right" || (signature.state === "mistake" && inspection.elsewhere)) {
    const severity = { no: "error", unsaid: "warning", yes: "note" } as const;
    const messages = {
      no: `“${signature.keyLabel}” signs nowhere but here: somebody else has its secret.`,
      unsaid: `Either a backend of yours signs with the secret of “${signature.keyLabel}”, or somebody else has it.`,
      yes: `A backend of yours signs with the secret of “${signature.keyLabel}” too; this one may come from there.`,
    };
    const said = inspection.elsewhere?.signsElsewhere ?? "unsaid";
    const path = claims && "jti" in claims ? { path: formatPath("payload", ["jti"]) } : {};
    const found = at({ code: "signed-elsewhere", severity: severity[said], message: messages[said], ...path });
    return said === "yes" ? { ...found, summary: "Not in the ledger.", state: "unknown" } : found;
  }
  return { findings: [], summary: "Not in the ledger.", state: "unknown" };
}

/** By whom, and why, as far as it may be told. A reason that is a sentence brings its own end. */
function revokedBy({ revokedByName, revokedReason }: LedgerNote): string {
  const end = /[.!?…]$/.test(revokedReason ?? "") ? "" : ".";
  return `${revokedByName ? ` by ${revokedByName}` : ""}${revokedReason ? `: “${revokedReason}”` : ""}${end}`;
}

export function revocationFindings(
  { name }: Profile,
  { ledger, keyDisabled, signature, ofSomeKeys }: Inspection,
): LayerFindings {
  const findings: Finding[] = [];
  if (ledger.state === "issued" && ledger.entry.revokedAt !== null) {
    findings.push({
      code: "revoked",
      layer: "revocation",
      severity: "warning",
      message: `Marked as revoked here${revokedBy(ledger.entry)} ${name} does not consult this mark.`,
    });
  }
  if (keyDisabled) {
    findings.push({
      code: "key-disabled",
      layer: "revocation",
      severity: "warning",
      message: `Its key is disabled here. ${name} does not know of that.`,
    });
  }
  if (keyDisabled === null && ledger.state === "absent") {
    const summary =
      signature.state === "unknown-key"
        ? `Neither the token nor its key is ${ofSomeKeys ? "one that you may ask about" : "this desk's"}.`
        : "The token is not this desk's, and names no key of it.";
    return { findings, summary, state: "unknown" };
  }
  return { findings, summary: "No mark, and its key is not disabled here." };
}
