/** Who is asking, and from where. Every verb's first argument; holds no power of its own. */
import type { Role } from "./roles";

/** Where a request comes from. `address` is the socket's, unless a trusted proxy says otherwise. */
export type Origin = {
  door: "dashboard" | "api" | "bulk" | "system";
  address: string;
  userAgent: string;
  requestId: string;
};

/** Somebody who has not signed in. */
export type Visitor = { kind: "visitor"; origin: Origin };

/** A signed-in member. */
export type Actor = {
  kind: "member";
  memberId: string;
  name: string;
  email: string;
  role: Role;
  sessionId: string;
  origin: Origin;
};
