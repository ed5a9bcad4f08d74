/** How many hold tokens, in words: a program is no person. */
import { groupDigits } from "./group-digits";

/** "one person", "3 people and one program". */
export function holdersInWords({ people, programs }: { people: number; programs: number }): string {
  const counted = (count: number, one: string, many: string) =>
    count === 0 ? [] : [count === 1 ? `one ${one}` : `${groupDigits(count)} ${many}`];
  return [...counted(people, "person", "people"), ...counted(programs, "program", "programs")].join(" and ");
}
