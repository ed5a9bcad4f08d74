/** Who may call which verb: roles of members, scopes of programs, and the one thing that an endpoint does. The only place that says so. */

export const roles = ["admin", "issuer", "auditor", "support"] as const;
export type Role = (typeof roles)[number];

/** What a credential may be given. */
export const scopes = ["issue", "inspect", "revoke", "audit:read"] as const;
export type Scope = (typeof scopes)[number];

/** How far: with everything, or with what one has made oneself. */
export type Extent = "any" | "own";

export type Rule = {
  roles: Partial<Record<Role, Extent>>;
  /** What a program needs, any of several; none: no program may. */
  scope?: Scope | readonly Scope[];
  /** Whether a program may with its own only. */
  ownOnly?: true;
  /** Whether an endpoint may, with its one key. */
  endpoint?: true;
};

/** Whoever may see what the ledger holds. */
const desk = { admin: "any", issuer: "any", auditor: "any" } as const;
const everyone = { ...desk, support: "any" } as const;

export const verbRules = {
  "token.issue": { roles: { admin: "any", issuer: "any" }, scope: "issue", endpoint: true },
  "batch.issue": { roles: { admin: "any", issuer: "any" }, scope: "issue" },
  "token.inspect": { roles: everyone, scope: "inspect" },
  "token.revoke": { roles: { admin: "any", issuer: "own" }, scope: "revoke", ownOnly: true },
  /** An admin: with others' too, to withdraw them. */
  "token.hand_over": { roles: { admin: "any", issuer: "own" } },
  "key.create": { roles: { admin: "any" } },
  "key.set_status": { roles: { admin: "any" } },
  "key.change": { roles: { admin: "any" } },
  "key.rotate": { roles: { admin: "any" } },
  "key.remove": { roles: { admin: "any" } },
  "key.list": { roles: desk, scope: ["issue", "inspect"] },
  /** An issuer: proposes, and changes or withdraws what they proposed. */
  "template.propose": { roles: { admin: "any", issuer: "own" } },
  /** What the issue form offers: accepting, changing, ordering, hiding, deleting. */
  "template.manage": { roles: { admin: "any" } },
  "case.read": { roles: desk },
  "case.acknowledge": { roles: { admin: "any" } },
  /** An issuer: the ledger, and what they did themselves. */
  "audit.read": { roles: { admin: "any", issuer: "own", auditor: "any" }, scope: "audit:read" },
  "audit.export": { roles: { admin: "any", auditor: "any" }, scope: "audit:read" },
  /** URLs that give tokens to whoever asks. */
  "endpoint.manage": { roles: { admin: "any" } },
  /** What programs ask the API with. */
  "credential.manage": { roles: { admin: "any" } },
  /** Members, invitations, links to a new password. */
  "team.manage": { roles: { admin: "any" } },
  /** Nobody but the desk itself, through its server's shell. */
  "secrets.reseal": { roles: {} },
  /** One's own name, password and sessions. */
  "me.change": { roles: everyone },
} as const satisfies Record<string, Rule>;

export type Verb = keyof typeof verbRules;

/** For what a page shows; the verb asks again, and knows the resource. */
export function may(role: Role, verb: Verb): boolean {
  return role in verbRules[verb].roles;
}

/** @returns how far a member of that role may; undefined: not at all */
export function extentFor(role: Role, verb: Verb): Extent | undefined {
  const rule: Rule = verbRules[verb];
  return rule.roles[role];
}

export function isRole(text: string): text is Role {
  return roles.some((role) => role === text);
}
