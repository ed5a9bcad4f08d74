/** What programs do in the demo: an app in a classroom that asks an endpoint, and CI that issues a token each night. */
import type { DemoProgram } from "./demo-calls";
import type { Random } from "./demo-random";
import { type Act, DAY, HOUR, MINUTE } from "./demo-rhythm";

export const classroom: DemoProgram = { name: "Classroom demo", purpose: "Classroom demo" };
export const ci: DemoProgram = { name: "CI", purpose: "Nightly end-to-end run" };

/** Not more a day: the endpoint's limits are counted by the clock of who makes the demo. */
const MOST_CALLERS = 9;

/** @param made when both were there @param until when the story ends: all in milliseconds since 1970 */
export function programs(random: Random, made: number, until: number): Act[] {
  const acts: Act[] = [];
  for (let day = Math.floor(made / DAY) * DAY + DAY; day < until; day += DAY) {
    const weekday = new Date(day).getUTCDay();
    acts.push({ at: day + 2.1 * HOUR, happens: (desk, at) => desk.calls.issueByApi(at, ci) });
    if (weekday === 0 || weekday === 6) continue;
    const callers = Math.round(random.between(4, MOST_CALLERS));
    for (let caller = 1; caller <= callers; caller++)
      acts.push({
        at: day + 9 * HOUR + caller * 7 * MINUTE + random.between(0, 5 * MINUTE),
        happens: (desk, at) =>
          desk.calls.callEndpoint(at, classroom, { address: `198.51.100.${160 + caller}`, caller }),
      });
  }
  return acts;
}
