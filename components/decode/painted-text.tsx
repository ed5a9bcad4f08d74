"use client";
/** Draws what was pasted into the decoder's field: the token in its colours with its marks, what stands around it in grey; or dots, where nobody looking on should read it. */
import { createPortal } from "react-dom";
import { type TokenMark, TokenText } from "@/components/token/token-text";
import type { DecodedToken } from "@/lib/decoder/decode";
import type { Range } from "@/lib/jwt/finding";
import { rangeToPasted } from "@/lib/jwt/positions";
import type { Reading } from "@/lib/jwt/read";

const dots = (text: string) => text.replace(/\S/gu, "•");

export function PaintedText({
  layer,
  shown,
  reading,
  marks,
  activeRange,
  masked,
}: {
  layer: HTMLElement;
  /** What stands in the field. */
  shown: string;
  reading: Reading;
  /** In the bare token. */
  marks: DecodedToken["marks"];
  /** In what was pasted. */
  activeRange: Range | undefined;
  /** `all`, or what stands around the token. */
  masked: "all" | "around" | undefined;
}) {
  return createPortal(content(), layer);

  function content() {
    if (masked === "all") return dots(shown);
    if (reading.kind !== "token") return masked ? dots(shown) : shown;
    const { runs, token } = reading;
    const { start, end } = rangeToPasted(runs, 0, token.length);
    if (end > shown.length) return masked ? dots(shown) : shown;
    const around = (text: string) => <span data-around="">{masked ? dots(text) : text}</span>;
    const within = shown.slice(start, end);
    const placed = marks.flatMap((mark): TokenMark[] => {
      if (mark.tone === "note") return [];
      const place = rangeToPasted(runs, mark.start, mark.end);
      return [{ start: place.start - start, end: place.end - start, tone: mark.tone }];
    });
    return (
      <>
        {start > 0 ? around(shown.slice(0, start)) : null}
        <TokenText
          as="span"
          token={within}
          marks={placed}
          activeRange={activeRange && { start: activeRange.start - start, end: activeRange.end - start }}
        />
        {end < shown.length ? around(shown.slice(end)) : null}
      </>
    );
  }
}
