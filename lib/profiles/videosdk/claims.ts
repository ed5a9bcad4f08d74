/** The payload of a VideoSDK token: which claims exist, what each means, and how a composition becomes one. Builds what it is given; refusing is for the rules. */
import { idIn, namesIn } from "@/lib/profiles/given";
import type { Choice, Claims, Composition } from "@/lib/profiles/profile";

/** The values of `permissions`, in the order in which they are signed. Source: VideoSDK, "Authentication and tokens". */
export const permissions: readonly Choice[] = [
  { value: "allow_join", label: "Join directly", help: "Joins directly, and may admit those who ask" },
  {
    value: "ask_join",
    label: "Ask to join",
    help: "Waits to be admitted. Stands alone: VideoSDK refuses it beside another permission (4008)",
    alone: true,
  },
  {
    value: "allow_mod",
    label: "Moderate",
    help: "Toggles others' webcam and microphone. Admits nobody, so it needs allow_join",
  },
];

/** The values of `roles`, in the order in which they are signed. None: both the meeting and the REST API. */
export const roles: readonly Choice[] = [
  { value: "crawler", label: "REST API", help: "REST API of the whole account. Cannot join a meeting (4024)" },
  { value: "rtc", label: "Meeting", help: "Meetings only. Cannot call the REST API" },
];

/** Every claim that VideoSDK documents. */
export const claimNames = [
  "apikey",
  "permissions",
  "version",
  "roomId",
  "participantId",
  "roles",
  "iat",
  "nbf",
  "exp",
  "jti",
] as const;

/** The claims that need `version` 2. Source: VideoSDK, "Authentication and tokens". */
export const scopedClaims = ["roomId", "participantId", "roles"] as const;

/** Whether the payload has the claim at all; an explicit `null` counts as present. */
export function hasClaim(claims: Claims, name: string): boolean {
  return Object.hasOwn(claims, name) && claims[name] !== undefined;
}

/** The API key in `apikey`; undefined where there is none, or something that no API key can be. */
export function keyIdOf({ apikey }: Claims): string | undefined {
  return typeof apikey === "string" && apikey !== "" && !/\s/.test(apikey) ? apikey : undefined;
}

/**
 * The payload exactly as it will be signed: `apikey`, `permissions`, `version`, `roomId`, `participantId`, `roles`,
 * `iat`, `nbf`, `exp`, `jti` (times in seconds since 1970). The required claims are always there, even empty; an optional one
 * that is not given is absent. `version` 2 comes with the first claim that needs it; permissions and roles are in
 * canonical order, once each, unknown ones last.
 */
export function buildClaims({ apiKey, given, issuedAt, startsAt, expiresAt, jti }: Composition): Claims {
  const [roomId, participantId] = [idIn(given, "roomId"), idIn(given, "participantId")];
  const signedRoles = inOrder(namesIn(given, "roles"), roles);
  const scoped = roomId !== "" || participantId !== "" || signedRoles.length > 0;
  return {
    apikey: apiKey,
    permissions: inOrder(namesIn(given, "permissions"), permissions),
    ...(scoped && { version: 2 }),
    ...(roomId !== "" && { roomId }),
    ...(participantId !== "" && { participantId }),
    ...(signedRoles.length > 0 && { roles: signedRoles }),
    iat: issuedAt,
    ...(startsAt !== undefined && { nbf: startsAt }),
    exp: expiresAt,
    ...(jti !== "" && { jti }),
  };
}

function inOrder(values: readonly string[], choices: readonly Choice[]): string[] {
  const known = choices.map((choice) => choice.value);
  const unknown = values.filter((value) => !known.includes(value));
  return [...known.filter((value) => values.includes(value)), ...new Set(unknown)];
}
