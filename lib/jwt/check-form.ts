/** Judges a token's form as a whole: what stood around it, how many segments it has, what the payload is, how long the signature; refuses to look inside a member. */
import { ALGORITHM } from "./check-header";
import type { Finding, Range, Severity } from "./finding";
import type { JsonNode } from "./json";
import { type Run, rangeToPasted, toPasted } from "./positions";
import { phraseOf, type TakenOff } from "./taken-off";
import type { TokenParts } from "./token-parts";
import type { Vendor } from "./vendor";

/** Bytes of a signature by HS256 (RFC 7518 §3.2: the size of the hash). */
const SIGNATURE_BYTES = 32;
/** Has findings of its own, or harms nothing. */
const WHITE_SPACE: TakenOff["kind"][] = ["white-space", "line-breaks", "spaces"];
const AGAIN = "Copy the whole token again.";

function finding(code: string, severity: Severity, range: Range, message: string, remedy: string): Finding {
  return { code, layer: "form", severity, range, message, remedy };
}

/** Findings on what had to be taken off to read the token: harmless here, not where the token is used. */
export function checkWrapping(pasted: string, { token, takenOff, runs }: TokenParts, vendor: Vendor): Finding[] {
  const findings: Finding[] = [];
  const start = toPasted(runs, 0);
  const end = toPasted(runs, token.length - 1) + 1;
  // Percent signs may be all that was taken off: then nothing stands around it.
  const alone = start === 0 && end === pasted.length;
  const around = alone || start > 0 ? { start: 0, end: alone ? end : start } : { start: end, end: pasted.length };
  const noted = takenOff.filter(({ kind }) => !WHITE_SPACE.includes(kind));
  if (noted.some((taken) => taken.kind === "bearer" || (taken.kind === "authorization" && taken.bearer))) {
    const message = `\`Bearer\` stands in front; ${vendor.withoutBearer}`;
    findings.push(finding("bearer-in-front", "warning", around, message, "Send the token without `Bearer`."));
  } else if (noted.length > 0) {
    const message = `The token was not alone: ${noted.map(phraseOf).join(", ")} had to be taken off.`;
    findings.push(finding("text-around", "note", around, message, "Where the token is used, it must stand alone."));
  }
  const second = runs.find((run, index) => index > 0 && run.token < token.length && isGap(pasted, runs, run));
  if (second) {
    const gap = { start: toPasted(runs, second.token - 1) + 1, end: second.pasted };
    const message = "White space was taken out to read it; with it the token does not work.";
    findings.push(finding("broken-inside", "warning", gap, message, "Use the token in one piece."));
  }
  return findings;
}

/** Whether white space, not half of an escape, was taken out in front of the run. */
function isGap(pasted: string, runs: readonly Run[], run: Run): boolean {
  const gap = pasted.slice(toPasted(runs, run.token - 1) + 1, run.pasted);
  return gap !== "" && !/^[0-9a-f]{2}$/i.test(gap);
}

/** Findings on the number of segments and on empty ones; `ranges` are the places of at most six segments in the token. */
export function checkSegments(
  { token, runs, segments, header: headerValue }: TokenParts,
  ranges: readonly Range[],
): Finding[] {
  const findings: Finding[] = [];
  const error = (code: string, from: number, to: number, message: string, remedy = AGAIN): Finding => {
    const found = finding(code, "error", rangeToPasted(runs, from, to), message, remedy);
    findings.push(found);
    return found;
  };
  const last = token.length;
  if (ranges.length === 1) {
    error("segments-one", last - 1, last, "Only a header is here: payload and signature are missing.");
  } else if (ranges.length === 2) {
    error("segments-two", last - 1, last, "The third segment is missing: the token is unsigned, or it was cut.");
  } else if (ranges[2] && ranges.length > 3) {
    const count = ranges.length > 5 ? "more than five" : ranges.length;
    const message = `A token has three segments; this text has ${count}.`;
    error("segments-too-many", ranges[2].end, last, message, "Remove what follows the signature.");
  }
  const emptyMessages = {
    header: "The header is empty.",
    payload: "The payload is empty: it was cut, or it is kept elsewhere.",
    signature: "The signature is empty: the token is unsigned, or it was cut.",
  };
  for (const segment of [segments.header, segments.payload, segments.signature]) {
    if (!segment || segment.tokenRange.end > segment.tokenRange.start) continue;
    // Nothing can't be marked: the dot beside it can.
    const dot = Math.max(segment.tokenRange.start - 1, 0);
    const unsigned = segment.name === "signature" && headerValue?.alg === "none";
    const message = unsigned
      ? "The token is unsigned: its header says `alg` none, and the signature is empty."
      : emptyMessages[segment.name];
    const remedy = unsigned ? `Sign it with ${ALGORITHM} and the secret of its API key.` : AGAIN;
    error(`${segment.name}-empty`, dot, dot + 1, message, remedy).path = segment.name;
  }
  return findings;
}

/** Findings on what header, payload and signature are, once they could be read. */
export function checkContents({ token, segments, header: headerValue }: TokenParts, vendor: Vendor): Finding[] {
  const { header, payload, signature } = segments;
  const findings: Finding[] = [];
  const error = (code: string, path: keyof typeof segments, message: string, remedy: string): void => {
    const range = segments[path]?.range ?? header.range;
    findings.push({ ...finding(code, "error", range, message, remedy), path });
  };
  if (header.whole && header.root && header.root.kind !== "object") {
    const message = `The header is ${kindName(header.root)} instead of a JSON object.`;
    error("header-not-object", "header", message, 'Write `{"alg":"HS256","typ":"JWT"}`.');
  }
  if (payload && /^\s*"?e[yw3][\w-]*\.[\w-]+\.[\w-]*"?\s*$/.test(payload.text)) {
    const message = `The payload is itself a token (RFC 7519 §5.2); ${vendor.name} expects claims there.`;
    error("nested-token", "payload", message, "Sign the claims directly.");
  } else if (payload?.whole && payload.root && payload.root.kind !== "object") {
    const twice = payload.root.kind === "string" && /^\s*\{/.test(payload.root.value);
    const message = twice
      ? "The payload is a text that holds JSON: it was serialized twice."
      : `The payload is ${kindName(payload.root)} instead of a JSON object of claims.`;
    const remedy = twice ? "Pass the claims as an object, not as a JSON text." : "Put the claims in one JSON object.";
    error("payload-not-object", "payload", message, remedy);
  }
  if (signature?.whole && headerValue?.alg === ALGORITHM && signature.bytes.length !== SIGNATURE_BYTES) {
    const { start, end } = signature.tokenRange;
    if (/^[0-9a-f]{64}$/i.test(token.slice(start, end))) {
      const message = "The signature is written in hexadecimal instead of base64url.";
      error("signature-hex", "signature", message, "Encode the signature's bytes as base64url.");
    } else {
      const count = signature.bytes.length;
      const cut = count < SIGNATURE_BYTES ? ": it was cut" : "";
      const message = `A signature by ${ALGORITHM} has ${SIGNATURE_BYTES} bytes; this one has ${count}${cut}.`;
      error("signature-length", "signature", message, "Copy the whole token again, and nothing behind it.");
    }
  }
  return findings;
}

function kindName({ kind }: JsonNode): string {
  if (kind === "boolean") return "`true` or `false`";
  return kind === "null" ? "`null`" : `a ${kind === "array" ? "list" : kind === "string" ? "text" : kind}`;
}
