/** What happened once in the demo's three months: how it began, load tests, two leaked secrets, somebody at the door. And its last hours, so that some tokens are alive whenever one looks. */
import type { Sitting } from "./demo-desk";
import { type Random, seededRandom } from "./demo-random";
import { demoRooms, loadTestRequests, nightlySmoke, type TokenRequest, workshopRequests } from "./demo-requests";
import { type Act, DAY, HOUR, MINUTE, ordinaryDays, SECOND, sittingOf } from "./demo-rhythm";
import {
  aiko,
  type DemoMember,
  demoMembers,
  invited,
  jonas,
  leila,
  loadTest,
  marek,
  maya,
  priya,
  production,
  staging,
  tomas,
} from "./demo-team";

const BEGAN_DAYS_AGO = 87;
const MAREK_LEFT_DAYS_AGO = 25;
const LAST_HOURS = 3;

/** Everything that happened before `now`, in order. */
export function demoStory(now: Date): Act[] {
  const today = Math.floor(now.getTime() / DAY) * DAY;
  const lastHours = now.getTime() - LAST_HOURS * HOUR;
  const random = seededRandom(7);
  const began = workday(today, BEGAN_DAYS_AGO);
  const left = workday(today, MAREK_LEFT_DAYS_AGO);
  const acts = [
    ...beginning(random, began),
    ...ordinaryDays(began + DAY, lastHours, left),
    ...comingAndGoing(left, now.getTime()),
    ...loadTests(random, today),
    ...incidents(random, today),
  ].filter(({ at }) => at < lastHours);
  return [...acts, ...ending(random, now.getTime())].sort((a, b) => a.at - b.at);
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
  ];
}

/** Nobody has signed out yet. */
function ending(random: Random, now: number): Act[] {
  const [roomId, otherRoom, thirdRoom] = [demoRooms[0], demoRooms[6], demoRooms[11]];
  const join: TokenRequest["permissions"] = ["allow_join"];
  const host: TokenRequest["permissions"] = ["allow_join", "allow_mod"];
  const hotfix = { key: production, roomId: otherRoom, purpose: "verify hotfix 4.2.1" };
  const guest: TokenRequest = {
    key: staging,
    roomId,
    purpose: "QA: guest flow on Safari",
    permissions: ["ask_join"],
    roles: ["rtc"],
    expiresIn: "15m",
  };
  const first = { key: staging, roomId, purpose: "repro of #412" };
  const smoke: TokenRequest = { key: staging, purpose: "nightly smoke", permissions: join, expiresIn: "24h" };
  const local: TokenRequest = { key: staging, purpose: "local dev, React example", permissions: host, expiresIn: "7d" };
  const support = { key: production, roomId: thirdRoom, purpose: "support: Northwind, no sound after rejoin" };
  const plan: [DemoMember, [minutesAgo: number, TokenRequest][]][] = [
    [
      tomas,
      [
        [166, local],
        [117, { ...first, permissions: host, expiresIn: "2h" }],
        [116.2, { ...first, permissions: join, participantId: "lxvdplwt", expiresIn: "2h" }],
        [88, { ...first, permissions: join, expiresIn: "2h" }],
        [52, { ...support, permissions: host, participantId: "support-1", roles: ["rtc"], expiresIn: "1h" }],
        [21, { ...support, permissions: host, participantId: "support-2", roles: ["rtc"], expiresIn: "1h" }],
        [7, guest],
        [6.1, { ...guest, participantId: "lxvdplwt" }],
      ],
    ],
    [
      aiko,
      [
        [149, { ...smoke, roles: ["crawler"] }],
        [96, { ...hotfix, permissions: host, expiresIn: "2h" }],
        [95.1, { ...hotfix, permissions: join, participantId: "guest-1", expiresIn: "2h" }],
        [94.4, { ...hotfix, permissions: join, participantId: "guest-2", expiresIn: "2h" }],
        [34, { ...hotfix, permissions: host, expiresIn: "1h" }],
        [12.5, { ...hotfix, permissions: join, expiresIn: "15m" }],
      ],
    ],
  ];
  const sittings = plan.map(([member, requests]) => ({ sitting: sittingOf(random, member), requests }));
  const auditor = sittingOf(random, priya);
  return [
    ...sittings.flatMap(({ sitting, requests }, index): Act[] => {
      const begin = now - (172 - index * 15) * MINUTE;
      return [
        { at: begin, happens: (desk, at) => desk.signIn(at, sitting) },
        ...requests.map(([minutesAgo, request]) => ({
          at: now - minutesAgo * MINUTE - random.between(0, 20) * SECOND,
          happens: ((desk, at) => desk.issue(at, sitting, request)) satisfies Act["happens"],
        })),
      ];
    }),
    { at: now - 47 * MINUTE, happens: (desk, at) => desk.signIn(at, auditor) },
    { at: now - 39 * MINUTE, happens: (desk, at) => desk.inspect(at, auditor, 3) },
    // Two that somebody with the secret made for a month: a case that nobody has acknowledged.
    ...[14.3, 13.1].map((minutesAgo) => ({
      at: now - minutesAgo * MINUTE,
      happens: ((desk, at) =>
        desk.findSignedElsewhere(at, auditor, production, (30 * DAY) / SECOND)) satisfies Act["happens"],
    })),
    { at: now - 3 * MINUTE, happens: (desk, at) => desk.inspect(at, auditor, 0) },
  ];
}
