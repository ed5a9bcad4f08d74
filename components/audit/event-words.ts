/** What happened, in words: short for a list, whole for a title, and the one sentence that tells the rest. Knows of a token only what the ledger tells. */
import { wordsFor } from "@/lib/audit/actions";
import type { AuditListItem } from "@/lib/audit/list";
import { digitsAtMost } from "@/lib/count-at-most";
import { counted } from "@/lib/text/counted";
import { groupDigits } from "@/lib/text/group-digits";
import { batchName, caseName, tokenName } from "@/lib/text/numbered";
import { placeOf, powersOf } from "@/lib/text/reach";
import { formatSpan } from "@/lib/text/span";
import { capital, withinSentence } from "@/lib/text/within-sentence";
import { changesOf } from "./changed-words";

/** Where the words after a name are none by themselves. */
const shortNames: Partial<Record<string, string>> = {
  "team.admin_created": "First admin",
  "auth.sign_in_failed": "Failed sign-in",
  "auth.setup_failed": "Failed setup",
  "access.denied": "Denied",
  "limit.reached": "Reached a limit",
  "token.inspected": "Inspected",
  "endpoint.created": "New endpoint",
  "endpoint.changed": "Changed endpoint",
  "endpoint.renewed": "Renewed endpoint",
  "endpoint.disabled": "Switched off endpoint",
  "endpoint.enabled": "Switched on endpoint",
  "endpoint.ended": "Ended endpoint",
  "endpoint.taken_over": "Took over endpoint",
  "credential.created": "New credential",
  "credential.renewed": "Renewed credential",
  "credential.ended": "Ended credential",
  "credential.refused": "Refused program",
  "credential.taken_over": "Took over credential",
  "token.looked_up": "Looked up",
  "token.resent": "Given again",
  "token.refused": "Refused token",
  "token.revoked": "Revoked",
  "batch.resent": "Batch given again",
  "batch.revoked": "Revoked batch",
  "token.signed_elsewhere": "Signed elsewhere",
  "case.acknowledged": "Acknowledged",
  "handover.made": "Hand-over",
  "handover.opened": "Hand-over opened",
  "handover.withdrawn": "Hand-over withdrawn",
  "handover.expired": "Hand-over expired",
  "audit.exported": "Export",
  "member.invited": "Invited",
  "member.changed": "Changed member",
  "member.disabled": "Disabled member",
  "member.enabled": "Enabled member",
  "member.reset": "Reset link",
  "member.listed": "Listed members",
  "member.password_changed": "New password",
};

/** Of a token that bears the id of one of ours, and was signed with a secret of ours all the same. */
export const isAltered = ({ action, detail }: Pick<Told, "action" | "detail">): boolean =>
  action === "token.signed_elsewhere" && detail.imitates !== undefined;

/** "Signed in", "Added a key": of an action alone. */
export const shortName = (action: string): string => shortNames[action] ?? capital(wordsFor(action));

/** The same of an event, which may have a name of its own: "Case 2 opened". */
export const shortNameOf = ({ action, detail, token }: Pick<Told, "action" | "detail" | "token">): string => {
  if (action === "token.issued" && token) return token.kind;
  if (isAltered({ action, detail })) return "Altered";
  if (action === "batch.issued") return batchName(numberOf(detail.batch) ?? 0);
  return action === "case.opened" ? `${caseName(numberOf(detail.case) ?? 0)} opened` : shortName(action);
};

/** What a verb of lib/auth/roles.ts is about, after "tried to". */
const verbWords: Record<string, string> = {
  "token.issue": "issue a token",
  "batch.issue": "issue a batch",
  "token.inspect": "inspect a token",
  "token.revoke": "revoke a token",
  "token.hand_over": "hand a token over",
  "key.create": "add a key",
  "key.change": "change a key",
  "key.set_status": "disable or enable a key",
  "key.rotate": "rotate a key's secret",
  "key.remove": "remove a key",
  "key.list": "see the keys",
  "template.propose": "propose a template",
  "template.manage": "change the templates",
  "case.read": "see the cases",
  "case.acknowledge": "acknowledge a case",
  "audit.read": "read another's events",
  "audit.export": "export the audit log",
  "endpoint.manage": "manage the endpoints",
  "credential.manage": "manage the credentials",
  "team.manage": "manage the team",
  "secrets.reseal": "seal the secrets anew",
  "me.change": "change their own account",
};

