/** The demo's ordinary days: who comes when, and what for. Weekdays and working hours, with a break at noon; little on weekends. */
import type { DemoDesk, Sitting } from "./demo-desk";
import { type Random, seededRandom } from "./demo-random";
import { nightlySmoke, requestsOfOccasion } from "./demo-requests";
import { aiko, type DemoMember, demoMembers, jonas, leila, marek, tomas } from "./demo-team";

/** Something that happens at an instant, in milliseconds since 1970. */
export type Act = { at: number; happens: (desk: DemoDesk, at: Date) => Promise<void> };

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function sittingOf(random: Random, member: DemoMember): Sitting {
  const [office, elsewhere] = member.addresses;
  return { member, address: random.chance(0.8) ? office : elsewhere };
}

const isWeekend = (midnight: number) => [0, 6].includes(new Date(midnight).getUTCDay());

/** An auditor, or the support: they look tokens up. */
const onlyLooks = ({ occasionsPerDay }: DemoMember) => occasionsPerDay === 0;

/** @param from midnight (UTC) of the first day @param until milliseconds since 1970 @param left midnight of the day since which Marek is gone */
export function ordinaryDays(from: number, until: number, left: number): Act[] {
  const random = seededRandom(412);
  const acts: Act[] = [];
  let dayNumber = 0;
  for (let midnight = from; midnight < until; midnight += DAY) {
    if (isWeekend(midnight)) {
      const member = random.pick([tomas, jonas, aiko, leila]);
      if (random.chance(0.3)) acts.push(...dayOf(random, member, midnight, random.whole(1, 2), dayNumber));
      continue;
    }
    dayNumber += 1;
    // The team grows into it.
    const busyness = 0.8 + dayNumber / 130;
    for (const member of demoMembers) {
      if (member === marek && midnight >= left) continue;
      if (!random.chance(onlyLooks(member) ? 0.55 : 0.9)) continue;
      const occasions = Math.round(member.occasionsPerDay * busyness * random.between(0.5, 1.5));
      acts.push(...dayOf(random, member, midnight, occasions, dayNumber));
    }
  }
  return acts;
}

function dayOf(random: Random, member: DemoMember, midnight: number, occasions: number, dayNumber: number): Act[] {
  const sitting = sittingOf(random, member);
  const { address } = sitting;
  const { email, userAgent } = member;
  const begin = midnight + (member.startsAtHour + random.between(0, 1.2)) * HOUR;
  const acts: Act[] = [{ at: begin, happens: (desk, at) => desk.signIn(at, sitting) }];
  if (random.chance(0.05)) {
    const at = begin - random.between(7, 40) * SECOND;
    acts.push({ at, happens: (desk, when) => desk.failSignIn(when, { address, userAgent }, email) });
  }
  for (let occasion = 0; occasion < occasions; occasion += 1) {
    const hours = random.chance(0.5) ? random.between(0.1, 3.8) : random.between(4.7, 8.4);
    let at = begin + hours * HOUR;
    for (const request of requestsOfOccasion(random, dayNumber)) {
      acts.push({ at, happens: (desk, when) => desk.issue(when, sitting, request) });
      at += random.between(11, 75) * SECOND;
    }
    if (random.chance(0.08)) {
      const back = random.whole(0, 3);
      acts.push({ at: at + 3 * MINUTE, happens: (desk, when) => desk.inspect(when, sitting, back) });
    }
  }
  const end = begin + random.between(8.5, 9.5) * HOUR;
  if (member === jonas && occasions > 2) {
    acts.push({ at: end - 4 * MINUTE, happens: (desk, at) => desk.issue(at, sitting, nightlySmoke) });
  }
  if (onlyLooks(member)) {
    for (let look = random.whole(1, 4); look > 0; look -= 1) {
      const back = random.whole(0, 40);
      const at = begin + random.between(0.1, 7) * HOUR;
      acts.push({ at, happens: (desk, when) => desk.inspect(when, sitting, back) });
    }
  }
  if (random.chance(0.45)) acts.push({ at: end, happens: (desk, at) => desk.signOut(at, sitting) });
  return acts;
}
