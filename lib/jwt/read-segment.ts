/** Reads one segment of a compact JWS: base64url to bytes, bytes to UTF-8, text to JSON, with the exact place of whatever fails; refuses to go on behind an error, but keeps what was read. */
import { decodeBase64url } from "./check-base64url";
import type { Finding, Range } from "./finding";
import { type JsonNode, parseJson } from "./json";
import { formatPath } from "./path";
import { type Run, rangeToPasted } from "./positions";
import { byteAtChar, readUtf8 } from "./utf8";

export type SegmentName = "header" | "payload" | "signature";

export type Segment = {
  name: SegmentName;
  /** In the pasted text. */
  range: Range;
  /** In the bare token. */
  tokenRange: Range;
  /** What the characters stand for, up to the first foreign one. */
  bytes: Uint8Array;
  /** Header and payload: the bytes as UTF-8, invalid ones as U+FFFD. Empty for the signature. */
  text: string;
  /** Byte offsets of every 1024th character, when not every character is one byte. */
  byteIndex?: Uint32Array;
  /** The JSON tree; of a segment with an error, as far as it was read. */
  root?: JsonNode;
  /** True when nothing in the segment is an error: base64url, UTF-8 and JSON. */
  whole: boolean;
};

/** The bytes `start` to `end` of a segment that begins at token offset `from`, as the range of base64url characters that carry them. */
function bytesToToken(from: number, start: number, end: number): Range {
  const first = from + Math.floor((start * 8) / 6);
  return { start: first, end: end > start ? from + Math.floor((end * 8 - 1) / 6) + 1 : first };
}

/** The characters `start` to `end` of a segment's text, as a range of the pasted text. */
export function textToPasted(segment: Segment, runs: readonly Run[], start: number, end: number): Range {
  const { text, byteIndex, tokenRange } = segment;
  const firstByte = byteAtChar(text, byteIndex, start);
  const lastByte = byteAtChar(text, byteIndex, end);
  const inToken = bytesToToken(tokenRange.start, firstByte, lastByte);
  return rangeToPasted(runs, Math.min(inToken.start, tokenRange.end), Math.min(inToken.end, tokenRange.end));
}

/** A brace in base64url, and no header is of small letters alone: otherwise its beginning is missing, or its letters were changed. */
const beginsLikeOne = (header: string) => /^e[wy]/.test(header) && /[A-Z]/.test(header);

/** Reads the token's characters from `start` up to `end` as segment `name`. Findings have layer `form`, in no order. Never throws. */
export function readSegment(
  token: string,
  runs: readonly Run[],
  name: SegmentName,
  { start, end }: Range,
): { segment: Segment; findings: Finding[] } {
  const { bytes, problems } = decodeBase64url(token, start, end);
  const range = rangeToPasted(runs, start, end);
  const segment: Segment = { name, range, tokenRange: { start, end }, bytes, text: "", whole: start < end };
  const findings: Finding[] = [];
  const add = (finding: Omit<Finding, "layer" | "path">, path: string = name): void => {
    findings.push({ layer: "form", path, ...finding });
    if (finding.severity === "error") segment.whole = false;
  };

  for (const problem of problems) {
    const place = rangeToPasted(runs, problem.start, problem.end);
    const { code, detail, remedy } = problem;
    if (code === "base64-stray-bits") {
      // jsonwebtoken compares the characters of a signature, not its bytes.
      const severity = name === "signature" ? "warning" : "note";
      const message = `The ${name} is not in canonical form: ${detail}.`;
      add({ code, severity, range: place, message, remedy });
    } else add({ code, severity: "error", range: place, message: `The ${name} is not base64url: ${detail}.`, remedy });
  }
  if (name === "signature" || start === end) return { segment, findings };

  const { text, badByte, byteIndex } = readUtf8(bytes);
  segment.text = text;
  if (byteIndex) segment.byteIndex = byteIndex;
  if (badByte !== undefined) {
    const place = bytesToToken(start, badByte, badByte + 1);
    const value = bytes[badByte]?.toString(16).padStart(2, "0");
    add({
      code: "not-utf8",
      severity: "error",
      range: rangeToPasted(runs, place.start, place.end),
      message: `The ${name} is not UTF-8 text: it goes wrong at byte ${badByte} (0x${value}).`,
      remedy:
        name === "header" && !beginsLikeOne(token.slice(start, end))
          ? "A token begins with `ey`. Copy it again, from its first character on, and its letters as they are."
          : "Serialize to JSON and encode it as UTF-8 before base64url.",
    });
    return { segment, findings };
  }

  const json = parseJson(text);
  if (json.root) segment.root = json.root;
  // What follows from a cut is no news: the text ends where base64url went wrong, or its last character is half of something.
  const cutShort = problems.some((problem) => problem.code === "base64-character" || problem.code === "base64-length");
  for (const { code, severity, start: from, end: to, path, detail, remedy, also } of json.problems) {
    const strayBits = findings.findIndex((finding) => finding.code === "base64-stray-bits");
    if (code === "json-ends-early" && strayBits >= 0) findings.splice(strayBits, 1);
    if (cutShort && code === "json-ends-early") {
      segment.whole = false;
      continue;
    }
    const message = severity === "error" ? `The ${name} is not valid JSON: ${detail} (character ${from + 1}).` : detail;
    const shown = Math.max(Math.min(from, text.length - 1), 0);
    const place = textToPasted(segment, runs, shown, Math.max(to, shown + 1));
    const finding: Omit<Finding, "layer" | "path"> = { code, severity, range: place, message, remedy };
    if (also) finding.alsoAt = textToPasted(segment, runs, also.start, also.end);
    add(finding, formatPath(name, path));
  }
  return { segment, findings };
}
