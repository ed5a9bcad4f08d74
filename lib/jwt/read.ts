/** Reads pasted text as a compact JWS (RFC 7515 §7.1) and says everything that can be said without a key; refuses nothing: what is no token is named. */
import { decodeBase64url } from "./check-base64url";
import { checkContents, checkSegments, checkWrapping } from "./check-form";
import { checkHeader } from "./check-header";
import type { Finding, Range } from "./finding";
import { toValue } from "./json";
import { type Locator, locatorOf } from "./locate";
import { readSegment, type Segment, type SegmentName } from "./read-segment";
import { aboutText, type Recognised, recognise } from "./recognise";
import type { TokenParts } from "./token-parts";
import { unwrap } from "./unwrap";
import { anyVendor, type Vendors } from "./vendor";

/** The parts are plain data, fit for `postMessage`; the three methods are `locatorOf(parts)`. */
export type TokenReading = TokenParts & Locator;
export type Reading =
  | { kind: "empty" }
  | { kind: "not-a-token"; what: Recognised["what"]; message: string; remedy: string; findings: Finding[] }
  | TokenReading;

/** Reads any text, in linear time. Never throws. @param vendors who may be meant: for the sentences, and to tell decoded claims from other JSON */
export function readToken(pasted: string, vendors: Vendors = anyVendor): Reading {
  const { token, takenOff, runs, several } = unwrap(pasted, vendors);
  if (token === "") return { kind: "empty" };
  if (several) return notAToken(aboutText("several-tokens", vendors.of()), pasted);
  const ranges = splitSegments(token);
  if (!looksLikeToken(token, ranges)) return notAToken(recognise(pasted, token, vendors), pasted);

  const findings: Finding[] = [];
  const read = (name: SegmentName, index: number): Segment | undefined => {
    const place = ranges[index];
    if (!place) return undefined;
    const result = readSegment(token, runs, name, place);
    findings.push(...result.findings);
    return result.segment;
  };
  // There is a first segment in any text: it lacks a place only where there are fewer.
  const header = read("header", 0) as Segment;
  const payload = read("payload", 1);
  const signature = read("signature", 2);
  const segments: TokenParts["segments"] = { header, ...(payload && { payload }), ...(signature && { signature }) };
  const complete = ranges.length === 3 && ranges.every(({ start, end }) => end > start);
  const parts: TokenParts = { kind: "token", token, takenOff, runs, complete, segments, findings };
  const headerValue = objectOf(header);
  if (ranges.length === 5 && headerValue?.enc) return notAToken(aboutText("jwe", vendors.of()), pasted);
  const claims = payload && objectOf(payload);
  if (headerValue) parts.header = headerValue;
  if (claims) parts.claims = claims;

  const locator = locatorOf(parts);
  const vendor = vendors.of(claims);
  findings.push(...checkWrapping(pasted, parts, vendor));
  findings.push(...checkSegments(parts, ranges), ...checkContents(parts, vendor));
  for (const finding of headerValue ? checkHeader(headerValue, vendor) : []) {
    findings.push({ ...finding, range: locator.locate(finding.path ?? "header") ?? header.range });
  }
  parts.findings = withoutEchoes(findings).sort((a, b) => (a.range?.start ?? 0) - (b.range?.start ?? 0));
  return { ...parts, ...locator };
}

/** A nested token is said once, and that it is no JSON goes without saying. */
function withoutEchoes(findings: Finding[]): Finding[] {
  const nested = findings.filter(({ code }) => code === "nested-token");
  if (nested.length === 0) return findings;
  return findings.filter((each) => {
    const aboutPayload = each.path === "payload";
    return !(aboutPayload && each.code.startsWith("json-")) && (each.code !== "nested-token" || each === nested[0]);
  });
}

function notAToken({ what, message, remedy }: Recognised, pasted: string): Reading {
  const start = pasted.length - pasted.trimStart().length;
  const range: Range = { start, end: start + pasted.trim().length };
  const finding: Finding = { code: `is-${what}`, layer: "form", severity: "error", range, message, remedy };
  return { kind: "not-a-token", what, message, remedy, findings: [finding] };
}

/** The places of the segments: at most six, the sixth holding whatever else follows. */
function splitSegments(token: string): Range[] {
  const ranges: Range[] = [];
  let start = 0;
  for (let dot = token.indexOf("."); dot >= 0 && ranges.length < 5; dot = token.indexOf(".", start)) {
    ranges.push({ start, end: dot });
    start = dot + 1;
  }
  ranges.push({ start, end: token.length });
  return ranges;
}

function startOfText(token: string, { start, end }: Range): string {
  const { bytes } = decodeBase64url(token, start, Math.min(end, start + 16));
  return String.fromCharCode(...bytes).trimStart();
}

/** The beginning of a header's first name, as far as it was typed. */
const HEADER_START = /^\{\s*(?:$|"(?:$|a$|al$|alg|t$|ty$|typ|k$|ki$|kid|c$|ct$|cty|cr$|cri|x5|j$|jk|jw|b6))/;

function looksLikeToken(token: string, ranges: readonly Range[]): boolean {
  const [first, second] = ranges;
  if (!first) return false;
  if (!second) return HEADER_START.test(startOfText(token, first));
  if (startOfText(token, first).startsWith("{") || startOfText(token, second).startsWith("{")) return true;
  return ranges.length === 3 && token.length > 60 && /^[\w.-]+$/.test(token);
}

function objectOf({ root, whole }: Segment): Record<string, unknown> | undefined {
  // What toValue makes of an object has its members.
  return whole && root?.kind === "object" ? (toValue(root) as Record<string, unknown>) : undefined;
}
