/** Takes off what people leave around a token (white space, quotes, `Bearer`, a header, an assignment, a JSON body, a link) and says what it took; refuses to change the token itself. */
import { decodeBase64url } from "./check-base64url";
import { findTokens } from "./find-tokens";
import type { Range } from "./finding";
import { type JsonNode, parseJson } from "./json";
import type { Run } from "./positions";
import { phraseOf, type TakenOff } from "./taken-off";
import { anyVendor, type Vendors } from "./vendor";

export type Unwrapped = {
  token: string;
  /** In the order in which it was taken off, each once. */
  takenOff: TakenOff[];
  /** Where the token's characters stand in the pasted text; one run unless something was inside of it. */
  runs: Run[];
  /** How many tokens the text holds, when it is more than one: then `token` is the whole text. */
  several?: number;
};

/** What is left of the pasted text: `start` up to `end`. `inLink`: percent signs escape. */
type Rest = { start: number; end: number; inLink: boolean };
/** Moves the edges of the rest and returns what it took, or undefined when there was nothing. */
type Peel = (text: string, rest: Rest, vendors: Vendors) => TakenOff | undefined;

const INVISIBLE = "\\s\\u00ad\\u200b-\\u200f\\u2060\\ufeff";
const SPACE = new RegExp(`[${INVISIBLE}]`);
const QUOTES = /["'`“”‘’„«»<>\\]/;
/** A wrapper may stand in a wrapper, but not without end: this keeps hostile text linear. */
const MAX_LAYERS = 24;

/** Moves both edges over the characters that `take` matches. */
function trim(text: string, rest: Rest, take: RegExp, side: "both" | "end"): boolean {
  const { start, end } = rest;
  while (side === "both" && rest.start < rest.end && take.test(text.charAt(rest.start))) rest.start++;
  while (rest.end > rest.start && take.test(text.charAt(rest.end - 1))) rest.end--;
  return rest.start > start || rest.end < end;
}

/** Moves the start behind a match of the sticky `pattern`. */
function skip(text: string, rest: Rest, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = rest.start;
  const match = pattern.exec(text);
  if (!match || pattern.lastIndex > rest.end) return undefined;
  rest.start = pattern.lastIndex;
  return match;
}

const HEADER = /(?:proxy-)?authorization["'\\]{0,4}\s{0,20}[:=]\s{0,20}["'`\\]{0,4}(?:(bearer)\s{1,20})?/iy;
/** In a command, a log, a call, a list of headers or an address, right before the token. */
const BEARER_IN_HEADER =
  /authorization(?:.{0,40}(?<![a-z_.-])bearer(?:[ \t]|%20|\+){1,20}|["'\\]{0,4}\s{0,9}[:=,][\s"'\\]{0,9}bearer\s{1,20})$/is;
// `bearer: "…"` is a member of that name, and before another name it is a kind of token; the blank behind it may have been forgotten, or be written as in a form's body.
const BEARER =
  /bearer(?:\s{1,20}(?!\s{0,20}(?!eyJ)(?:[\w-]{1,40}[ \t]{1,5}){0,2}["'`]?[\w-]{1,40}["'`]?\s{0,20}[:=])|\s{0,20}:\s{0,20}(?!["'`\s])|(?:\+|%20){0,20}(?=eyJ))/iy;
// Behind the name may stand YAML's mark of a block: `|`, `>-`.
const ASSIGNMENT =
  /(?!eyJ)(?:[A-Za-z$][\w$]{0,30}[ \t]{1,20}){0,4}["'`]?[\w$.\-[\]"']{1,100}["'`]?\s{0,20}(?::=|=>|[:=])\s{0,20}(?:[|>][-+\d]{0,2}[ \t]{0,9}\r?\n\s{0,99})?(?=[^=.\s/])/y;
const SCHEME = /[a-z][a-z0-9+.-]{0,20}:\/\//iy;
const QUERY = /[?&#](?:token|access_token|auth_token|id_token|jwt)=/gi;
const TOKEN_NAME = /token|jwt|auth/i;

const peelLink: Peel = (text, rest) => {
  SCHEME.lastIndex = rest.start;
  if (text[rest.start] !== "?" && !SCHEME.test(text)) return undefined;
  QUERY.lastIndex = rest.start;
  const match = QUERY.exec(text);
  if (!match || QUERY.lastIndex >= rest.end) return undefined;
  rest.start = QUERY.lastIndex;
  rest.inLink = true;
  return { kind: "link" };
};

const peelQueryEnd: Peel = (text, rest) => {
  const end = text.indexOf("&", rest.start);
  // Not an entity of HTML.
  if (end < 0 || end >= rest.end || text[end + 1] === "#" || !/^[\w.%=-]+$/.test(text.slice(rest.start, end)))
    return undefined;
  // The parameter that it is in, or another one, comes later.
  if (findTokens(text.slice(end, rest.end)).length > 0) return undefined;
  rest.end = end;
  rest.inLink = true;
  return { kind: "link" };
};

/** Three whole segments, or the five of one that is encrypted. */
const ENDS_SENTENCE = /^[\w-]+\.(?:[\w-]+|[\w-]*\.[\w-]+\.[\w-]+)\.[\w-]+\.{1,3}$/;
/** An unsigned token ends in a dot of its own. */
const UNSIGNED_ENDS_SENTENCE = /^[\w-]+\.[\w-]+\.\.{1,3}$/;

const withoutBreaks = (text: string) => text.replace(/[\r\n]+/g, "");

const peelFullStop: Peel = (text, rest) => {
  if (text[rest.end - 1] !== ".") return undefined;
  const bare = withoutBreaks(text.slice(rest.start, rest.end));
  const isUnsigned = UNSIGNED_ENDS_SENTENCE.test(bare);
  if (!isUnsigned && !ENDS_SENTENCE.test(bare)) return undefined;
  trim(text, rest, /\./, "end");
  if (isUnsigned) rest.end++;
  return { kind: "full-stop" };
};

const peelJsonBody: Peel = (text, rest, vendors) => {
  if (text[rest.start] !== "{" || text[rest.end - 1] !== "}") return undefined;
  const { root, whole } = parseJson(text.slice(rest.start, rest.end));
  if (!whole || root?.kind !== "object") return undefined;
  const texts: { name: string; node: Extract<JsonNode, { kind: "string" }> }[] = [];
  const names = root.entries.map((entry) => entry.key);
  if (names.includes("payload") || names.includes("kty") || vendors.haveKey(names)) return undefined;
  const collect = (node: JsonNode, name: string): void => {
    if (node.kind === "string") texts.push({ name, node });
    else if (node.kind === "object") for (const entry of node.entries) collect(entry.value, entry.key);
    else if (node.kind === "array") for (const item of node.items) collect(item, name);
  };
  collect(root, "");
  const named = texts.filter(({ name, node }) => TOKEN_NAME.test(name) && node.value.length > 0);
  const likely = named.length === 1 ? named : named.filter(({ node }) => node.value.split(".", 4).length === 3);
  const [only] = likely;
  if (!only || likely.length > 1) return undefined;
  const from = rest.start;
  rest.start = from + only.node.start + 1;
  rest.end = from + only.node.end - 1;
  return { kind: "json" };
};

const PEELS: Peel[] = [
  (text, rest) => (trim(text, rest, SPACE, "both") ? { kind: "white-space" } : undefined),
  (text, rest) => (trim(text, rest, /,/, "end") ? { kind: "comma" } : undefined),
  (text, rest) => (trim(text, rest, /;/, "end") ? { kind: "semicolon" } : undefined),
  (text, rest) => {
    const backticks = text[rest.start] === "`";
    return trim(text, rest, QUOTES, "both") ? { kind: backticks ? "backticks" : "quotes" } : undefined;
  },
  peelFullStop,
  peelJsonBody,
  peelLink,
  (text, rest) => {
    const match = skip(text, rest, HEADER);
    return match && { kind: "authorization", bearer: match[1] !== undefined };
  },
  (text, rest) => skip(text, rest, BEARER) && { kind: "bearer" },
  (text, rest) => {
    const match = skip(text, rest, ASSIGNMENT);
    if (!match) return undefined;
    return { kind: "assignment", text: match[0].trim().replace(/["'`]/g, "").replace(/\s+/g, " ").slice(0, 60) };
  },
  peelQueryEnd,
];

/** So many characters a signature has, by the algorithm that its header names. */
const SIGNATURES: Readonly<Record<string, readonly number[]>> = {
  none: [0],
  ...{ HS256: [43], HS384: [64], HS512: [86] },
  ...{ ES256: [86], ES384: [128], ES512: [176], EdDSA: [86, 152] },
};
/** Of RSA, by how long the key is. */
const RSA_SIGNATURES = [342, 512, 683];
const latin = new TextDecoder("latin1");

const headerIn = (segment: string) => latin.decode(decodeBase64url(segment).bytes);

/** @returns whether the signature is as long as those are that the header tells of; of a header that tells of none, as HS256's */
function isWhole(header = "", signature = ""): boolean {
  const [, alg = ""] = /"alg"\s*:\s*"(\w+)"/.exec(headerIn(header)) ?? [];
  const lengths = /^[RP]S/.test(alg) ? RSA_SIGNATURES : Object.hasOwn(SIGNATURES, alg) ? SIGNATURES[alg] : [43];
  return lengths?.includes(signature.length) === true;
}

const TOKEN_AND_STOP = /^([\w-]+)\.[\w-]+\.([\w-]*)\.?$/;
/** Not as `{20,}`, of which V8 keeps each step, and of some millions fails. */
const CUT_TOKEN = /^eyJ[\w.-]{20}[\w.-]*$/;
const CUT_LINE = /^\r?\n[\w.-]+$/;
const PIECE = /(?:^|\s)([\w-]+)\.[\w-]+\.([\w-]*)(?![\w=+/-]|%3d|\.[\w.=+/-])/gi;
/** An encrypted one: five segments, the last of a length that there is. */
const ENCRYPTED_PIECE =
  /(?<![\w.=+/-])eyJ[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.(?:[\w-]{22}|[\w-]{32}|[\w-]{43})(?![\w=+/-]|\.[\w.=+/-])/;

/** A token on a line of its own, with a whole signature, or at the end of a sentence: what stands beside it is something else. */
function holdsWholePiece(text: string): boolean {
  for (const [, header, signature] of text.matchAll(PIECE)) if (isWhole(header, signature)) return true;
  return encryptedIn(text) !== undefined;
}

/** Two that are glued to each other have five segments as well: the header tells. */
function encryptedIn(text: string): RegExpExecArray | undefined {
  const match = ENCRYPTED_PIECE.exec(text);
  return match && headerIn(match[0].slice(0, match[0].indexOf("."))).includes('"enc"') ? match : undefined;
}

/** The one token that stands in a text cut into lines, as mails and terminals do: all of one length but the last. */
function findCut(text: string): Range | undefined {
  const cut: (Range & { length: number; goesOn: boolean })[] = [];
  for (const { 0: line, index: start } of text.matchAll(/[^\r\n]+/g)) {
    const end = start + line.length;
    const last = cut.at(-1);
    if (last?.goesOn && line.length <= last.length && CUT_LINE.test(text.slice(last.end, end))) {
      last.end = end;
      last.goesOn = line.length === last.length;
    } else if (CUT_TOKEN.test(line)) cut.push({ start, end, length: line.length, goesOn: true });
    else if (last) last.goesOn = false;
  }
  const whole = cut.filter(({ start, end, length }) => {
    const lines = text.slice(start, end);
    if (lines.length <= length || holdsWholePiece(lines)) return false;
    const [, header, signature] = TOKEN_AND_STOP.exec(withoutBreaks(lines)) ?? [];
    return header !== undefined && isWhole(header, signature);
  });
  const [only] = whole;
  if (!only || whole.length > 1) return undefined;
  const [, , signature] = TOKEN_AND_STOP.exec(withoutBreaks(text.slice(only.start, only.end))) ?? [];
  // An unsigned one keeps the dot that is its own.
  const stop = signature === "" ? /\.\.$/ : /\.$/;
  return { start: only.start, end: only.end - (stop.test(text.slice(only.end - 2, only.end)) ? 1 : 0) };
}

/** Takes `pasted` (any text) apart, in linear time. Never throws; text without a token comes back trimmed. */
export function unwrap(pasted: string, vendors: Vendors = anyVendor): Unwrapped {
  const rest: Rest = { start: 0, end: pasted.length, inLink: false };
  const takenOff: TakenOff[] = [];
  const note = (taken: TakenOff): void => {
    if (!takenOff.some((before) => phraseOf(before) === phraseOf(taken))) takenOff.push(taken);
  };
  for (let layer = 0; layer < MAX_LAYERS && rest.start < rest.end; layer++) {
    let taken: TakenOff | undefined;
    for (const peel of PEELS) {
      taken = peel(pasted, rest, vendors);
      if (taken) break;
    }
    if (!taken) break;
    note(taken);
  }

  const core = pasted.slice(rest.start, rest.end);
  const joined = join(core, rest.start, rest.inLink);
  const startsLikeHeader = /^e[yw3]/.test(joined.token);
  // Segments of base64, padding only at their ends. Put as what must not occur: a group that repeats overflows on millions.
  const pure = !/[^\w+/=.-]|=[\w+/-]/.test(joined.token);
  const asItStands = { token: core, takenOff, runs: [{ token: 0, pasted: rest.start }] };
  const joinable = pure && !holdsWholePiece(core);
  // Glued to each other, or cut and on lines of their own.
  const several = joinable ? findTokens(joined.token).flatMap(({ places }) => places).length : 0;
  if (several > 1) return { ...asItStands, several };
  if (/^[\w.-]*$/.test(core)) return asItStands;
  const intact = joined.breaks.length === 0;
  if ((intact || startsLikeHeader) && joinable) {
    for (const taken of joined.breaks) note(taken);
    return { token: joined.token, takenOff, runs: joined.runs };
  }
  const found = findTokens(pasted);
  const [only] = found;
  const cut = found.length > 1 ? undefined : findCut(pasted);
  // Of one that is cut in its signature the first line looks whole.
  if (cut && (!only || only.range.start === cut.start)) {
    const { token, runs, breaks } = join(pasted.slice(cut.start, cut.end), cut.start, false);
    return { token, takenOff: [{ kind: "text" }, ...breaks], runs };
  }
  if (only && found.length === 1) {
    const { start, end } = only.range;
    const isAll = end - start === core.trim().length && core.includes("%");
    const kind = isAll ? "percent-signs" : "text";
    const bearer = kind === "text" && BEARER_IN_HEADER.test(pasted.slice(Math.max(0, start - 100), start));
    return {
      token: only.token,
      takenOff: bearer ? [{ kind }, { kind: "authorization", bearer }] : [{ kind }],
      runs: join(pasted.slice(start, end), start, true).runs,
    };
  }
  if (found.length > 1) return { ...asItStands, several: found.length };
  const encrypted = encryptedIn(core);
  if (encrypted) {
    const runs = [{ token: 0, pasted: rest.start + encrypted.index }];
    return { token: encrypted[0], takenOff: [{ kind: "text" }], runs };
  }
  if (!startsLikeHeader || !joined.token.includes(".")) return asItStands;
  for (const taken of joined.breaks) note(taken);
  return { token: joined.token, takenOff, runs: joined.runs };
}

/** The core without the breaks inside of it, and what they were. */
function join(core: string, from: number, inLink: boolean): { token: string; runs: Run[]; breaks: TakenOff[] } {
  // No group repeats here: the engine keeps a place to go back to for each round, and throws at a few million.
  const inside = new RegExp(`[${INVISIBLE}]+|=\\r?\\n|\\\\[\\r\\nnr]${inLink ? "|%([0-9a-f]{2})" : ""}`, "gi");
  const parts: string[] = [];
  const runs: Run[] = [{ token: 0, pasted: from }];
  let length = 0;
  let last = 0;
  let lines = 0;
  let spaces = 0;
  let inBreak = false;
  let lineInBreak = false;
  const endBreak = (): void => {
    if (!inBreak) return;
    if (lineInBreak) lines++;
    else spaces++;
    runs.push({ token: length, pasted: from + last });
    inBreak = false;
    lineInBreak = false;
  };
  for (let match = inside.exec(core); match; match = inside.exec(core)) {
    if (match.index > last) {
      endBreak();
      parts.push(core.slice(last, match.index));
      length += match.index - last;
    }
    if (match[1]) {
      endBreak();
      parts.push(String.fromCharCode(Number.parseInt(match[1], 16)));
      runs.push({ token: length, pasted: from + match.index });
      length++;
      last = inside.lastIndex;
      runs.push({ token: length, pasted: from + last });
    } else {
      last = inside.lastIndex;
      inBreak = true;
      lineInBreak ||= /[\r\n\\]/.test(match[0]);
    }
  }
  endBreak();
  parts.push(core.slice(last));
  const breaks: TakenOff[] = [];
  if (lines > 0) breaks.push({ kind: "line-breaks", count: lines });
  if (spaces > 0) breaks.push({ kind: "spaces", count: spaces });
  return { token: parts.join(""), runs, breaks };
}
