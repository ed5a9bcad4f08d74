/** What a VideoSDK payload grants, read once for both the sentence and the table of abilities. Takes any JSON; where VideoSDK's behaviour is not documented it records a doubt and does not guess. */
import type { Claims } from "@/lib/profiles/profile";
import { hasClaim, keyIdOf, permissions, roles, scopedClaims } from "@/lib/profiles/videosdk/claims";
import type { VendorErrorCode } from "@/lib/profiles/videosdk/errors";
import { quote } from "@/lib/profiles/videosdk/finding";

/** Why VideoSDK says no, as a sentence without its full stop, and the code that a client then shows. */
export type Refusal = { reason: string; code?: VendorErrorCode };

/** Why the answer is not known, as a sentence without its full stop; `rest` when it concerns the REST API too. */
type Doubt = { reason: string; rest: boolean };

/** What `roomId` or `participantId` limits the token to. */
export type Limit = { kind: "any" } | { kind: "one"; id: string } | { kind: "unclear" };

export type Grants = {
  joins: "directly" | "asks" | "never";
  moderates: boolean;
  role: "any" | "crawler" | "rtc" | "unclear";
  room: Limit;
  participant: Limit;
  /** Whether VideoSDK surely heeds `roles`, `roomId` and `participantId`: they need `version` 2. */
  scopeHeeded: boolean;
  /** No usable API key: refused everywhere. */
  keyRefusal?: Refusal;
  /** The permissions make every join fail, whoever joins what and when. */
  permissionRefusal?: Refusal;
  /** Neither expired nor badly written, and still nobody can join with it. */
  joinRefusal?: Refusal;
  doubts: Doubt[];
};

/** Whether a value can be a NumericDate (RFC 7519, section 2): from 0 to 1e11 seconds; above that it is milliseconds. */
export function plausibleSeconds(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 1e11;
}

/** Reads any payload; never throws. Source of the meanings: VideoSDK, "Authentication and tokens". */
export function readGrants(claims: Claims): Grants {
  const given: unknown[] = Array.isArray(claims.permissions) ? claims.permissions : [];
  const direct = given.includes("allow_join");
  const joins = direct ? "directly" : given.includes("ask_join") ? "asks" : "never";
  const role = readRole(claims);
  const scopeHeeded = claims.version === 2 || !scopedClaims.some((name) => hasClaim(claims, name));
  const read = {
    joins,
    moderates: given.includes("allow_mod"),
    role,
    room: readLimit(claims, "roomId"),
    participant: readLimit(claims, "participantId"),
    scopeHeeded,
  } as const;
  const key = refuseKey(claims);
  const permission = refusePermissions(claims, given);
  const join = refuseJoin(claims, read);
  return {
    ...read,
    ...(key && { keyRefusal: key }),
    ...(permission && { permissionRefusal: permission }),
    ...(join && { joinRefusal: join }),
    doubts: findDoubts(claims, read),
  };
}

function readRole(claims: Claims): Grants["role"] {
  if (!hasClaim(claims, "roles")) return "any";
  if (!Array.isArray(claims.roles)) return "unclear";
  const distinct = new Set<unknown>(claims.roles);
  const only = distinct.size === 1 ? claims.roles[0] : undefined;
  return only === "crawler" || only === "rtc" ? only : "unclear";
}

function readLimit(claims: Claims, name: "roomId" | "participantId"): Limit {
  if (!hasClaim(claims, name)) return { kind: "any" };
  const value = claims[name];
  return typeof value === "string" && value !== "" ? { kind: "one", id: value } : { kind: "unclear" };
}

function refuseKey(claims: Claims): Refusal | undefined {
  if (keyIdOf(claims) !== undefined) return undefined;
  if (!hasClaim(claims, "apikey")) return { reason: "apikey is missing", code: 4001 };
  return { reason: "apikey holds no usable API key", code: 4001 };
}

function refusePermissions(claims: Claims, given: unknown[]): Refusal | undefined {
  if (!hasClaim(claims, "permissions")) return { reason: "permissions is missing", code: 4008 };
  if (!Array.isArray(claims.permissions)) return { reason: "permissions is not an array", code: 4008 };
  if (given.length === 0) return { reason: "permissions is empty", code: 4008 };
  if (!given.every(isPermission))
    return { reason: "permissions holds a value that VideoSDK does not document", code: 4008 };
  if (given.includes("ask_join") && (given.includes("allow_join") || given.includes("allow_mod"))) {
    return { reason: "ask_join must not stand beside another permission", code: 4008 };
  }
  return undefined;
}

function isPermission(value: unknown): boolean {
  return permissions.some((choice) => choice.value === value);
}

type ReadClaims = Pick<Grants, "joins" | "role" | "room" | "participant" | "scopeHeeded">;

function refuseJoin(claims: Claims, { joins, role, participant, scopeHeeded }: ReadClaims): Refusal | undefined {
  if (scopeHeeded) {
    if (role === "crawler") return { reason: "the role crawler can't join a meeting", code: 4024 };
    if (participant.kind === "one" && /\s/.test(participant.id)) {
      return { reason: "participantId contains white space", code: 4004 };
    }
    for (const [name, code] of [
      ["roomId", 4022],
      ["participantId", 4004],
    ] as const) {
      if (hasClaim(claims, name) && typeof claims[name] !== "string")
        return { reason: `${name} is not a string`, code };
    }
    if (claims.participantId === "") return { reason: "participantId is empty", code: 4004 };
  }
  if (joins === "never") return { reason: "joining takes allow_join or ask_join, and this token has neither" };
  return undefined;
}

function findDoubts(claims: Claims, { role, room, participant, scopeHeeded }: ReadClaims): Doubt[] {
  const doubts: Doubt[] = [];
  if (!scopeHeeded) {
    const names = scopedClaims.filter((name) => hasClaim(claims, name)).join(", ");
    doubts.push({ reason: `what VideoSDK does with ${names} without version 2 is not documented`, rest: true });
  }
  if (role === "unclear") doubts.push({ reason: doubtRoles(claims.roles), rest: true });
  for (const name of ["exp", "nbf"]) {
    if (hasClaim(claims, name) && typeof claims[name] !== "number") {
      doubts.push({ reason: `${name} is not a number, so whether the token is valid now can't be told`, rest: true });
    }
  }
  if (room.kind === "unclear") doubts.push({ reason: "roomId names no room", rest: false });
  if (participant.kind === "unclear") doubts.push({ reason: "participantId names no participant", rest: false });
  return doubts;
}

function doubtRoles(value: unknown): string {
  if (!Array.isArray(value)) return "roles is not an array";
  if (value.length === 0) return "what empty roles mean is not documented";
  const known = (role: unknown) => roles.some((choice) => choice.value === role);
  if (value.every(known)) return "what crawler and rtc mean together is not documented";
  const wrong: unknown = value.find((role) => !known(role));
  return `${quote(wrong)} is no role that VideoSDK documents`;
}
