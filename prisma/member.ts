/**
 * The way in for whoever has the server's own shell, when no admin can get in (`npm run member -- list | reset EMAIL | admin EMAIL`):
 * works beside the running server and without it. Brings a database of an older version up to date, as a start would. Makes no member, and no database; what it does is recorded.
 */
import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import type { System } from "@/lib/auth/actor";

/** What it says to whoever typed it, in a line. */
class MemberError extends Error {}

const USAGE = "Say what to do: npm run member -- list | reset EMAIL | admin EMAIL";

const system = (requestId: string): System => ({
  kind: "system",
  origin: { via: "shell", address: "this machine", userAgent: "npm run member", requestId },
});

/** Characters that a terminal would obey. */
const plain = (text: string) => text.replace(/\p{C}/gu, "?");

async function findMember(email: string | undefined) {
  if (!email) throw new MemberError(USAGE);
  const { reader } = await import("@/lib/db");
  const member = await reader().member.findUnique({
    where: { email: email.trim().toLowerCase() },
    select: { id: true, email: true, role: true, disabledAt: true },
  });
  if (!member) throw new MemberError(`There is no member ${plain(email)}. npm run member -- list says who there is.`);
  return member;
}

async function list(): Promise<string> {
  const { reader } = await import("@/lib/db");
  const members = await reader().member.findMany({ orderBy: { email: "asc" } });
  if (members.length === 0) return "There is no member yet: the server prints a setup link when it starts.";
  return members
    .map(({ email, role, disabledAt, name, lastSeenAt }) => {
      const seen = lastSeenAt ? `last seen ${lastSeenAt.toISOString().slice(0, 16)}Z` : "never seen";
      return [plain(email), role, disabledAt ? "disabled" : "enabled", seen, plain(name)].join("\t");
    })
    .join("\n");
}

async function reset(email: string | undefined, who: System): Promise<string> {
  const { makeResetLink, RESET_HOURS } = await import("@/lib/team/reset-link");
  const member = await findMember(email);
  const { url, onlyHere } = await makeResetLink(who, { memberId: member.id });
  return [
    `${member.email} chooses a new password at ${url}`,
    `It opens once, within ${RESET_HOURS} hours; one made before opens no more.`,
    ...(onlyHere ? ["Only this machine can open it. PUBLIC_URL says where others reach the desk."] : []),
  ].join("\n");
}

async function admin(email: string | undefined, who: System): Promise<string> {
  const { changeRole } = await import("@/lib/team/change-role");
  const { setMemberStatus } = await import("@/lib/team/set-status");
  const { id, email: known, role, disabledAt } = await findMember(email);
  if (role === "admin" && !disabledAt)
    return `${known} is an admin already. npm run member -- reset ${known} makes a way in.`;
  await setMemberStatus(who, { memberId: id, disabled: false });
  await changeRole(who, { memberId: id, role: "admin" });
  return `${known} is an admin now${disabledAt ? ", and enabled" : ""}. npm run member -- reset ${known} makes a way in, if the password is forgotten.`;
}

/** @throws MemberError for what is no database of a desk @throws MigrationError when it cannot be brought up to date, as while a server of that older version runs */
async function bringUpToDate(file: string): Promise<void> {
  const { appliedMigrations } = await import("./migration-history");
  const { migrate } = await import("./migrate");
  const { protectBooksIn } = await import("./protect-books");
  let known: number;
  try {
    const db = new Database(file, { fileMustExist: true });
    try {
      known = appliedMigrations(db).length;
    } finally {
      db.close();
    }
  } catch (error) {
    throw new MemberError(`${file} cannot be read as Claimcheck's database (${(error as Error).message}).`);
  }
  if (known === 0) throw new MemberError(`There is no desk in ${file} yet: start the server first.`);
  const applied = await migrate(`file:${file}`);
  if (applied.length > 0) protectBooksIn(file);
}

/** @param words as typed @returns what to print @throws MemberError, AppError, StartError, SettingsError, MigrationError */
export async function runMember([what, email, ...more]: readonly string[]): Promise<string> {
  if (more.length > 0 || (what === "list" && email !== undefined)) throw new MemberError(USAGE);
  const { readSettings } = await import("@/lib/start/load-env");
  const { databaseUrlIn, env } = await import("@/lib/env");
  const { databaseFile } = await import("@/lib/database-file");
  const { newId } = await import("@/lib/new-id");
  readSettings();
  const file = databaseFile(databaseUrlIn(process.env));
  if (!existsSync(file)) throw new MemberError(`There is no database at ${file}. DATABASE_URL says where it is.`);
  // All that is wrong is told before anything is done.
  env();
  await bringUpToDate(file);
  const who = system(newId());
  switch (what) {
    case "list":
      return list();
    case "reset":
      return reset(email, who);
    case "admin":
      return admin(email, who);
    default:
      throw new MemberError(USAGE);
  }
}

if (process.argv[1] === import.meta.filename) {
  try {
    console.log(await runMember(process.argv.slice(2)));
  } catch (error) {
    const { StartError } = await import("@/lib/start/start-error");
    const { SettingsError } = await import("@/lib/env");
    const { MigrationError } = await import("./migration-history");
    const { isAppError } = await import("@/lib/errors");
    const told =
      isAppError(error) ||
      [MemberError, StartError, SettingsError, MigrationError].some((known) => error instanceof known);
    console.error(told ? (error as Error).message : error);
    process.exitCode = 1;
  } finally {
    const { closeDatabase } = await import("@/lib/db");
    await closeDatabase();
  }
}
