/** What a program is told when it is refused: problem+json (RFC 9457), of a closed list of types that stay what they are. Holds no logic but the list; browser-safe, as a page explains it. */

type Kind = {
  status: number;
  /** The same for each problem of a type. */
  title: string;
  /** When it comes, for who reads the documentation. */
  when: string;
};

export const problems = {
  "malformed-request": {
    status: 400,
    title: "The request cannot be read",
    when: "The body is no JSON object or no form, is not UTF-8, or a name or a parameter is given twice; the address or its Host is malformed; a body came with what is no POST, or a WebSocket was asked for.",
  },
  unauthenticated: {
    status: 401,
    title: "No valid credential",
    when: "The credential is missing, misspelt (its checksum is wrong), unknown, ended, over, or nobody of the team answers for it (its owner is disabled, or no admin any more); or several `Authorization` headers were sent.",
  },
  forbidden: {
    status: 403,
    title: "Not allowed",
    when: "The credential lacks the scope or the key, is used from another address, or the page's origin is not allowed.",
  },
  "not-found": {
    status: 404,
    title: "There is no such thing",
    when: "No such address, token, batch or endpoint, or none of this credential's.",
  },
  "method-not-allowed": { status: 405, title: "No such method here", when: "`Allow` names those that there are." },
  "too-slow": {
    status: 408,
    title: "The body did not arrive in time",
    when: "64 kB may take half a minute, and a batch two minutes.",
  },
  conflict: {
    status: 409,
    title: "It is not so any more",
    when: "A key, a template or a credential was changed while this was under way; or all that was to be revoked has expired or is revoked.",
  },
  "already-issued": {
    status: 409,
    title: "Issued already",
    when: "This `Idempotency-Key` has issued a token or a batch: more than a minute ago, before the server was started anew, by another credential, or from what the desk does not take any more or reads otherwise by now, such as a template that was changed; `detail` names what it issued, which can be revoked where the answer was lost.",
  },
  "too-large": {
    status: 413,
    title: "The body is too large",
    when: "More than 64 kB, or with a credential more than 256 kB, of a batch 4 MB; to an endpoint more than 4 kB. Or more names and values than any request has.",
  },
  "unsupported-media-type": {
    status: 415,
    title: "Another content type is needed",
    when: "The body is not of the content type that the address takes, or has a `Content-Encoding`.",
  },
  misdirected: {
    status: 421,
    title: "The desk is not known by this name",
    when: "The name in the address is none of the desk's: whoever runs the server can add it to `ALLOWED_HOSTS`.",
  },
  invalid: {
    status: 422,
    title: "Some fields need another look",
    when: "`fields` says what is wrong with each: its type, its value, what the key's policy or the vendor's rules do not allow, or that there is no such field. Without `fields`: a parameter in an address that takes none.",
  },
  "idempotency-key-reused": {
    status: 422,
    title: "The key was used for another request",
    when: "This `Idempotency-Key` came within the last minute with another body.",
  },
  throttled: {
    status: 429,
    title: "Too many calls",
    when: "The credential, or an endpoint, has reached its limit, or several large bodies of this credential are on their way. `Retry-After` says in how many seconds there is room again.",
  },
  internal: {
    status: 500,
    title: "Something failed on the server",
    when: "A fault of the desk: the server's log has it under the request's id.",
  },
  busy: {
    status: 503,
    title: "Too much is being sent",
    when: "Other large bodies are on their way. `Retry-After` says in how many seconds there is room again.",
  },
  "record-unavailable": {
    status: 503,
    title: "The record is not available",
    when: "The ledger cannot be written, so nothing was issued; or the database cannot be read, as where another was copied over it. Try again later.",
  },
} as const satisfies Record<string, Kind>;

export type ProblemType = keyof typeof problems;

/** What the types are called to programs: names, not addresses. */
export const PROBLEM_PREFIX = "urn:claimcheck:problem:";

export type Problem = {
  type: `${typeof PROBLEM_PREFIX}${ProblemType}`;
  title: string;
  status: number;
  /** For people: what happened, and what to do. */
  detail: string;
  /** By field of what was sent. */
  fields?: Record<string, string>;
};

export function problemOf(type: ProblemType, detail: string, fields?: Record<string, string>): Problem {
  const { status, title } = problems[type];
  return {
    ...{ type: `${PROBLEM_PREFIX}${type}`, title, status, detail },
    ...(fields && Object.keys(fields).length > 0 ? { fields } : {}),
  } as const;
}
