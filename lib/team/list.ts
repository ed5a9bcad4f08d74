/** Lists the members: who they are, when they were last here, what they issued and what they would leave behind; never a password's hash. */
import type { Actor } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { COUNTED_AT_MOST } from "@/lib/count-at-most";
import { reader } from "@/lib/db";
import type { Member as MemberRow } from "@/prisma/generated/client";
import { type Leaves, readLeaves } from "./leaves";

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

/** Admins first, then as they came; the disabled last. */
export async function listMembers(actor: Actor): Promise<MemberListItem[]> {
  await authorize(actor, "team.manage");
  const [members, leavesOf] = await Promise.all([
    reader().member.findMany({ orderBy: { createdAt: "asc" } }),
    readLeaves(),
  ]);
  const admins = members.filter(isActiveAdmin);
  const rank = (member: MemberRow) => (member.disabledAt ? 2 : member.role === "admin" ? 0 : 1);
  return members
    .sort((one, other) => rank(one) - rank(other))
    .map((member) => memberView(member, leavesOf(member.id), admins.length === 1));
}

/** @returns undefined: there is none */
export async function getMember(actor: Actor, id: string): Promise<MemberListItem | undefined> {
  await authorize(actor, "team.manage");
  const [member, admins, leavesOf] = await Promise.all([
    reader().member.findUnique({ where: { id } }),
    reader().member.findMany({ where: { role: "admin", disabledAt: null }, select: { id: true }, take: 2 }),
    readLeaves(id),
  ]);
  return member ? memberView(member, leavesOf(id), admins.length === 1) : undefined;
}

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
