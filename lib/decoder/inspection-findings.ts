/** Puts what the server found into words: one finding for each thing, with its reason and remedy. Browser-safe. */

import type { Inspection, Mistake } from "@/lib/decoder/inspection";
import type { Finding, Severity } from "@/lib/jwt/finding";
import { formatPath } from "@/lib/jwt/path";
import type { Profile } from "@/lib/profiles/profile";
import { groupDigits } from "@/lib/text/group-digits";

type LayerFindings = {
  findings: Finding[];
  summary: string;
  /** When there is neither good nor bad to say. */
  state?: "unknown";
};

const mistakeWords = ({ words }: Profile): Record<Mistake, { how: string; remedy: string }> => ({
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
    remedy: "Save the file that holds the secret as UTF-8 without a byte order mark.",
  },
  hs384: { how: "but with HS384", remedy: "In your backend, sign with HS256." },
  hs512: { how: "but with HS512", remedy: "In your backend, sign with HS256." },
  quoted: { how: "but with quotes around it", remedy: "Remove the quotes from the setting that holds the secret." },
  "api-key-as-secret": {
    how: "",
    remedy: `Sign with the secret that stands beside the API key in ${words.dashboard}.`,
  },
});

/** @param namesKey whether the claims name any API key */
export function signatureFindings(profile: Profile, { signature }: Inspection, namesKey: boolean): LayerFindings {
  const finding = (code: string, severity: Severity, message: string, remedy?: string): LayerFindings => ({
    findings: [{ code, layer: "signature", severity, path: "signature", message, ...(remedy ? { remedy } : {}) }],
    summary: "",
  });
  switch (signature.state) {
    case "right":
      if (signature.otherKey && namesKey) {
        return finding(
          "signature-of-other-key",
          "error",
          `Signed with the secret of “${signature.keyLabel}”, but \`${profile.keyClaim}\` names another key.`,
          "Use the API key and the secret of the same pair.",
        );
      }
      if (signature.retired) {
        return finding(
          "signature-of-retired-secret",
          "error",
          `Signed with a retired secret of “${signature.keyLabel}”.`,
          "Issue a new token; it is signed with the current secret.",
        );
      }
      return {
        findings: [],
        summary: namesKey
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
    case "wrong":
      return finding(
        "signature-wrong",
        "error",
        `\`${profile.keyClaim}\` is that of “${signature.keyLabel}”, but its secret did not make this signature: another secret did, or the token was changed.`,
        `Copy the secret again from ${profile.words.dashboard}, and compare its fingerprint under Keys.`,
      );
    case "unknown-key":
      return finding("unknown-key", "warning", "Signed with a secret that this desk does not have.");
  }
}

/** Whose secret made the signature, rightly or by mistake; undefined when none of ours did. */
function leakBy(signature: Inspection["signature"]): string | undefined {
  if (signature.state === "right" || (signature.state === "mistake" && signature.mistake !== "api-key-as-secret"))
    return `${signature.retired ? "a retired" : "the"} secret of “${signature.keyLabel}”`;
  return undefined;
}

export function ledgerFindings({ name, words }: Profile, { ledger, signature }: Inspection): LayerFindings {
  const at = (finding: Omit<Finding, "layer">): LayerFindings => ({
    findings: [{ ...finding, layer: "ledger" }],
    summary: "",
  });
  if (ledger.state === "issued")
    return { findings: [], summary: `Issued here, as No. ${groupDigits(ledger.entry.number)}.` };
  if (ledger.state === "altered") {
    const { number, actorName } = ledger.entry;
    const leak = leakBy(signature);
    const retired = leak !== undefined && "retired" in signature && signature.retired;
    const stop = retired
      ? `Make sure that ${name} no longer accepts that secret. `
      : `Regenerate that secret in ${words.dashboard}: until then, any token can be made with it. `;
    return at({
      code: "altered-after-issuing",
      severity: "error",
      message: `A token with this \`jti\` was issued here as No. ${groupDigits(number)}, but not these bytes: it was altered after issuing${leak ? `, and whoever did that has ${leak}` : ""}.`,
      remedy: `${leak ? stop : ""}${actorName} asked for No. ${groupDigits(number)} and may know who has it.`,
      path: formatPath("payload", ["jti"]),
    });
  }
  if (signature.state === "right") {
    return at({
      code: "signed-elsewhere",
      severity: "warning",
      message: "Signed with your secret, but not issued here: somebody else has the secret.",
      remedy: `If nobody of yours signs elsewhere, regenerate the secret in ${words.dashboard}.`,
    });
  }
  return { findings: [], summary: "Not in this ledger.", state: "unknown" };
}

export function revocationFindings({ name }: Profile, { ledger, keyDisabled, signature }: Inspection): LayerFindings {
  const findings: Finding[] = [];
  if (ledger.state === "issued" && ledger.entry.revokedAt !== null) {
    findings.push({
      code: "revoked",
      layer: "revocation",
      severity: "warning",
      message: `Marked as revoked here. ${name} does not consult this mark.`,
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
        ? "Neither the token nor its key is this desk's."
        : "The token is not this desk's, and names no key of it.";
    return { findings, summary, state: "unknown" };
  }
  return { findings, summary: "No mark, and its key is not disabled here." };
}
