/** The demo's team and signing keys. All made up: addresses are of the ranges kept for documentation (RFC 5737, RFC 3849), and VideoSDK knows none of the API keys. */
import type { Role } from "@/lib/auth/roles";
import { seededRandom } from "./demo-random";

export type DemoMember = {
  name: string;
  email: string;
  role: Role;
  /** Office and elsewhere. */
  addresses: readonly [string, string];
  userAgent: string;
  /** The hour (UTC) at which a working day begins. */
  startsAtHour: number;
  /** How many things a day take a token or more. */
  occasionsPerDay: number;
};

export type DemoKey = { label: string; apiKey: string; maxTtlSeconds: number | null };

/** As its form is filled in. */
export type DemoTemplate = {
  name: string;
  note: string;
  permissions: string[];
  roles: string[];
  roomId?: string;
  expiresIn: string;
};

const random = seededRandom(64_412);
const member = (details: DemoMember): DemoMember => details;
const key = (label: string, maxTtlSeconds: number | null): DemoKey => ({
  label,
  apiKey: random.uuid(),
  maxTtlSeconds,
});

const chrome = (system: string) =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36`;
const safari =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.3 Safari/605.1.15";
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:151.0) Gecko/20100101 Firefox/151.0";

export const maya = member({
  name: "Maya Lindqvist",
  email: "maya@example.com",
  role: "admin",
  addresses: ["203.0.113.14", "2001:db8:51::a4"],
  userAgent: safari,
  startsAtHour: 7.4,
  occasionsPerDay: 3,
});
export const tomas = member({
  name: "Tomás Okoye",
  email: "tomas@example.com",
  role: "issuer",
  addresses: ["203.0.113.27", "198.51.100.62"],
  userAgent: chrome("Windows NT 10.0; Win64; x64"),
  startsAtHour: 7.9,
  occasionsPerDay: 8,
});
export const priya = member({
  name: "Priya Raman",
  email: "priya@example.com",
  role: "auditor",
  addresses: ["203.0.113.40", "192.0.2.133"],
  userAgent: chrome("Macintosh; Intel Mac OS X 10_15_7"),
  startsAtHour: 8.6,
  occasionsPerDay: 0,
});
export const sam = member({
  name: "Sam Achterberg",
  email: "sam@example.com",
  role: "support",
  addresses: ["203.0.113.44", "192.0.2.87"],
  userAgent: chrome("Windows NT 10.0; Win64; x64"),
  startsAtHour: 7.2,
  occasionsPerDay: 0,
});
export const jonas = member({
  name: "Jonas Weber",
  email: "jonas@example.com",
  role: "issuer",
  addresses: ["203.0.113.31", "198.51.100.17"],
  userAgent: firefox,
  startsAtHour: 6.8,
  occasionsPerDay: 7,
});
export const aiko = member({
  name: "Aiko Tanaka",
  email: "aiko@example.com",
  role: "issuer",
  addresses: ["192.0.2.58", "2001:db8:7e::1c"],
  userAgent: chrome("Macintosh; Intel Mac OS X 10_15_7"),
  startsAtHour: 0.6,
  occasionsPerDay: 6,
});
export const leila = member({
  name: "Leïla Haddad",
  email: "leila@example.com",
  role: "issuer",
  addresses: ["203.0.113.29", "192.0.2.201"],
  userAgent: chrome("X11; Linux x86_64"),
  startsAtHour: 8.2,
  occasionsPerDay: 7,
});

/** Has left since. */
export const marek = member({
  name: "Marek Dvořák",
  email: "marek@example.com",
  role: "issuer",
  addresses: ["203.0.113.36", "198.51.100.140"],
  userAgent: firefox,
  startsAtHour: 7.6,
  occasionsPerDay: 4,
});

/** Invited, and has not joined yet. */
export const invited = { email: "noor@example.com", role: "issuer" } as const;

/** Those whose names `npm run demo` prints come first. */
export const demoMembers = [maya, tomas, priya, sam, jonas, aiko, leila, marek] as const;

export const production = key("Production", 24 * 60 * 60);
export const staging = key("Staging", null);
export const loadTest = key("Load test", null);

export const demoKeys = [production, staging, loadTest] as const;

export const supportCall: DemoTemplate = {
  name: "Support call",
  note: "Joins a customer's meeting, and moderates",
  ...{ permissions: ["allow_join", "allow_mod"], roles: ["rtc"], expiresIn: "1h" },
};
export const nightlyJob: DemoTemplate = {
  name: "Nightly job",
  note: "REST API until the next evening",
  ...{ permissions: ["allow_join"], roles: ["crawler"], expiresIn: "24h" },
};
/** Waits for an admin. */
export const kiosk: DemoTemplate = {
  name: "Kiosk",
  note: "One room, one tablet, for a day",
  ...{ permissions: ["allow_join"], roles: ["rtc"], roomId: "2kyv-gzay-64pg", expiresIn: "24h" },
};
