/** What is answered instead of a page, such as a refusal at the server's edge. */
import { NOT_ACCEPTED } from "@/lib/refusal";

export type PlainAnswer = {
  status: number;
  /** For whoever sees it: a sentence or two, ASCII. */
  text: string;
  /** For the log. */
  kind: string;
  allow?: string;
  /** Such as for Next's router, or when to try again. */
  headers?: Record<string, string>;
};

export const refusal = (status: number, kind: string, why: string): PlainAnswer => ({
  status,
  kind,
  text: `${NOT_ACCEPTED}${why}`,
});
