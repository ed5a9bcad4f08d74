/** Lists the members, a page of them: who they are, when they were last here, what they issued and what they would leave behind; never a password's hash. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { COUNTED_AT_MOST } from "@/lib/count-at-most";
import { reader } from "@/lib/db";
import { type PageOf, pageOf } from "@/lib/page-of";
import { parseInput } from "@/lib/parse-input";
import { matchWords } from "@/lib/text/match-words";
import type { Member } from "@/prisma/generated/client";
import { type Leaves, readLeaves } from "./leaves";
import { TeamQuery } from "./schema";

export type MemberListItem = {
  id: string;
  name: string;
  email: string;
  /** One of lib/auth/roles.ts, unless a later version knows more. */
  role: string;
  createdAt: Date;
  disabledAt: Date | null;
  /** To the minute; null: never. */
  lastSeenAt: Date | null;
  issuedTokens: number;
  /** Not expired, of at most `COUNTED_AT_MOST`. */
  activeTokens: number;
  /** Whether they are the only active admin: then they stay so. */
  onlyAdmin: boolean;
  leaves: Leaves;
};

/** A page of those that are asked for, and of the whole team: how many are active and disabled, and the only active admin, if there is but one. */
export type MemberPage = PageOf<MemberListItem> & {
  active: number;
  disabled: number;
  onlyAdmin: { name: string } | undefined;
};

/** Admins first, then as they came; the disabled last. @param input a `TeamQuery` */
export async function listMembers(actor: Actor, input: unknown = {}): Promise<MemberPage> {
  await authorize(actor, "team.manage");
  const { q = "", page } = parseInput(TeamQuery, input);
  const all = await reader().member.findMany({ omit: { passwordHash: true }, orderBy: { createdAt: "asc" } });
  const rank = (member: MemberRow) => (member.disabledAt ? 2 : member.role === "admin" ? 0 : 1);
  const found = all
    .filter(({ name, email }) => matchWords(q, [name, email]))
    .sort((one, other) => rank(one) - rank(other));
  const { rows, ...paged } = pageOf(found, page);
  const leavesOf = await readLeaves(rows.map(({ id }) => id));
  const [onlyAdmin, another] = all.filter(isActiveAdmin);
  const disabled = all.filter(({ disabledAt }) => disabledAt !== null).length;
  return {
    ...paged,
    rows: rows.map((member) => memberView(member, leavesOf(member.id), another === undefined)),
    active: all.length - disabled,
    disabled,
    onlyAdmin: another ? undefined : onlyAdmin,
  };
}

/** @returns undefined: there is none */
export async function getMember(actor: Actor, id: string): Promise<MemberListItem | undefined> {
  await authorize(actor, "team.manage");
  const [member, admins, leavesOf] = await Promise.all([
    reader().member.findUnique({ where: { id }, omit: { passwordHash: true } }),
    reader().member.findMany({ where: { role: "admin", disabledAt: null }, select: { id: true }, take: 2 }),
    readLeaves([id]),
  ]);
  return member ? memberView(member, leavesOf(id), admins.length === 1) : undefined;
}

type MemberRow = Omit<Member, "passwordHash">;

const isActiveAdmin = ({ role, disabledAt }: MemberRow) => role === "admin" && disabledAt === null;

function memberView(member: MemberRow, leaves: Leaves, oneAdmin: boolean): MemberListItem {
  const { id, name, email, role, createdAt, disabledAt, lastSeenAt, issuedTokens } = member;
  const active = leaves.active.reduce((sum, each) => sum + each.active, 0);
  return {
    ...{ id, name, email, role, createdAt, disabledAt, lastSeenAt, issuedTokens, leaves },
    activeTokens: Math.min(active, COUNTED_AT_MOST),
    onlyAdmin: oneAdmin && isActiveAdmin(member),
  };
}
