/** The closed list of what can be recorded, and the detail that each action may carry. A field that is not on the list does not compile. */
import { namesOf } from "@/lib/names-of";

/** Why a token was refused. */
export const refusalReasons = [
  "unknown key",
  "disabled key",
  "changed secret",
  "already issued",
  "another request",
  "revoked",
  "rules or policy",
] as const;

/** Of a key's policy: a limit, a list of names, or none. */
type ChangedValue = string | number | string[] | null;

type TemplateDetail = {
  template: string;
  name: string;
  version?: number;
  changed: Record<string, [before: string | number | null, after: string | number | null]>;
};

type HandoverDetail = { link: string; madeBy: string; for: string };

type EndpointDetail = {
  endpoint: string;
  name: string;
};

type CredentialDetail = {
  credential: string;
  name: string;
};

type Details = {
  "team.admin_created": { email: string };
  "auth.signed_in": { email: string };
  /** `attempts`: how many this one event tells of, if not one; `accounts`: at how many accounts, if not at one, and `emails`: which. */
  "auth.sign_in_failed": {
    email?: string;
    accounts?: number;
    emails?: string[];
    reason: "wrong email or password" | "member is disabled" | "throttled";
    attempts?: number;
  };
  "auth.setup_failed": { reason: "wrong code" | "expired code"; attempts?: number };
  "auth.signed_out": Record<string, never>;
  /** `email`: whose, if not one's own; `sessions`: how many, if not one. */
  "session.ended": {
    email?: string;
    reason:
      | "signed in anew"
      | "by the member"
      | "the role changed"
      | "the password changed"
      | "the member was disabled";
    sessions?: number;
  };
  "member.invited": { email: string; role: string };
  "invitation.withdrawn": {
    email: string;
    role: string;
    reason: "withdrawn" | "a new link was made" | "whoever made it is no admin any more";
  };
  "member.joined": { email: string; role: string };
  /** `email`: whose, if not one's own; `resetLinks`: how many that they had made ended with it, if any. */
  "member.changed": {
    email?: string;
    changed: Record<string, [before: string | null, after: string | null]>;
    resetLinks?: number;
  };
  /** `sessions`, `resetLinks`: how many ended with it; links to a new password for them and those that they made, if any. */
  "member.disabled": {
    email: string;
    changed: { state: ["active", "disabled"] };
    sessions: number;
    resetLinks?: number;
    note?: string;
  };
  "member.enabled": { email: string; changed: { state: ["disabled", "active"] }; note?: string };
  /** A link to a new password was made for them. `resetLinks`: how many from before it ended, if any. */
  "member.reset": { email: string; resetLinks?: number };
  /** By whoever has the server's shell. `members`: how many. */
  "member.listed": { members: number };
  /** `by`: what allowed it; `resetLinks`: how many ended with it, if any. */
  "member.password_changed": { by: "the password before" | "a reset link"; resetLinks?: number };
  /** `role`: a member's. */
  "access.denied": { verb: string; role?: string };
  /** A limit of lib/limits.ts: what it is about, how many, in how long. */
  "limit.reached": { what: string; most: number; seconds: number; email?: string };
  /** `sharesSecretWith`: the label of a key that had the same secret before. */
  "key.created": { apiKey: string; fingerprint: string; sharesSecretWith?: string };
  /** `note`: why. */
  "key.disabled": { activeTokens: number; changed: { state: ["active", "disabled"] }; note?: string };
  "key.enabled": { activeTokens: number; changed: { state: ["disabled", "active"] }; note?: string };
  /** `changed`: what it was, and what it is. */
  "key.changed": { changed: Record<string, [before: ChangedValue, after: ChangedValue]> };
  /** It got another secret. `activeTokens`: how many that the one before had signed were active. */
  "key.rotated": {
    changed: { fingerprint: [before: string | null, after: string] };
    activeTokens: number;
    sharesSecretWith?: string;
  };
  /** Nothing had been issued with it. */
  "key.removed": { apiKey: string; fingerprint?: string };
  /** `template`: its id; `version`: counts the changes of a team's own; `changed`: what it fills in too. */
  "template.proposed": TemplateDetail;
  "template.created": TemplateDetail;
  /** `note`: why it was declined. */
  "template.changed": TemplateDetail & { note?: string };
  "template.deleted": TemplateDetail;
  /** Sealed with the keyring's current key. `unopenable`: labels of keys whose secret the keyring did not open, if any. */
  "secrets.resealed": { secrets: number; unopenable?: string[] };
  /** `endpoint`, `credential`: its id; `changed`: what it was, and what it is. */
  "endpoint.created": EndpointDetail & { changed: Record<string, [before: ChangedValue, after: ChangedValue]> };
  "endpoint.changed": EndpointDetail & { changed: Record<string, [before: ChangedValue, after: ChangedValue]> };
  /** It got another address; the one before answers no more. */
  "endpoint.renewed": EndpointDetail;
  "endpoint.disabled": EndpointDetail & { changed: { state: ["active", "off"] } };
  "endpoint.enabled": EndpointDetail & { changed: { state: ["off", "active"] } };
  "endpoint.ended": EndpointDetail;
  /** `changed`: who answered for it, and who does, by name. */
  "endpoint.taken_over": EndpointDetail & { changed: { owner: [before: string, after: string] } };
  /** `changed`: from nothing to what it may do. */
  "credential.created": CredentialDetail & { changed: Record<string, [before: ChangedValue, after: ChangedValue]> };
  /** It got another value; `until`: how long the one before works (ISO 8601). */
  "credential.renewed": CredentialDetail & { until: string };
  "credential.ended": CredentialDetail;
  /** A program brought none that works, or used one from elsewhere. `attempts`: how many this one event tells of, if not one. */
  "credential.refused": { reason: "no credential that works" | "another address"; attempts?: number };
  "credential.taken_over": CredentialDetail & { changed: { owner: [before: string, after: string] } };
  /** What it is stands in the ledger, under its number. `page`: the origin of the page that asked an endpoint for it. */
  "token.issued": { page?: string };
  /** The same token given out again, to a request that came twice. */
  "token.resent": Record<string, never>;
  /** `fields`: those of the form that were refused; never what stood in them. */
  "token.refused": {
    reason: (typeof refusalReasons)[number];
    fields: string[];
  };
  /** A mark of ours, which the vendor does not consult. `all`: of whom or what they were, where they were not named one by one; `numbers`: the ledger's, as lib/tokens/ranges.ts writes them. */
  "token.revoked": { reason: string; tokens: number; numbers?: string; all?: string };
  /** `batch`: its number; `numbers`: the ledger's; `purpose`: of all of it, if one was given. Each token has an event of its own as well. */
  "batch.issued": { batch: number; tokens: number; numbers: string; purpose?: string };
  /** All of it given out again, to a request that came twice. */
  "batch.resent": { batch: number; tokens: number; numbers: string };
  /** `tokens`: how many of it were active, and are marked now. */
  "batch.revoked": { batch: number; reason: string; tokens: number; numbers: string };
  /** `signature`: whether a secret of this desk made it. */
  "token.inspected": {
    found: "issued here" | "altered after issuing" | "signed by a backend";
    signature: "right" | "mistake" | "wrong" | "unknown-key";
  };
  /** `numbers`: the ledger numbers found, as lib/tokens/ranges.ts writes them. */
  "token.looked_up": { count: number; found: number; numbers?: string };
  /** `imitates`: the ledger number whose `jti` it carries. */
  "token.signed_elsewhere": { apiKey: string; imitates?: number };
  /** `case`: its number; `imitates`: as above, of the token that opened it. */
  "case.opened": { case: number; imitates?: number };
  /** `tokens`: how many it had, of at most `COUNTED_AT_MOST`. */
  "case.acknowledged": { case: number; tokens: number; note: string };
  /** A link that opens once. `link`: its id, as its address has it; `until`: an instant (ISO 8601); `for`: a member's name, or whoever has it. */
  "handover.made": { link: string; until: string; for: string };
  /** By whoever had the link; of a visitor that is all that is known. `madeBy`: a member's name. */
  "handover.opened": HandoverDetail;
  "handover.withdrawn": HandoverDetail;
  "handover.expired": HandoverDetail;
  /** `filters`: what was asked for, as the URL says it; `events`: how many. */
  "audit.exported": { format: "csv" | "jsonl"; events: number; filters: string[] };
};

