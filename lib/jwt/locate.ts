/** Finds the characters of the pasted text that carry a member of the JSON, and back; refuses paths that name nothing. */
import type { Range } from "./finding";
import type { JsonNode } from "./json";
import { formatPath, type PathPart, parsePath } from "./path";
import { type Run, toToken } from "./positions";
import { type Segment, type SegmentName, textToPasted } from "./read-segment";
import { charAtByte } from "./utf8";

export type Locator = {
  /**
   * The exact range in the pasted text of what a path names: `payload` (the whole segment), `payload.permissions[1]`, `header["a b"]`.
   * A path to a member covers its name and its value; of duplicate names the last. Undefined when nothing is there.
   */
  locate(path: string): Range | undefined;
  /** The same as offsets into the segment's JSON text (`segments[name].text`). */
  locateInJson(segment: SegmentName, path: string): Range | undefined;
  /** The path of the innermost member that the pasted character at `offset` carries; undefined outside of the segments. */
  pathAt(offset: number): string | undefined;
};

type Parts = { runs: readonly Run[]; segments: Partial<Record<SegmentName, Segment>> };

/** The three look-ups for a token's parts, for example those that a worker sent. */
export function locatorOf({ runs, segments }: Parts): Locator {
  const locateInJson = (name: SegmentName, path: string): Range | undefined => {
    const parsed = parsePath(path);
    const root = segments[name]?.root;
    return parsed?.root === name && root ? locateNode(root, parsed.parts) : undefined;
  };
  return {
    locateInJson,
    locate(path) {
      const parsed = parsePath(path);
      // A word that is no segment's name finds none.
      const segment = parsed && Object.hasOwn(segments, parsed.root) ? segments[parsed.root as SegmentName] : undefined;
      if (!parsed || !segment) return undefined;
      if (parsed.parts.length === 0) return segment.range;
      const place = locateInJson(segment.name, path);
      return place && textToPasted(segment, runs, place.start, place.end);
    },
    pathAt(offset) {
      const at = toToken(runs, offset);
      for (const segment of [segments.header, segments.payload, segments.signature]) {
        if (!segment || at < segment.tokenRange.start || at >= segment.tokenRange.end) continue;
        if (!segment.root) return segment.name;
        // The middle of the six bits: a character that two bytes share belongs to the one with more bits in it.
        const byte = Math.floor(((at - segment.tokenRange.start) * 6 + 3) / 8);
        return formatPath(segment.name, partsAt(segment.root, charAtByte(segment.text, segment.byteIndex, byte)));
      }
      return undefined;
    },
  };
}

/** The place of the member or item at `parts`, seen from `root`. */
function locateNode(root: JsonNode, parts: readonly PathPart[]): Range | undefined {
  let node = root;
  let place: Range = { start: root.start, end: root.end };
  for (const part of parts) {
    if (node.kind === "array" && typeof part === "number") {
      const item = node.items[part];
      if (!item) return undefined;
      node = item;
      place = { start: item.start, end: item.end };
    } else if (node.kind === "object" && typeof part === "string") {
      const entry = node.entries.findLast((each) => each.key === part);
      if (!entry) return undefined;
      node = entry.value;
      place = { start: entry.keyStart, end: entry.value.end };
    } else return undefined;
  }
  return place;
}

function partsAt(root: JsonNode, offset: number): PathPart[] {
  const parts: PathPart[] = [];
  let node = root;
  for (;;) {
    if (node.kind === "array") {
      const index = lastStarting(node.items, (item) => item.start, offset);
      const item = node.items[index];
      if (!item || offset >= item.end) return parts;
      parts.push(index);
      node = item;
    } else if (node.kind === "object") {
      const entry = node.entries[lastStarting(node.entries, (each) => each.keyStart, offset)];
      if (!entry || offset >= entry.value.end) return parts;
      parts.push(entry.key);
      if (offset < entry.value.start) return parts;
      node = entry.value;
    } else return parts;
  }
}

/** Index of the last element that begins at or before `offset`, or -1. */
function lastStarting<T>(sorted: readonly T[], startOf: (element: T) => number, offset: number): number {
  let low = -1;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    // From 0 to the last index.
    if (startOf(sorted[middle] as T) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
