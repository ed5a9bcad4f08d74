/** Which of the endpoints an address asks for, in which order, and what nearly all of them have in common, so that no row need repeat it. Browser-safe and pure. */
import { PageNumber, type PageOf, pageOf } from "@/lib/page-of";
import { holdsNoSecret } from "@/lib/profiles/no-secret";
import { matchWords } from "@/lib/text/match-words";
import * as z from "@/lib/zod";
import type { ListedEndpoint } from "./list";
import { MOST_ENDED, type Reach } from "./schema";

/** What the list can be narrowed to; without any of them it holds all but `ended`. */
export const endpointGroups = ["refuses", "still", "active", "off", "ended"] as const;
export type EndpointGroup = (typeof endpointGroups)[number];

/** What cannot be read is left out rather than refused: a link must always show something. */
export const EndpointsQuery = z.object({
  /** Words of a name, or of what a row says. No address may hold a token, or a secret. */
  q: z
    .string()
    .trim()
    .max(100)
    .refine(holdsNoSecret)
    .optional()
    .catch(undefined)
    .transform((words) => words || undefined),
  state: z.enum(endpointGroups).optional().catch(undefined),
  /** From 1. */
  page: PageNumber,
});
export type EndpointsQuery = z.output<typeof EndpointsQuery>;

/** The address that shows it, so that a link shares exactly the view. */
export function endpointsAddress({ q, state, page = 1 }: Partial<EndpointsQuery>): string {
  const given = { ...(q && { q }), ...(state && { state }), ...(page > 1 && { page: `${page}` }) };
  const query = new URLSearchParams(given).toString();
  return query ? `/endpoints?${query}` : "/endpoints";
}

export const isOver = ({ state }: Pick<ListedEndpoint, "state">): boolean => state === "ended" || state === "over";

export function groupOf({ state, broken }: Pick<ListedEndpoint, "state" | "broken">): EndpointGroup {
  switch (state) {
    case "ended":
    case "over":
      return "ended";
    case "without owner":
      return "still";
    case "off":
      return "off";
    case "active":
      return broken ? "refuses" : "active";
  }
}

/** What most of those have that are not over, where there are enough of them that a row each would only repeat it. */
export type Common = {
  /** How far more than half of them reach; undefined: they differ. */
  reach: Reach[] | undefined;
  /** The key that all of them sign with. */
  keyLabel: string | undefined;
  /** Who answers for all of them. */
  owner: string | undefined;
};

const ENOUGH = 4;

/** @param endpoints all that the list can hold: a filter does not change what is in common */
export function commonOf(endpoints: readonly ListedEndpoint[]): Common {
  const open = endpoints.filter((each) => !isOver(each));
  const [first] = open;
  if (!first || open.length < ENOUGH) return { reach: undefined, keyLabel: undefined, owner: undefined };
  const judged = open.filter(({ broken }) => !broken);
  const reach = judged.find(
    (each) => 2 * judged.filter((other) => isSame(each.reach, other.reach)).length > judged.length,
  )?.reach;
  return {
    reach: reach && reach.length > 0 ? reach : undefined,
    keyLabel: endpoints.every(({ keyId }) => keyId === first.keyId) ? first.keyLabel : undefined,
    owner: endpoints.every(({ owner }) => owner.id === first.owner.id && !owner.gone) ? first.owner.name : undefined,
  };
}

const isSame = (one: readonly Reach[], other: readonly Reach[]) =>
  one.length === other.length && one.every((each) => other.includes(each));

/** How far it reaches, as far as that is not said of most already. `less`: not so far as most. */
export function reachBeside({ reach }: Pick<ListedEndpoint, "reach">, common: Common): Reach[] | "less" {
  if (common.reach === undefined) return reach;
  if (isSame(reach, common.reach)) return [];
  return reach.some((each) => !common.reach?.includes(each)) ? reach : "less";
}

/** What the overview counts comes first: what refuses or stands still, then what reaches further than most or asks for more. */
function rankOf(endpoint: ListedEndpoint, common: Common): number {
  const group = groupOf(endpoint);
  if (group !== "active") return { refuses: 0, still: 0, off: 3, ended: 4 }[group];
  const beside = reachBeside(endpoint, common);
  return endpoint.asks.length > 0 || (beside !== "less" && beside.length > 0) ? 1 : 2;
}

const byName = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

export type FoundEndpoints = PageOf<ListedEndpoint> & {
  /** Of those that the words find. */
  counts: Record<EndpointGroup | "open", number>;
  /** Whether more may have ended than are listed. */
  moreEnded: boolean;
  common: Common;
};

/** @param read all that there are, and of those that have ended at most one more than are listed */
export function findListed(read: readonly ListedEndpoint[], { q = "", state, page }: EndpointsQuery): FoundEndpoints {
  const oneMore = read.filter((each) => each.state === "ended")[MOST_ENDED];
  const endpoints = oneMore ? read.filter((each) => each !== oneMore) : read;
  // Of those that have ended long ago none may keep the others from saying it once, but in the list of those.
  const common = commonOf(state === "ended" ? endpoints : endpoints.filter((each) => !isOver(each)));
  const matching = endpoints.filter(({ name, templateName, keyLabel, owner, room, purpose }) =>
    matchWords(q, [name, templateName, keyLabel, owner.name, room ?? "", purpose]),
  );
  const countOf = (group: EndpointGroup) => matching.filter((each) => groupOf(each) === group).length;
  const counts = {
    ...{ refuses: countOf("refuses"), still: countOf("still"), active: countOf("active"), off: countOf("off") },
    ended: countOf("ended"),
  };
  const shown = matching
    .filter((each) => (state ? groupOf(each) === state : !isOver(each)))
    .toSorted((one, other) => rankOf(one, common) - rankOf(other, common) || byName.compare(one.name, other.name));
  return {
    ...pageOf(shown, page),
    counts: { ...counts, open: matching.length - counts.ended },
    moreEnded: oneMore !== undefined,
    common,
  };
}