export type AuditAction = keyof Details;
export type AuditDetail<Action extends AuditAction> = Details[Action];
export const outcomes = ["ok", "denied", "failed"] as const;
export type Outcome = (typeof outcomes)[number];
/** What is shown of an event whose body cannot be read: its outcome, and who it was. */
export const UNREADABLE = "not readable";
export const UNKNOWN = "not known";

/** Action → the words for it on screen, after the name of who did it. */
export const actionWords: Record<AuditAction, string> = {
  "team.admin_created": "created the first admin",
  "auth.signed_in": "signed in",
  "auth.sign_in_failed": "failed to sign in",
  "auth.setup_failed": "failed to set up",
  "auth.signed_out": "signed out",
  "session.ended": "ended a session",
  "member.invited": "invited somebody",
  "invitation.withdrawn": "withdrew an invitation",
  "member.joined": "joined the team",
  "member.changed": "changed a member",
  "member.disabled": "disabled a member",
  "member.enabled": "enabled a member",
  "member.reset": "made a reset link",
  "member.listed": "listed the members",
  "member.password_changed": "chose a new password",
  "access.denied": "was denied",
  "limit.reached": "reached a limit",
  "key.created": "added a key",
  "key.disabled": "disabled a key",
  "key.enabled": "enabled a key",
  "key.changed": "changed a key",
  "key.rotated": "rotated a key's secret",
  "key.removed": "removed a key",
  "template.proposed": "proposed a template",
  "template.created": "created a template",
  "template.changed": "changed a template",
  "template.deleted": "deleted a template",
  "secrets.resealed": "sealed secrets anew",
  "endpoint.created": "created an endpoint",
  "endpoint.changed": "changed an endpoint",
  "endpoint.renewed": "renewed an endpoint's address",
  "endpoint.disabled": "switched an endpoint off",
  "endpoint.enabled": "switched an endpoint on",
  "endpoint.ended": "ended an endpoint",
  "endpoint.taken_over": "took an endpoint over",
  "credential.created": "created a credential",
  "credential.renewed": "renewed a credential",
  "credential.ended": "ended a credential",
  "credential.refused": "was refused as a program",
  "credential.taken_over": "took a credential over",
  "token.issued": "issued a token",
  "token.resent": "was given a token again",
  "token.refused": "was refused a token",
  "token.revoked": "revoked tokens",
  "batch.issued": "issued a batch",
  "batch.resent": "was given a batch again",
  "batch.revoked": "revoked a batch",
  "token.inspected": "inspected a token",
  "token.looked_up": "looked tokens up in the ledger",
  "token.signed_elsewhere": "found a token signed elsewhere",
  "case.opened": "opened a case",
  "case.acknowledged": "acknowledged a case",
  "handover.made": "made a hand-over link",
  "handover.opened": "opened a hand-over link",
  "handover.withdrawn": "withdrew a hand-over link",
  "handover.expired": "erased an expired hand-over",
  "audit.exported": "exported the audit log",
};

