/** A token as text in its three colours, with marks on what was found; its text content is the token, to the character. */
import type { Range } from "@/lib/jwt/finding";

export type TokenMark = Range & { tone: "bad" | "warn" | "note" };

const SEGMENTS = ["header", "payload", "signature"] as const;
const TONES = ["note", "warn", "bad"] as const;

export function TokenText({
  token,
  marks = [],
  activeRange,
  id,
  as: Element = "div",
  "data-testid": testId,
  className = "",
}: {
  /** `span` within a text. */
  as?: "div" | "span";
  token: string;
  /** UTF-16 offsets into `token`. */
  marks?: readonly TokenMark[];
  /** What the pointer or the focus is on elsewhere. */
  activeRange?: Range | null | undefined;
  id?: string;
  "data-testid"?: string;
  className?: string;
}) {
  return (
    <Element id={id} data-testid={testId} className={`token-text ${className}`} translate="no">
      {segmentsOf(token).map((segment) =>
        segment.name === "dot" ? (
          <span key={segment.start} data-dot="">
            .
          </span>
        ) : (
          <span key={segment.start} data-segment={segment.name}>
            {piecesOf(segment, marks, activeRange ?? undefined).map((piece) => {
              const text = token.slice(piece.start, piece.end);
              return piece.tone || piece.active ? (
                <mark key={piece.start} className="mark" data-tone={piece.tone} data-active={piece.active || undefined}>
                  {text}
                </mark>
              ) : (
                <span key={piece.start}>{text}</span>
              );
            })}
          </span>
        ),
      )}
    </Element>
  );
}

type Segment = Range & { name: (typeof SEGMENTS)[number] | "extra" | "dot" };

/** Everything after a third dot is one segment too many, however many dots it has. */
function segmentsOf(token: string): Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  for (const name of SEGMENTS) {
    const dot = token.indexOf(".", start);
    const end = dot === -1 ? token.length : dot;
    if (end > start) segments.push({ name, start, end });
    if (dot === -1) return segments;
    segments.push({ name: "dot", start: dot, end: dot + 1 });
    start = dot + 1;
  }
  if (start < token.length) segments.push({ name: "extra", start, end: token.length });
  return segments;
}

type Piece = Range & { tone: TokenMark["tone"] | undefined; active: boolean };

function piecesOf(segment: Range, marks: readonly TokenMark[], active?: Range): Piece[] {
  const touching = marks.filter((mark) => mark.start < segment.end && mark.end > segment.start);
  const cuts = new Set([segment.start, segment.end]);
  for (const range of active ? [...touching, active] : touching)
    for (const cut of [range.start, range.end]) if (cut > segment.start && cut < segment.end) cuts.add(cut);
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((start, index) => {
    const end = sorted[index + 1] ?? segment.end;
    const covers = (range: Range) => range.start <= start && range.end >= end;
    const tone = TONES.findLast((name) => touching.some((mark) => mark.tone === name && covers(mark)));
    return { start, end, tone, active: active !== undefined && covers(active) };
  });
}
