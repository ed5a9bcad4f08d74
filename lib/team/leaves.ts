/** What a member leaves behind when they go: keys whose secret they know, tokens that go on working, and links that they made. Counts no further than `COUNTED_AT_MOST` a key. */
import { now } from "@/lib/clock";
import { reader } from "@/lib/db";
import { countActive } from "@/lib/keys/active";

export type Leaves = {
  /** Whose current secret they entered: they may know it. `profile`: an id of the registry. */
  keys: { id: string; label: string; profile: string }[];
  /** Their tokens that have not expired, by key, the busiest first; the revoked too: the vendor does not know our mark. */
  active: { keyId: string; label: string; active: number }[];
  /** Open ones that they made: withdrawn when they are disabled. */
  invitations: { id: string; email: string }[];
  /** Links to tokens that they made and nobody has opened: withdrawn when they are disabled. */
  handovers: number;
  /** Templates that they proposed, and nobody has answered: these stay. */
  proposals: { id: string; name: string }[];
  /** Endpoints and credentials that they answer for: these stand still until somebody else does. */
  programs: { kind: "endpoint" | "credential"; id: string; name: string }[];
  /** Unused links to a new password that they made for others: they end then, too. */
  resetLinks: number;
  /** Whether there is such a link for themselves, whoever made it: that one outlives another role. */
  hasResetLink: boolean;
};

/** @param of whose, by id @returns by member; whoever leaves nothing is in it too */
export async function readLeaves(of: string[]): Promise<(id: string) => Leaves> {
  const at = now();
  const unused = { usedAt: null, expiresAt: { gt: at } };
  const programsOf = { ownerId: { in: of }, endedAt: null, OR: [{ endsAt: null }, { endsAt: { gt: at } }] };
  const told = { id: true, name: true, ownerId: true };
  const [endpoints, credentials] = await Promise.all([
    reader().endpoint.findMany({ where: programsOf, select: told, orderBy: { createdAt: "asc" } }),
    reader().credential.findMany({ where: programsOf, select: told, orderBy: { createdAt: "asc" } }),
  ]);
  const programs = [
    ...endpoints.map((each) => ({ kind: "endpoint" as const, ...each })),
    ...credentials.map((each) => ({ kind: "credential" as const, ...each })),
  ];
  const [versions, pairs, labels, invitations, handovers, proposals, resetLinks] = await Promise.all([
    reader().secretVersion.findMany({
      where: { retiredAt: null, enteredById: { in: of } },
      select: { enteredById: true, key: { select: { id: true, label: true, profile: true } } },
      orderBy: { createdAt: "asc" },
    }),
    countActive(at.getTime()),
    reader().signingKey.findMany({ select: { id: true, label: true } }),
    reader().invitation.findMany({
      where: { ...unused, withdrawnAt: null, createdById: { in: of } },
      select: { id: true, email: true, createdById: true },
      orderBy: { createdAt: "asc" },
    }),
    reader().handover.findMany({
      where: { createdById: { in: of }, ending: null, expiresAt: { gt: at } },
      select: { createdById: true },
    }),
    reader().template.findMany({
      where: { createdById: { in: of }, state: "proposed" },
      select: { id: true, name: true, createdById: true },
      orderBy: { createdAt: "asc" },
    }),
    reader().resetLink.findMany({
      where: { ...unused, OR: [{ createdById: { in: of } }, { memberId: { in: of } }] },
      select: { createdById: true, memberId: true },
    }),
  ]);
  const labelOf = new Map(labels.map(({ id, label }) => [id, label]));
  return (id) => ({
    keys: versions.filter(({ enteredById }) => enteredById === id).map(({ key }) => key),
    active: pairs
      .filter(({ actorId }) => actorId === id)
      .map(({ keyId, active }) => ({ keyId, label: labelOf.get(keyId) ?? "", active }))
      .sort((one, other) => other.active - one.active),
    invitations: invitations
      .filter(({ createdById }) => createdById === id)
      .map(({ id: invitationId, email }) => ({ id: invitationId, email })),
    handovers: handovers.filter(({ createdById }) => createdById === id).length,
    proposals: proposals
      .filter(({ createdById }) => createdById === id)
      .map(({ id: templateId, name }) => ({ id: templateId, name })),
    programs: programs
      .filter(({ ownerId }) => ownerId === id)
      .map(({ kind, id: programId, name }) => ({ kind, id: programId, name })),
    resetLinks: resetLinks.filter(({ createdById, memberId }) => createdById === id && memberId !== id).length,
    hasResetLink: resetLinks.some(({ memberId }) => memberId === id),
  });
}
