/** What the demo's team asks tokens for: an occasion takes one token or a few that belong together. Asks for nothing that the verb would refuse. */
import type { IssueTokenInput } from "@/lib/composer/schema";
import { type Random, seededRandom } from "./demo-random";
import { type DemoKey, loadTest, production, staging } from "./demo-team";

export type TokenRequest = { key: DemoKey } & Required<Pick<IssueTokenInput, "permissions" | "expiresIn" | "purpose">> &
  Partial<Pick<IssueTokenInput, "roomId" | "participantId" | "roles">>;

type Permissions = TokenRequest["permissions"];
type Occasion = (random: Random, dayNumber: number) => TokenRequest[];

const joins: Permissions = ["allow_join"];
const moderates: Permissions = ["allow_join", "allow_mod"];
const asks: Permissions = ["ask_join"];

const pool = seededRandom(2_026);
/** The first ones are used most. */
export const demoRooms = [
  "2kyv-gzay-64pg",
  ...Array.from({ length: 39 }, () => [pool.text(4), pool.text(4), pool.text(4)].join("-")),
];
const participants = Array.from({ length: 60 }, () => pool.text(8, "abcdefghijklmnopqrstuvwxyz"));

const customers = ["Northwind", "Halden Clinic", "Bluewater Health", "Ostrava Tutors", "Kite & Co", "Lumen School"];
const checks = ["guest flow", "host flow", "screen share", "rejoin after sleep", "waiting room", "mute by moderator"];
const browsers = ["Safari", "Firefox", "Edge", "Chrome on Android", "iPhone"];
const examples = ["React example", "React Native example", "Flutter example", "iOS example", "agents sample"];
const faults = ["can't join", "black video", "no sound after rejoin", "stuck in waiting room", "4022 on joining"];

const guestCheck: Occasion = (random) => {
  const roomId = random.pickEarly(demoRooms);
  const purpose = `QA: ${random.pickEarly(checks)} on ${random.pickEarly(browsers)}`;
  const expiresIn = random.pick(["15m", "1h", "1h", "2h"]);
  const guest: TokenRequest = { key: staging, roomId, purpose, expiresIn, permissions: asks, roles: ["rtc"] };
  const host: TokenRequest = { key: staging, roomId, purpose, expiresIn, permissions: moderates };
  if (random.chance(0.45)) return [host, { ...guest, participantId: random.pick(participants) }];
  return [random.chance(0.5) ? guest : { ...host, permissions: joins }];
};

const reproduction: Occasion = (random, dayNumber) => {
  const request: TokenRequest = {
    key: random.chance(0.25) ? production : staging,
    purpose: `repro of #${330 + dayNumber + random.whole(0, 18)}`,
    permissions: random.chance(0.4) ? moderates : joins,
    expiresIn: random.pick(["15m", "1h", "2h", "24h"]),
    ...(random.chance(0.75) ? { roomId: random.pickEarly(demoRooms) } : {}),
    ...(random.chance(0.4) ? { participantId: random.pick(participants) } : {}),
  };
  return Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, () => request);
};

const localDevelopment: Occasion = (random) => [
  {
    key: staging,
    purpose: `local dev, ${random.pickEarly(examples)}`,
    permissions: moderates,
    expiresIn: random.pick(["24h", "24h", "3d", "7d"]),
  },
];

const support: Occasion = (random) => [
  {
    key: production,
    purpose: `support: ${random.pick(customers)}, ${random.pick(faults)}`,
    permissions: moderates,
    roles: ["rtc"],
    roomId: random.pick(demoRooms),
    participantId: random.pick(["support-1", "support-2", random.pick(participants)]),
    expiresIn: random.pick(["15m", "1h", "2h"]),
  },
];

const customerDemo: Occasion = (random) => {
  const shared = { key: production, purpose: `demo for ${random.pick(customers)}`, roomId: random.pick(demoRooms) };
  const guests = Array.from({ length: random.whole(2, 4) }, (_, index): TokenRequest => {
    const participantId = `guest-${index + 1}`;
    return { ...shared, permissions: asks, roles: ["rtc"], participantId, expiresIn: "2h" };
  });
  return [{ ...shared, permissions: moderates, participantId: "host", expiresIn: "2h" }, ...guests];
};

const restCall: Occasion = (random) => [
  {
    key: random.chance(0.5) ? production : staging,
    purpose: random.pick(["export recordings", "count sessions for billing", "close rooms left open", "nightly smoke"]),
    permissions: joins,
    roles: ["crawler"],
    expiresIn: random.pick(["15m", "1h", "24h"]),
  },
];

const unexplained: Occasion = (random) => [
  {
    key: random.pick([production, staging]),
    purpose: "",
    permissions: random.pick([joins, moderates]),
    expiresIn: random.pick(["1h", "90m", "1d"]),
    ...(random.chance(0.5) ? { roomId: random.pickEarly(demoRooms) } : {}),
  },
];

const occasions = [
  [26, guestCheck],
  [24, reproduction],
  [13, localDevelopment],
  [15, support],
  [6, customerDemo],
  [9, restCall],
  [5, unexplained],
] as const;

/** @param dayNumber working days since the demo's team began */
export function requestsOfOccasion(random: Random, dayNumber: number): TokenRequest[] {
  return random.pickWeighted<Occasion>(occasions)(random, dayNumber);
}

/** Every night's test, issued in the evening before. */
export const nightlySmoke: TokenRequest = {
  key: staging,
  purpose: "nightly smoke",
  permissions: joins,
  roles: ["crawler"],
  expiresIn: "24h",
};

/** @param count how many join at once */
export function loadTestRequests(random: Random, count: number): TokenRequest[] {
  const shared = { key: loadTest, roomId: random.pick(demoRooms), purpose: `load test, ${count} joiners` };
  return Array.from({ length: count }, (_, index) => {
    const participantId = `load-${String(index + 1).padStart(3, "0")}`;
    return { ...shared, permissions: joins, roles: ["rtc"], participantId, expiresIn: index % 9 === 8 ? "7d" : "2h" };
  });
}

export function workshopRequests(random: Random, seats: number): TokenRequest[] {
  const shared = { key: production, roomId: random.pick(demoRooms), purpose: "workshop: first call in an hour" };
  return Array.from({ length: seats }, (_, index) => {
    return { ...shared, permissions: joins, participantId: `seat-${index + 1}`, expiresIn: "8h" };
  });
}
