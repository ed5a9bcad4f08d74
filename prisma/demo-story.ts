/** What happened once in the demo's three months: how it began, load tests, two leaked secrets, somebody at the door. */
import type { Sitting } from "./demo-desk";
import { lastHours } from "./demo-last-hours";
import { ci, classroom, programs } from "./demo-programs";
import { type Random, seededRandom } from "./demo-random";
import { loadTestRequests, nightlySmoke, type TokenRequest, workshopRequests } from "./demo-requests";
import { type Act, DAY, HOUR, MINUTE, ordinaryDays, SECOND, sittingOf } from "./demo-rhythm";
import {
  type DemoMember,
  demoMembers,
  invited,
  jonas,
  kiosk,
  leila,
  loadTest,
  marek,
  maya,
  nightlyJob,
  priya,
  production,
  staging,
  supportCall,
  tomas,
} from "./demo-team";

const BEGAN_DAYS_AGO = 87;
const MAREK_LEFT_DAYS_AGO = 25;
const PROGRAMS_DAYS_AGO = 12;
const LAST_HOURS = 3;

/** Everything that happened before `now`, in order. */
export function demoStory(now: Date): Act[] {
  const today = Math.floor(now.getTime() / DAY) * DAY;
  const until = now.getTime() - LAST_HOURS * HOUR;
  const random = seededRandom(7);
  const began = workday(today, BEGAN_DAYS_AGO);
  const left = workday(today, MAREK_LEFT_DAYS_AGO);
  const acts = [
    ...beginning(random, began),
    ...ordinaryDays(began + DAY, until, left),
    ...comingAndGoing(left, now.getTime()),
    ...templates(began, now.getTime()),
    ...loadTests(random, today),
    ...incidents(random, today),
    ...programsOf(workday(today, PROGRAMS_DAYS_AGO), until),
  ].filter(({ at }) => at < until);
  return [...acts, ...lastHours(random, now.getTime())].sort((a, b) => a.at - b.at);
}

/** Midnight (UTC) of the day so long ago, or of the Friday before if it is on a weekend. */
function workday(today: number, daysAgo: number): number {
  const midnight = today - daysAgo * DAY;
  const weekday = new Date(midnight).getUTCDay();
  return midnight - (weekday === 6 ? DAY : weekday === 0 ? 2 * DAY : 0);
}

function visit(
  random: Random,
  member: DemoMember,
  about: number,
  minutes: number,
  ...stay: [minute: number, (sitting: Sitting) => Act["happens"]][]
): Act[] {
  const sitting = sittingOf(random, member);
  const begin = about + random.between(-2, 2) * MINUTE;
  // Nobody acts on the full minute; less than the pace of `issueAll`, so that the order stays.
  const late = (minute: number) => (minute > 0 ? minute + random.between(0, 0.35) : minute);
  return [
    { at: begin, happens: (desk, at) => desk.signIn(at, sitting) },
    ...stay.map(([minute, act]) => ({ at: begin + late(minute) * MINUTE, happens: act(sitting) })),
    { at: begin + late(minutes) * MINUTE, happens: (desk, at) => desk.signOut(at, sitting) },
  ];
}

function beginning(random: Random, day: number): Act[] {
  const at = day + 8.2 * HOUR;
  const setup: Act = { at: at - 3 * MINUTE, happens: (desk, when) => desk.createAdmin(when, sittingOf(random, maya)) };
  const rest = visit(
    random,
    maya,
    at,
    94,
    [3.2, (sitting) => (desk, when) => desk.createKey(when, sitting, production)],
    [4.1, (sitting) => (desk, when) => desk.answerElsewhere(when, sitting, production, "no")],
    [5.9, (sitting) => (desk, when) => desk.createKey(when, sitting, staging)],
    [88.4, (sitting) => (desk, when) => desk.createKey(when, sitting, loadTest)],
    [89.6, (sitting) => (desk, when) => desk.answerElsewhere(when, sitting, loadTest, "yes")],
  );
  return [setup, ...rest, ...joining(at)];
}

/** Each opens their link within the next hours. @param at when the admin has just signed in */
function joining(at: number): Act[] {
  const random = seededRandom(52);
  const others = demoMembers.filter((member) => member !== maya);
  const invites = others.map((member, index): [number, (sitting: Sitting) => Act["happens"]] => [
    12 + index,
    (sitting) => (desk, when) => desk.invite(when, sitting, member),
  ]);
  const joins = others.map((member): Act => {
    const sitting = sittingOf(random, member);
    return { at: at + random.between(30, 240) * MINUTE, happens: (desk, when) => desk.join(when, sitting) };
  });
  return [...visit(random, maya, at + 2.2 * MINUTE, 26, ...invites), ...joins];
}

/** One was disabled when he left, and somebody has been invited since yesterday. */
function comingAndGoing(left: number, now: number): Act[] {
  const random = seededRandom(53);
  return [
    ...visit(random, maya, left + 8.5 * HOUR, 7, [
      3,
      (sitting) => (desk, at) => desk.disable(at, sitting, marek, "Moved to another team."),
    ]),
    ...visit(random, maya, now - 26 * HOUR, 5, [2, (sitting) => (desk, at) => desk.invite(at, sitting, invited)]),
  ];
}

