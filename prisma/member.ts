/**
 * The way in for whoever has the server's own shell, when no admin can get in (`npm run member -- list | reset EMAIL | admin EMAIL`):
 * works beside the running server and without it. Brings a database of an older version up to date, as a start would. Makes no member, and no database; what it does is recorded.
 */
import type { System } from "@/lib/auth/actor";
import { openDeskHere, plain, runInShell, ShellError } from "./shell";

const USAGE = "Say what to do: npm run member -- list | reset EMAIL | admin EMAIL";

async function findMember(email: string) {
  const { reader } = await import("@/lib/db");
  const member = await reader().member.findUnique({
    where: { email: email.trim().toLowerCase() },
    select: { id: true, email: true, role: true, disabledAt: true },
  });
  if (!member) throw new ShellError(`There is no member ${plain(email)}. npm run member -- list says who there is.`);
  return member;
}

async function list(who: System): Promise<string> {
  const { reader, transaction } = await import("@/lib/db");
  const { recordEvent } = await import("@/lib/audit/record");
  const members = await reader().member.findMany({ orderBy: { email: "asc" } });
  if (members.length === 0) return "There is no member yet: the server prints a setup link when it starts.";
  await transaction((tx) =>
    recordEvent(tx, who, { action: "member.listed", outcome: "ok", detail: { members: members.length } }),
  );
  return members
    .map(({ email, role, disabledAt, name, lastSeenAt }) => {
      const seen = lastSeenAt ? `last seen ${lastSeenAt.toISOString().slice(0, 16)}Z` : "never seen";
      return [plain(email), role, disabledAt ? "disabled" : "enabled", seen, plain(name)].join("\t");
    })
    .join("\n");
}

async function reset(email: string, who: System): Promise<string> {
  const { makeResetLink, RESET_HOURS } = await import("@/lib/team/reset-link");
  const { ONLY_HERE } = await import("@/lib/links");
  const { id, email: known, disabledAt } = await findMember(email);
  // The verb's own words are an admin's, who can enable them and leave them their role.
  if (disabledAt)
    throw new ShellError(
      `${known} is disabled, and could not sign in with a new password. An admin can enable them at the desk; here only npm run member -- admin ${known} does, which makes them an admin.`,
    );
  const { url, onlyHere } = await makeResetLink(who, { memberId: id });
  return [
    `${known} chooses a new password at ${url}`,
    `It opens once, within ${RESET_HOURS} hours; one made before opens no more.`,
    ...(onlyHere ? [ONLY_HERE] : []),
  ].join("\n");
}

async function admin(email: string, who: System): Promise<string> {
  const { makeAdmin } = await import("@/lib/team/make-admin");
  const { id, email: known, role, disabledAt } = await findMember(email);
  if (role === "admin" && !disabledAt)
    return `${known} is an admin already. npm run member -- reset ${known} makes a way in.`;
  await makeAdmin(who, { memberId: id });
  return `${known} is an admin now${disabledAt ? ", and enabled" : ""}. npm run member -- reset ${known} makes a way in, if the password is forgotten.`;
}

/** @param words as typed @returns what to print @throws ShellError, AppError, StartError, SettingsError, MigrationError */
export async function runMember([what, email = "", ...more]: readonly string[]): Promise<string> {
  // Before anything is opened, or brought up to date.
  const isAsked = what === "list" ? email === "" : (what === "reset" || what === "admin") && email !== "";
  if (!isAsked || more.length > 0) throw new ShellError(USAGE);
  const who = await openDeskHere("npm run member");
  if (what === "list") return list(who);
  return what === "reset" ? reset(email, who) : admin(email, who);
}

if (process.argv[1] === import.meta.filename) await runInShell(() => runMember(process.argv.slice(2)));
