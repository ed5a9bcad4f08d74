/** The rules of the two lists in a VideoSDK payload, `permissions` and `roles`: their form, their values and which values exclude each other. */
import type { Finding } from "@/lib/jwt/finding";
import { formatPath } from "@/lib/jwt/path";
import type { Choice, Claims } from "@/lib/profiles/profile";
import { hasClaim, permissions, roles, scopedClaims } from "@/lib/profiles/videosdk/claims";
import type { VendorErrorCode } from "@/lib/profiles/videosdk/errors";
import { quote, ruleFinding } from "@/lib/profiles/videosdk/finding";

type List = {
  claim: "permissions" | "roles";
  one: "permission" | "role";
  choices: readonly Choice[];
  example: string;
  vendor?: VendorErrorCode;
};

// That 4008 is also the answer to other faults than a forbidden combination follows from its name, INVALID_PERMISSIONS.
const permissionList: List = {
  claim: "permissions",
  one: "permission",
  choices: permissions,
  example: '["allow_join"]',
  vendor: 4008,
};
const roleList: List = { claim: "roles", one: "role", choices: roles, example: '["rtc"]' };

// A megabyte of wrong values would otherwise become hundreds of thousands of findings.
const mostFindings = 10;

/** `permissions`: required, a list of known values; `ask_join` alone, and `allow_mod` not without `allow_join`. */
export function permissionRules(claims: Claims): Finding[] {
  const path = formatPath("payload", ["permissions"]);
  if (!hasClaim(claims, "permissions")) {
    const message = "The claim permissions is missing, and it is required.";
    const remedy = 'Add permissions, such as ["allow_join"].';
    return [ruleFinding("error", "permissions-missing", path, { message, remedy, vendor: 4008 })];
  }
  const values = claims.permissions;
  if (!Array.isArray(values)) return [notAnArray(permissionList, values)];
  if (values.length === 0) {
    const message = "permissions is empty: it permits nothing, and VideoSDK requires at least one.";
    const remedy = "Add allow_join, or ask_join for somebody who waits to be admitted.";
    return [ruleFinding("error", "permissions-empty", path, { message, remedy, vendor: 4008 })];
  }
  const findings = valueRules(permissionList, values);
  const joins = values.includes("allow_join");
  const moderates = values.includes("allow_mod");
  if (values.includes("ask_join") && (joins || moderates)) {
    const others = [joins && "allow_join", moderates && "allow_mod"].filter(Boolean).join(" and ");
    const message = `ask_join stands beside ${others}: VideoSDK refuses the combination.`;
    const remedy = `Keep ask_join alone to wait to be admitted, or remove it to keep ${others}.`;
    const at = formatPath("payload", ["permissions", values.indexOf("ask_join")]);
    findings.push(ruleFinding("error", "ask-join-not-alone", at, { message, remedy, vendor: 4008 }));
  } else if (moderates && !joins) {
    const message = "allow_mod stands without allow_join: moderating permits neither joining nor admitting.";
    const remedy = "Add allow_join.";
    const at = formatPath("payload", ["permissions", values.indexOf("allow_mod")]);
    findings.push(ruleFinding("warning", "allow-mod-without-allow-join", at, { message, remedy }));
  }
  return findings;
}

/** What the builder of VideoSDK's server SDK signs when it is given no grants (`@videosdk.live/server-sdk` 0.1.1). */
export function builderRules(claims: Claims): Finding[] {
  const values = claims.permissions;
  const both =
    Array.isArray(values) && values.length === 2 && values.includes("allow_join") && values.includes("allow_mod");
  if (!both || scopedClaims.some((name) => hasClaim(claims, name))) return [];
  const message =
    "allow_join and allow_mod, for every room, participant and role: what VideoSDK's server SDK signs when it is given no grants.";
  const remedy = "If nobody chose that, pass the grants that were meant.";
  return [
    ruleFinding("note", "permissions-of-the-builder", formatPath("payload", ["permissions"]), { message, remedy }),
  ];
}

/** `roles`: optional, a list of `crawler` or `rtc`, with a word on what each rules out. */
export function roleRules(claims: Claims): Finding[] {
  if (!hasClaim(claims, "roles")) return [];
  const path = formatPath("payload", ["roles"]);
  const values = claims.roles;
  if (!Array.isArray(values)) return [notAnArray(roleList, values)];
  if (values.length === 0) {
    const message = "roles is empty, and what VideoSDK makes of that is not documented.";
    const remedy = "Remove roles to permit both the meeting and the REST API, or name one.";
    return [ruleFinding("warning", "roles-empty", path, { message, remedy })];
  }
  const crawler = values.includes("crawler");
  const rtc = values.includes("rtc");
  return [
    ...valueRules(roleList, values),
    ...(crawler && rtc ? [bothRoles(path)] : []),
    ...(crawler && !rtc ? crawlerRules(claims, values.indexOf("crawler")) : []),
    ...(rtc && !crawler ? [rtcOnly(values.indexOf("rtc"))] : []),
  ];
}

