/** The one shape in which every reader, rule and check of this product says what it found. Holds no logic. */

/** The rungs of the verdict ladder, top to bottom. */
export type Layer = "form" | "signature" | "time" | "rules" | "ledger" | "revocation";

/** `error`: the vendor refuses the token (or it is no token). `warning`: accepted, but probably not what was meant. `note`: worth knowing. */
export type Severity = "error" | "warning" | "note";

/** UTF-16 offsets into the text as it was pasted; `end` is exclusive. */
export type Range = { start: number; end: number };

export type Finding = {
  /** Stable, kebab-case, unique per meaning: `exp-in-milliseconds`. */
  code: string;
  layer: Layer;
  severity: Severity;
  /** Where in the JSON: `header.alg`, `payload.permissions[1]`, `payload["a b"]`. */
  path?: string;
  /** Where in the pasted text. */
  range?: Range;
  /** Where else: the earlier of two members of the same name. */
  alsoAt?: Range;
  /** The further members that it is about. */
  alsoPaths?: readonly string[];
  /** One sentence: what is the case and why it matters; with `{0}` … where its instants stand (lib/text/said.ts). */
  message: string;
  /** Seconds since 1970, drawn in the reader's zone; none where the sentence quotes the token. */
  instants?: readonly number[];
  /** One sentence: what to do about it. */
  remedy?: string;
  /** What the vendor's client shows, where it is known: 4008 INVALID_PERMISSIONS. */
  vendorError?: { code: number; name: string };
};
