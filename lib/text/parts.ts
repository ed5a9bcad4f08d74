/** The parts of a line, of which some are a stranger's text: none passes for two, for our own words, or for a line of its own. Browser-safe. */
import { makeNameVisible } from "./visible";

export const BETWEEN = " · ";

/** One part; whoever made a token may have called its room "lobby · anyone". */
export const partOf = (text: string): string =>
  makeNameVisible(text)
    .replace(/[\n\t]+/g, " ")
    .replaceAll("·", "\\u00b7");

/** All of them where only plain text can stand, as in a `title`; on a page each is isolated too (components/ui/parts.tsx). */
export const joinParts = (parts: readonly string[]): string => parts.map(partOf).join(BETWEEN);
