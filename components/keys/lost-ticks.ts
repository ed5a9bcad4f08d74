/** What is said at a policy's templates of those that were ticked and are so no more, each for its own reason: it is gone, or another admin has left no room for it. */
import type { ChangeKeyForm } from "@/lib/keys/change-key-form";
import type { PolicyTemplate } from "@/lib/keys/policy-form";
import { listed } from "@/lib/text/listed";

type Named = Pick<PolicyTemplate, "id" | "name">;

export type Ticks = {
  typed: readonly string[];
  /** What stands of them now. */
  left: readonly string[];
  /** Those for which another admin has left no room. */
  leftOut: readonly string[];
};

/** @param offered now @param before until now: of what was ticked before the page was loaded, nobody knows the name any more */
export function lostInWords(
  { typed, left, leftOut }: Ticks,
  offered: readonly Named[],
  before: readonly Named[],
): string | undefined {
  const isOffered = ({ id }: Pick<Named, "id">) => offered.some((each) => each.id === id);
  const known = [...offered, ...before.filter((each) => !isOffered(each))];
  const out = leftOut.filter((id) => !left.includes(id));
  const gone = [...typed.filter((id) => !left.includes(id)), ...out.filter((id) => !isOffered({ id }))];
  const crowded = out.filter((id) => isOffered({ id }));
  const isBack = gone.length > 0 && left.some((id) => !typed.includes(id));
  const said = [
    gone.length > 0 ? `${namedAs(gone, known)} gone.` : "",
    isBack ? "What holds now is ticked again." : "",
    crowded.length > 0 ? `${namedAs(crowded, known)} left out: others were chosen meanwhile.` : "",
  ];
  return said.filter(Boolean).join(" ") || undefined;
}

/** What was told at a field of ticks stands until those are touched, at the issuers' also until nothing is said of issuers any more; what is changed elsewhere takes nothing away. @param told by field @param then the form as it was told of */
export function toldStill<Told extends object>(told: Told, then: ChangeKeyForm, now: ChangeKeyForm): Told {
  const isSame = (one: readonly string[], other: readonly string[]) => one.join() === other.join();
  const stands = new Map([
    ["templates", isSame(then.templates, now.templates)],
    ["issuer.templates", now.issuersLess && isSame(then.issuer.templates, now.issuer.templates)],
  ]);
  // Of its own names and values.
  return Object.fromEntries(Object.entries(told).filter(([field]) => stands.get(field))) as Told;
}

/** "Kiosk is", "Kiosk and Foyer are"; where one of them is not known, how many they are. */
function namedAs(ids: readonly string[], known: readonly Named[]): string {
  const names = known.flatMap(({ id, name }) => (ids.includes(id) ? `"${name}"` : []));
  const called =
    names.length < ids.length ? `${ids.length === 1 ? "One" : ids.length} that you had ticked` : listed(names);
  return `${called} ${ids.length === 1 ? "is" : "are"}`;
}