/** The admin's own, one of an issuer's that she accepted, and one that has waited since yesterday. */
function templates(began: number, now: number): Act[] {
  const random = seededRandom(54);
  return [
    ...visit(random, maya, began + DAY + 9.1 * HOUR, 9, [
      4,
      (sitting) => (desk, at) => desk.saveTemplate(at, sitting, supportCall),
    ]),
    ...visit(random, tomas, began + 6 * DAY + 13.2 * HOUR, 11, [
      5,
      (sitting) => (desk, at) => desk.saveTemplate(at, sitting, nightlyJob),
    ]),
    ...visit(random, maya, began + 6 * DAY + 15.4 * HOUR, 8, [
      3,
      (sitting) => (desk, at) => desk.acceptTemplate(at, sitting, nightlyJob),
    ]),
    ...visit(random, leila, now - 25 * HOUR, 10, [6, (sitting) => (desk, at) => desk.saveTemplate(at, sitting, kiosk)]),
  ];
}

/** An endpoint and a credential, and what programs ask them for from the next day on. */
function programsOf(day: number, until: number): Act[] {
  const random = seededRandom(55);
  const made = day + 10.3 * HOUR;
  return [
    ...visit(
      random,
      maya,
      made,
      12,
      [3, (sitting) => (desk, at) => desk.createEndpoint(at, sitting, staging, classroom)],
      [7, (sitting) => (desk, at) => desk.createCredential(at, sitting, staging, ci)],
    ),
    ...programs(random, made, until),
  ];
}

function issueAll(random: Random, member: DemoMember, begin: number, requests: TokenRequest[]): Act[] {
  const stay = requests.map((request, index): [number, (sitting: Sitting) => Act["happens"]] => [
    3 + index * 0.4,
    (sitting) => (desk, at) => desk.issue(at, sitting, request),
  ]);
  return visit(random, member, begin, 12 + requests.length * 0.4, ...stay);
}

function loadTests(random: Random, today: number): Act[] {
  const setStatus = (daysAgo: number, hour: number, disabled: boolean) =>
    visit(random, maya, workday(today, daysAgo) + hour * HOUR, 6, [
      2.3,
      (sitting) => (desk, at) => desk.setKeyStatus(at, sitting, loadTest, disabled),
    ]);
  const run = (daysAgo: number, member: DemoMember, joiners: number) =>
    issueAll(random, member, workday(today, daysAgo) + 12.6 * HOUR, loadTestRequests(random, joiners));
  return [
    ...run(78, tomas, 40),
    ...setStatus(71, 15.2, true),
    ...setStatus(58, 8.1, false),
    ...run(57, leila, 60),
    ...run(36, tomas, 60),
    ...setStatus(29, 15.6, true),
    ...setStatus(4, 8.3, false),
    ...run(3, leila, 90),
    ...setStatus(2, 16.4, true),
  ];
}

function incidents(random: Random, today: number): Act[] {
  const stranger = { address: "198.51.100.203", userAgent: "python-requests/2.32.3" };
  const night = today - 41 * DAY + 3.2 * HOUR;
  // The throttle lets eight pass in fifteen minutes, and records its refusal once.
  const guesses = Array.from({ length: 9 }, (_, index): Act => {
    return {
      at: night + index * 2.1 * SECOND,
      happens: (desk, at) => desk.failSignIn(at, stranger, maya.email, index === 8),
    };
  });
  const leak = workday(today, 22);
  return [
    ...guesses,
    ...issueAll(random, leila, workday(today, 50) + 9.1 * HOUR, workshopRequests(random, 28)),
    ...visit(random, jonas, workday(today, 64) + 10.4 * HOUR, 9, [
      4,
      (sitting) => (desk, at) => desk.tryToDisable(at, sitting, staging),
    ]),
    ...visit(random, priya, workday(today, 33) + 13.7 * HOUR, 12, [
      5,
      (sitting) => (desk, at) => desk.tryToIssue(at, sitting, nightlySmoke),
    ]),
    ...visit(random, priya, leak + 10.8 * HOUR, 40, [
      6,
      (sitting) => (desk, at) => desk.findSignedElsewhere(at, sitting, staging),
    ]),
    ...visit(
      random,
      maya,
      leak + 11.1 * HOUR,
      190,
      [2, (sitting) => (desk, at) => desk.setKeyStatus(at, sitting, staging, true)],
      [186, (sitting) => (desk, at) => desk.setKeyStatus(at, sitting, staging, false)],
    ),
    ...visit(random, priya, workday(today, 9) + 9.5 * HOUR, 21, [
      8,
      (sitting) => (desk, at) => desk.inspectAltered(at, sitting, 5),
    ]),
    // While the key is disabled for the leak: on which days somebody else's plan meets it, the calendar decides.
    ...visit(random, tomas, leak + 12.3 * HOUR, 6, [
      2,
      (sitting) => (desk, at) => desk.tryToIssue(at, sitting, nightlySmoke),
    ]),
  ];
}