export const wordsOfVerb = (verb: unknown): string => verbWords[String(verb)] ?? String(verb).replace(/[._]/g, " ");

type Told = Pick<
  AuditListItem,
  "action" | "actorKind" | "actorName" | "address" | "detail" | "keyLabel" | "tokenNumber" | "token" | "case"
>;

const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
const present = (...parts: (string | null | undefined)[]): string[] => parts.flatMap((part) => part || []);
const numberOf = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

const changes = (changed: unknown) =>
  changesOf(changed).map(({ label, before, after }) => `${withinSentence(label)}: ${before} → ${after}`);

/** @param count of at most `COUNTED_AT_MOST` */
const countedAtMost = (count: number, one: string) => `${digitsAtMost(count)} ${count === 1 ? one : `${one}s`}`;

/** Who it was: of a visitor, as whom they wanted to be let in. */
export function whoOf({ actorKind, actorName, detail }: Told): { name: string; known: boolean } {
  if (actorKind !== "visitor") return { name: actorName, known: true };
  return { name: textOf(detail.email) ?? "a visitor", known: false };
}

/** "Failed sign-in as nobody@example.com", "Maya Lind added a key". */
export function titleOf(event: Told): { name?: string; words: string } {
  const { action, actorKind, actorName, detail, token, tokenNumber } = event;
  const email = textOf(detail.email);
  if (action === "auth.sign_in_failed") {
    const accounts = numberOf(detail.accounts);
    const as = accounts === undefined ? email : counted(accounts, "account");
    return { words: `Failed sign-in${as ? ` ${accounts === undefined ? "as" : "to"} ${as}` : ""}` };
  }
  if (action === "auth.setup_failed") return { words: "Failed setup" };
  if (actorKind === "visitor") return { words: `${shortName(action)}${email ? `: ${email}` : ""}` };
  // Nobody means to open one: it opens by what somebody pasted.
  if (action === "case.opened") return { words: shortNameOf(event) };
  if (action === "access.denied") return { name: actorName, words: `was not allowed to ${wordsOfVerb(detail.verb)}` };
  if (action === "token.issued" && token) return { name: actorName, words: `issued a token: ${token.kind}` };
  if (action === "token.revoked" && tokenNumber !== null) return { name: actorName, words: "revoked a token" };
  if (isAltered(event) || detail.found === "altered after issuing")
    return { name: actorName, words: "found a token altered after issuing" };
  return { name: actorName, words: wordsFor(action) };
}

/** "switched it off", on the page of what was. @param what such as "endpoint" */
export const wordsAtIt = (words: string, what: string): string =>
  words.replace(`an ${what}'s`, "its").replace(`an ${what}`, "it");

