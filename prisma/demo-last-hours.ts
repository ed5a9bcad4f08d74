/** The demo's last hours, so that some tokens are alive whenever one looks: two at work, and an auditor who finds what was signed elsewhere. Nobody has signed out yet. */
import type { Random } from "./demo-random";
import { demoRooms, type TokenRequest } from "./demo-requests";
import { type Act, DAY, MINUTE, SECOND, sittingOf } from "./demo-rhythm";
import { aiko, type DemoMember, priya, production, staging, tomas } from "./demo-team";

/** @param now milliseconds since 1970 */
export function lastHours(random: Random, now: number): Act[] {
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
  const onboarding: TokenRequest = {
    ...{ key: staging, roomId: thirdRoom, purpose: "onboarding class", permissions: join },
    ...{ roles: ["rtc"], expiresIn: "2h" },
  };
  const trainees = Array.from({ length: 12 }, (_, index) => `trainee-${index + 1}`);
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
    ...sittings.slice(0, 1).map(
      ({ sitting }): Act => ({
        at: now - 63 * MINUTE,
        happens: (desk, at) => desk.issueBatch(at, sitting, onboarding, trainees),
      }),
    ),
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
