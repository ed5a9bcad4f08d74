/** The parts of a line, each by itself: none turns or passes for another, nor for our own words, whatever a stranger called it. */
import { Fragment } from "react";
import { BETWEEN, partOf } from "@/lib/text/parts";

/** Whether it is read from the right, as `<bdi>` decides it: by its first letter. */
const isFromRight = (text: string): boolean =>
  /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(text);

export function Parts({ parts }: { parts: readonly string[] }) {
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew each time, and two of its parts may be the same
    <Fragment key={index}>
      {index > 0 ? <span className="text-faint">{BETWEEN}</span> : null}
      <bdi data-rtl={isFromRight(part) || undefined}>{partOf(part)}</bdi>
    </Fragment>
  ));
}
