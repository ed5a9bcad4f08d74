/** Which role may call which verb. The only place that says so. */

export const roles = ["admin", "issuer", "auditor"] as const;
export type Role = (typeof roles)[number];

const everyone: readonly Role[] = roles;

/** Verb → roles that may call it. */
export const verbRoles = {
  "token.issue": ["admin", "issuer"],
  "token.inspect": everyone,
  "key.create": ["admin"],
  "key.set_status": ["admin"],
  "key.list": everyone,
  "audit.read": everyone,
} as const satisfies Record<string, readonly Role[]>;

export type Verb = keyof typeof verbRoles;

export function may(role: Role, verb: Verb): boolean {
  return (verbRoles[verb] as readonly Role[]).includes(role);
}

export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}
