/** What a token is taken apart into: plain data, fit for `postMessage`. Holds no logic. */
import type { Finding } from "./finding";
import type { Run } from "./positions";
import type { Segment } from "./read-segment";
import type { TakenOff } from "./taken-off";

export type TokenParts = {
  kind: "token";
  /** The bare token, without what was around it or broke it. */
  token: string;
  takenOff: TakenOff[];
  /** How token offsets map to the pasted text. */
  runs: Run[];
  /** Three segments and no more, none of them empty. False while the token is being typed, and when it was cut. */
  complete: boolean;
  segments: { header: Segment; payload?: Segment; signature?: Segment };
  /** The header as a plain value, when it is a whole JSON object. */
  header?: Record<string, unknown>;
  /** The payload as a plain value, when it is a whole JSON object; of duplicate names the last counts. */
  claims?: Record<string, unknown>;
  /** Layers `form` and `signature`, sorted by place; each has a range. */
  findings: Finding[];
};