function bothRoles(path: string): Finding {
  const message = "crawler and rtc stand together: VideoSDK does not document what that means.";
  const remedy = "Remove roles to permit both the meeting and the REST API.";
  return ruleFinding("note", "roles-both", path, { message, remedy });
}

function crawlerRules(claims: Claims, index: number): Finding[] {
  const path = formatPath("payload", ["roles", index]);
  const message = "A crawler token can't join a meeting, whatever its permissions say.";
  const remedy = "For a client app, remove roles or use rtc.";
  const join = ruleFinding("note", "crawler-cannot-join", path, { message, remedy, vendor: 4024 });
  const limits = ["roomId", "participantId"].filter((name) => hasClaim(claims, name));
  if (limits.length === 0) {
    const wide = "crawler opens the REST API for every room of the account: keep this token on a server.";
    return [join, ruleFinding("note", "crawler-account-wide", path, { message: wide })];
  }
  const scoped = `crawler is good for the whole account: ${limits.join(" and ")} ${limits.length > 1 ? "limit" : "limits"} joining, which it can't do.`;
  const drop = `Remove ${limits.join(" and ")}, or use rtc.`;
  return [join, ruleFinding("warning", "crawler-scoped", path, { message: scoped, remedy: drop })];
}

function rtcOnly(index: number): Finding {
  const message = "An rtc token can't call the REST API; the example apps create rooms with the token they join with.";
  const remedy = "For those example apps, remove roles.";
  return ruleFinding("note", "rtc-no-rest", formatPath("payload", ["roles", index]), { message, remedy });
}

function notAnArray(list: List, value: unknown): Finding {
  const message = `${list.claim} is ${quote(value)}, but must be an array.`;
  const parts = typeof value === "string" ? value.split(/[\s,]+/).filter(Boolean) : [];
  const known = parts.length > 0 && parts.every((part) => list.choices.some((choice) => choice.value === part));
  const remedy = `Write it as an array: ${known ? JSON.stringify(parts) : list.example}.`;
  return ruleFinding("error", `${list.claim}-not-an-array`, formatPath("payload", [list.claim]), {
    message,
    remedy,
    ...vendorOf(list),
  });
}

/** One finding for each value that is not plainly a known one, ten at most and then one for the rest. */
function valueRules(list: List, values: unknown[]): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<unknown>();
  let left = 0;
  let leftWrong = false;
  for (const [index, value] of values.entries()) {
    const known = list.choices.some((choice) => choice.value === value);
    if (known && !seen.has(value)) seen.add(value);
    else if (findings.length === mostFindings) {
      left += 1;
      leftWrong ||= !known;
    } else findings.push(known ? duplicate(list, value, index) : wrongValue(list, value, index));
  }
  if (left > 0) {
    const message = `${left.toLocaleString("en")} more values of ${list.claim} are wrong or repeated.`;
    const severity = leftWrong ? "error" : "warning";
    const vendor = leftWrong ? vendorOf(list) : {};
    findings.push(
      ruleFinding(severity, `${list.claim}-too-many`, formatPath("payload", [list.claim]), { message, ...vendor }),
    );
  }
  return findings;
}

function duplicate(list: List, value: unknown, index: number): Finding {
  const message = `${quote(value)} occurs twice, which changes nothing.`;
  const path = formatPath("payload", [list.claim, index]);
  return ruleFinding("warning", `${list.one}-duplicate`, path, { message, remedy: "Remove one of them." });
}

function wrongValue(list: List, value: unknown, index: number): Finding {
  const path = formatPath("payload", [list.claim, index]);
  const vendor = vendorOf(list);
  const names = list.choices.map((choice) => choice.value).join(list.choices.length > 2 ? ", " : " and ");
  if (typeof value !== "string") {
    const message = `This ${list.one} is ${quote(value)}, but must be a string.`;
    return ruleFinding("error", `${list.one}-not-a-string`, path, {
      message,
      remedy: `Known are ${names}.`,
      ...vendor,
    });
  }
  if (list.claim === "roles" && value === "CRAWLER") {
    const message = "CRAWLER is the spelling of older documentation; today it is crawler.";
    return ruleFinding("warning", "role-legacy-crawler", path, { message, remedy: "Write crawler." });
  }
  const meant = list.choices.find((choice) => choice.value === plain(value))?.value;
  if (meant !== undefined) {
    const message = `${quote(value)} is not ${meant}: VideoSDK's values are lower case, with an underscore.`;
    return ruleFinding("error", `${list.one}-misspelt`, path, { message, remedy: `Write ${meant}.`, ...vendor });
  }
  const message = `${quote(value)} is no ${list.one} that VideoSDK documents.`;
  return ruleFinding("error", `${list.one}-unknown`, path, { message, remedy: `Known are ${names}.`, ...vendor });
}

function vendorOf(list: List): { vendor?: VendorErrorCode } {
  return list.vendor === undefined ? {} : { vendor: list.vendor };
}

function plain(value: string): string {
  if (value.length > 40) return value;
  const words = value.trim().replace(/([a-z])([A-Z])/g, "$1_$2");
  return words.toLowerCase().replace(/[-\s_]+/g, "_");
}
