/** Who is asking, from where, and by which way in. Every verb's first argument; holds no power of its own. Whoever tells the kinds apart does so with a switch that a new kind breaks. */
import type { Role, Scope } from "./roles";

/** The way in that a request took; said by who opens the door. */
export type Via = "dashboard" | "api" | "endpoint" | "shell";

/** Where a request comes from. `address` is the socket's, unless a trusted proxy says otherwise. */
export type Origin = {
  via: Via;
  address: string;
  userAgent: string;
  requestId: string;
};

/** Somebody who has not signed in. */
export type Visitor = { kind: "visitor"; origin: Origin };

/** A signed-in member. */
export type Member = {
  kind: "member";
  id: string;
  name: string;
  email: string;
  role: Role;
  sessionId: string;
  origin: Origin;
};

/** A program with a credential. */
export type Service = {
  kind: "service";
  id: string;
  name: string;
  credentialId: string;
  scopes: readonly Scope[];
  /** The signing keys that it may use; null: all. */
  keyIds: readonly string[] | null;
  /** The templates that it may issue from; null: any, or none. */
  templateIds: readonly string[] | null;
  /** As it was read: whatever is changed of the credential ends what is under way. */
  version: number;
  origin: Origin;
};

/** A URL that gives tokens to whoever asks. */
export type Endpoint = {
  kind: "endpoint";
  id: string;
  name: string;
  /** The one key that it issues with. */
  keyId: string;
  /** As it was read: whatever is changed of the endpoint ends what is under way. */
  version: number;
  /** The origin of the page that asks, as a browser says; null: of none. */
  page: string | null;
  origin: Origin;
};

/** The desk itself, or whoever has its server's shell. */
export type System = { kind: "system"; origin: Origin };

export type Actor = Member | Service | Endpoint | System;
export type ActorKind = Actor["kind"];

/** @returns null: the system, which is one */
export function idOf(actor: Pick<Member | Service | Endpoint, "kind" | "id"> | Pick<System, "kind">): string | null {
  switch (actor.kind) {
    case "member":
    case "service":
    case "endpoint":
      return actor.id;
    case "system":
      return null;
  }
}

export function nameOf(actor: Pick<Member | Service | Endpoint, "kind" | "name"> | Pick<System, "kind">): string {
  switch (actor.kind) {
    case "member":
    case "service":
    case "endpoint":
      return actor.name;
    case "system":
      return "Claimcheck itself";
  }
}

/** Whom a link that names nobody is for. */
export const ANYBODY = "whoever has the link";

/** Of who opened it: of whom nothing but the link is known. */
export const SOMEBODY = "somebody who had the link";

/** What asked for the actor: a session, or a credential. */
export function askedWith(actor: Actor): { sessionId: string | null; credentialId: string | null } {
  switch (actor.kind) {
    case "member":
      return { sessionId: actor.sessionId, credentialId: null };
    case "service":
      return { sessionId: null, credentialId: actor.credentialId };
    case "endpoint":
    case "system":
      return { sessionId: null, credentialId: null };
  }
}
