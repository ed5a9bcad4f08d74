/** The one table of the API: which address takes what, of which scope, and what answers. Its reference is made of it, so that a route which is not told of cannot be there. */
import type { Service } from "@/lib/auth/actor";
import { type Rule, type Scope, type Verb, verbRules } from "@/lib/auth/roles";
import type * as z from "@/lib/zod";
import { inspectForService } from "./inspect";
import { introspectForService } from "./introspect";
import { issueForService } from "./issue";
import { ListEventsQuery, listAuditForService } from "./list-audit";
import { listKeysForService } from "./list-keys";
import { ListTokensQuery, listTokensForService } from "./list-tokens";
import { revokeForService } from "./revoke";
import {
  BatchRequest,
  EventPage,
  Inspected,
  InspectRequest,
  Introspected,
  IntrospectRequest,
  IssuedBatch,
  IssuedToken,
  IssueRequest,
  KeyList,
  LedgerPage,
  Revoked,
  RevokeRequest,
} from "./schema";

/** What a request brings, as it was sent. */
export type Asked = {
  /** A GET's parameters, or a body's members. */
  fields: Record<string, unknown>;
  /** The body. */
  text: string;
  idempotencyKey: string | undefined;
};

export type ApiRoute = {
  /** For programs that are made from the reference. */
  id: string;
  method: "GET" | "POST";
  path: string;
  summary: string;
  /** Asked before what was sent is read. */
  verb: Verb;
  /** Of the answer when all went well. */
  status: 200 | 201;
  /** What a body may be, and of which content type. */
  body?: { type: "json" | "form"; schemas: readonly z.ZodType[] };
  /** What may stand in its address; without it, nothing. */
  query?: z.ZodObject;
  answers: readonly z.ZodType[];
  /** Whether an `Idempotency-Key` makes it the same request. */
  idempotent?: true;
  answer: (actor: Service, asked: Asked) => Promise<unknown>;
};

/** Which a credential needs: any of them. */
export function scopesOf({ verb }: Pick<ApiRoute, "verb">): readonly Scope[] {
  const { scope }: Rule = verbRules[verb];
  return [scope ?? []].flat();
}

export const apiRoutes: readonly ApiRoute[] = [
  {
    id: "issueToken",
    method: "POST",
    path: "/api/v1/tokens",
    summary: "Issue a token, or with `rows` a batch: all of it, or nothing",
    verb: "token.issue",
    status: 201,
    body: { type: "json", schemas: [IssueRequest, BatchRequest] },
    answers: [IssuedToken, IssuedBatch],
    idempotent: true,
    answer: issueForService,
  },
  {
    id: "listTokens",
    method: "GET",
    path: "/api/v1/tokens",
    summary: "Read the ledger, newest first",
    verb: "audit.read",
    status: 200,
    query: ListTokensQuery,
    answers: [LedgerPage],
    answer: (actor, { fields }) => listTokensForService(actor, fields),
  },
  {
    id: "inspectToken",
    method: "POST",
    path: "/api/v1/tokens/inspect",
    summary: "Judge a token as the decoder does",
    verb: "token.inspect",
    status: 200,
    body: { type: "json", schemas: [InspectRequest] },
    answers: [Inspected],
    answer: (actor, { fields }) => inspectForService(actor, fields),
  },
  {
    id: "revokeTokens",
    method: "POST",
    path: "/api/v1/tokens/revoke",
    summary: "Mark tokens of this credential as revoked",
    verb: "token.revoke",
    status: 200,
    body: { type: "json", schemas: [RevokeRequest] },
    answers: [Revoked],
    answer: (actor, { fields }) => revokeForService(actor, fields),
  },
  {
    id: "introspect",
    method: "POST",
    path: "/api/v1/introspect",
    summary: "Ask whether a token may be honoured (RFC 7662)",
    verb: "token.inspect",
    status: 200,
    body: { type: "form", schemas: [IntrospectRequest] },
    answers: [Introspected],
    answer: (actor, { fields }) => introspectForService(actor, fields),
  },
  {
    id: "listEvents",
    method: "GET",
    path: "/api/v1/audit",
    summary: "Read the audit log, newest first",
    verb: "audit.read",
    status: 200,
    query: ListEventsQuery,
    answers: [EventPage],
    answer: (actor, { fields }) => listAuditForService(actor, fields),
  },
  {
    id: "listKeys",
    method: "GET",
    path: "/api/v1/keys",
    summary: "List the keys that this credential may use",
    verb: "key.list",
    status: 200,
    answers: [KeyList],
    answer: listKeysForService,
  },
];