/** What a row says where no token of the ledger speaks for itself, in parts: a name stands alone, as it may be written from the right or hold a comma. */
export function sentenceOf(event: Told): string[] {
  const { action, address, detail, keyLabel } = event;
  const from = address ? `from ${address}` : "";
  const attempts = numberOf(detail.attempts);
  const times = attempts === undefined ? "" : `, ${groupDigits(attempts)} times`;
  const reason = capital(textOf(detail.reason) ?? "");
  const sessions = numberOf(detail.sessions);
  switch (action) {
    case "auth.sign_in_failed": {
      const accounts = numberOf(detail.accounts);
      return [`${reason}${times}${accounts === undefined ? "" : `, at ${counted(accounts, "account")}`}, ${from}`];
    }
    case "auth.setup_failed":
      return [`${reason}${times}, ${from}`];
    case "auth.signed_in":
    case "auth.signed_out":
      return present(capital(from));
    case "session.ended":
      return present(textOf(detail.email), reason, sessions === undefined ? "" : counted(sessions, "session"));
    case "access.denied":
      return [`Tried to ${wordsOfVerb(detail.verb)}${textOf(detail.role) ? `, as ${detail.role}` : ""}`];
    case "limit.reached":
      return [
        `${capital(String(detail.what ?? ""))}: more than ${groupDigits(numberOf(detail.most) ?? 0)} within ${formatSpan(numberOf(detail.seconds) ?? 0)}`,
      ];
    case "key.created":
    case "key.removed":
      return present(keyLabel);
    case "key.disabled":
    case "key.enabled": {
      const active = numberOf(detail.activeTokens) ?? numberOf(detail.livingTokens);
      const told = action === "key.disabled" && active !== undefined;
      return present(keyLabel, told ? `${counted(active, "active token")} of it` : "");
    }
    case "token.revoked":
      return present(
        textOf(detail.all)
          ? `All of ${detail.all}: ${counted(numberOf(detail.tokens) ?? 0, "token")}`
          : numberOf(detail.tokens) === 1
            ? ""
            : counted(numberOf(detail.tokens) ?? 0, "token"),
        textOf(detail.reason),
      );
    case "batch.issued":
    case "batch.resent":
    case "batch.revoked": {
      const tokens = counted(numberOf(detail.tokens) ?? 0, "token");
      const what = action === "batch.issued" ? tokens : `${batchName(numberOf(detail.batch) ?? 0)}: ${tokens}`;
      return present(keyLabel, what, textOf(detail.purpose) ?? textOf(detail.reason));
    }
    case "key.rotated":
      return present(keyLabel, `${counted(numberOf(detail.activeTokens) ?? 0, "active token")} of the secret before`);
    case "secrets.resealed":
      return [`${counted(numberOf(detail.secrets) ?? 0, "secret")}, with the keyring's current key`];
    case "key.changed":
      return present(keyLabel, ...changes(detail.changed));
    case "member.changed":
      return present(textOf(detail.email), ...changes(detail.changed));
    case "template.changed":
      return present(textOf(detail.name), ...changes(detail.changed), textOf(detail.note));
    case "endpoint.changed":
    case "endpoint.taken_over":
    case "credential.taken_over":
      return present(textOf(detail.name), ...changes(detail.changed));
    case "endpoint.created":
    case "endpoint.renewed":
    case "endpoint.disabled":
    case "endpoint.enabled":
    case "endpoint.ended":
    case "credential.created":
    case "credential.renewed":
    case "credential.ended":
      return present(textOf(detail.name));
    case "credential.refused":
      return [`${reason}${times}, ${from}`];
    case "template.proposed":
    case "template.created":
    case "template.deleted":
      return present(textOf(detail.name));
    case "token.refused":
      return present(keyLabel, reason);
    case "token.inspected":
      return detail.found === "signed by a backend"
        ? present(keyLabel, "signed with its secret by a backend, as it says")
        : present(keyLabel, textOf(detail.found));
    case "token.looked_up":
      return [
        `${counted(numberOf(detail.count) ?? 0, "token")}, ${groupDigits(numberOf(detail.found) ?? 0)} of them issued here`,
      ];
    case "token.signed_elsewhere": {
      const altered = numberOf(detail.imitates);
      return present(keyLabel, altered === undefined ? "" : `altered from ${tokenName(altered)}`);
    }
    case "case.opened": {
      const altered = numberOf(detail.imitates);
      const what = altered === undefined ? "not issued here" : `altered from ${tokenName(altered)}`;
      return present(keyLabel, `signed with its secret, and ${what}`);
    }
    case "case.acknowledged":
      return [
        `${caseName(numberOf(detail.case) ?? 0)}, ${countedAtMost(numberOf(detail.tokens) ?? 0, "token")}`,
        String(detail.note),
      ];
    case "audit.exported": {
      const filters = Array.isArray(detail.filters) ? detail.filters.length : 0;
      const format = detail.format === "csv" ? "CSV" : "JSON lines";
      return [
        `${counted(numberOf(detail.events) ?? 0, "event")}${filters > 0 ? " that match what was asked for" : ", all there were"}, as ${format}`,
      ];
    }
    case "team.admin_created":
      return present(textOf(detail.email));
    default:
      return present(keyLabel, ...Object.values(detail).map(textOf));
  }
}

/** What a token that was signed elsewhere asks for, in parts: "any room", "anyone", "moderator and REST API", "for 30 d". */
export function reachOf(found: NonNullable<AuditListItem["case"]>): string[] {
  const { issuedAt, expiresAt } = found;
  const span = issuedAt !== null && expiresAt !== null && expiresAt > issuedAt ? expiresAt - issuedAt : undefined;
  return [
    ...placeOf(found),
    ...present(powersOf(found), span === undefined ? null : `for ${formatSpan(span).replaceAll(" ", "\u00a0")}`),
  ];
}