/** Actions without a detail have no fields. */
type DetailField = {
  [Action in AuditAction]: string extends keyof Details[Action] ? never : keyof Details[Action];
}[AuditAction];

/** Field of a detail → the words for it on screen. */
export const detailWords: Record<DetailField, string> = {
  accounts: "Accounts",
  all: "All of",
  apiKey: "API key",
  attempts: "Attempts",
  batch: "Batch",
  by: "Allowed by",
  case: "Case",
  changed: "Changed",
  count: "Tokens looked up",
  credential: "Credential ID",
  email: "Email",
  emails: "Emails",
  endpoint: "Endpoint ID",
  events: "Events exported",
  fields: "Fields refused",
  filters: "Asked for",
  fingerprint: "Fingerprint of the secret",
  for: "For",
  format: "Format",
  found: "Found",
  imitates: "Altered from token No.",
  activeTokens: "Active tokens",
  link: "Link",
  madeBy: "Made by",
  members: "Members",
  most: "Allowed",
  name: "Name",
  note: "Note",
  numbers: "Ledger numbers",
  page: "Page",
  purpose: "Purpose",
  reason: "Reason",
  resetLinks: "Reset links ended",
  role: "Role",
  seconds: "Within",
  secrets: "Secrets sealed anew",
  sessions: "Sessions ended",
  sharesSecretWith: "Shares its secret with",
  signature: "Signature",
  template: "Template ID",
  tokens: "Tokens",
  unopenable: "Not opened: secret of",
  until: "Until",
  verb: "Tried to do",
  version: "Version",
  what: "Limit",
};

/** Those of what was refused, denied or failed. */
export const refusals = [
  "auth.sign_in_failed",
  "auth.setup_failed",
  "credential.refused",
  "access.denied",
  "limit.reached",
  "token.refused",
] as const satisfies AuditAction[];

export const auditActions = namesOf(actionWords);

/** @param action as it was recorded, perhaps by a later version: then its own name must do */
export function wordsFor(action: string): string {
  return isAuditAction(action) ? actionWords[action] : action;
}

export function isAuditAction(text: string): text is AuditAction {
  return Object.hasOwn(actionWords, text);
}
