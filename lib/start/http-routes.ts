/** The one table of the HTTP routes that this server knows: which methods a path takes, from whom, how much, and what answers. An HTTP route of the desk's own is a row in it; pages and their actions are Next's, and the last row's. Refuses nothing itself (guard-request.ts does). */
import type { IncomingMessage, ServerResponse } from "node:http";
import { edgeLimits } from "@/lib/limits";
import { answerUnready, type CheckHealth, openHealthAnswer } from "./answer-health";
import { type AnswerCall, openProgramAnswer } from "./answer-program";
import { type FindSession, openSessionAnswer } from "./answer-session";
import { openPackedFiles } from "./packed-files";

/** Answers a request, or leaves it to Next, and says whether it did. Its body is whole, and waits in it. */
export type AnswerAhead = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

/** What needs the database: handed in once it is there. */
export type RouteServices = {
  findSession: FindSession;
  checkHealth: CheckHealth;
  /** The doors of programs: of endpoints, and of the API. */
  runEndpoint: AnswerCall;
  runRoute: AnswerCall;
};

type Reading = "GET" | "HEAD";

/** Who may post there, what, and how much: the limits are in bytes. */
export type Posts = {
  /** Pages of this desk, as a browser tells by `Origin`; or programs, which bring no session. */
  from: "own pages" | "programs";
  /** Actions: what bears the id of a server action, with a list of plain values. */
  what: "actions" | "anything";
  mostBytes: number;
  /** For who has signed in, or brings a credential, where that is more. */
  mostBytesSignedIn?: number;
};

export type HttpRoute = {
  /** A path, or with `*` at its end all that begin so. */
  path: string;
  /** Where it is served; without it, always. */
  only?: "production" | "development";
  /** Whether it is for programs: what answers OPTIONS is its own, and what the edge refuses is told as a problem. */
  programs?: true;
  /** Whether only what answers knows which methods each of its paths takes: then it refuses the others, and says which there are. */
  knowsMethods?: true;
  /** What a refusal at the edge carries besides. */
  refusalHeaders?: Readonly<Record<string, string>>;
  /** Whether a WebSocket is served. */
  upgrades?: true;
  /** Makes what answers it, once everything is built; what that leaves, and a row without it, is Next's. @param root the project's folder */
  open?: (root: string, services: RouteServices) => AnswerAhead;
  /** Answers instead until the server is ready; elsewhere who comes early waits. */
  early?: AnswerAhead;
  /** `methods` besides OPTIONS, which every path answers with them. Reading is for whoever reaches the desk: what they see is the verbs' to say. */
} & ({ methods: readonly Reading[]; posts?: undefined } | { methods: readonly (Reading | "POST")[]; posts: Posts });

const READING = ["GET", "HEAD"] as const;
const READING_AND_POSTING = [...READING, "POST"] as const;
const ACTIONS = { from: "own pages", what: "actions", mostBytes: edgeLimits.smallBodyBytes } as const;
const ANYTHING = { ...ACTIONS, what: "anything" } as const;
const FROM_PROGRAMS = { from: "programs", what: "anything" } as const;

const ofApi = (path: string, mostBytesSignedIn: number): HttpRoute => ({
  path,
  ...{ programs: true, knowsMethods: true },
  methods: READING_AND_POSTING,
  posts: { ...FROM_PROGRAMS, mostBytes: edgeLimits.smallBodyBytes, mostBytesSignedIn },
  open: (_, { runRoute }) => openProgramAnswer(runRoute),
});

/** Leaves it to Next as an address that no page has. */
const asNotFound: AnswerAhead = (request) => {
  request.url = "/not-found";
  return false;
};

/** The first row that fits counts. */
export const httpRoutes: readonly HttpRoute[] = [
  // What Next's own tools ask for while the desk is worked on.
  { path: "/_next/hmr*", only: "development", methods: READING_AND_POSTING, posts: ANYTHING, upgrades: true },
  { path: "/_next*", only: "development", methods: READING_AND_POSTING, posts: ANYTHING },
  { path: "/__nextjs*", only: "development", methods: READING_AND_POSTING, posts: ANYTHING },

  // Whoever watches over the process asks it, from anywhere and without a session.
  {
    path: "/api/health",
    methods: READING,
    open: (_, { checkHealth }) => openHealthAnswer(checkHealth),
    early: answerUnready,
  },
  // A URL instead of a token: apps ask it, from wherever they are.
  {
    path: "/t/*",
    ...{ programs: true, knowsMethods: true },
    // A page's browser would tell it nothing else than that something failed.
    refusalHeaders: { "access-control-allow-origin": "*", "access-control-expose-headers": "Retry-After" },
    methods: ["GET", "POST"],
    posts: { ...FROM_PROGRAMS, mostBytes: edgeLimits.callBodyBytes },
    open: (_, { runEndpoint }) => openProgramAnswer(runEndpoint),
  },
  // What an open page asks to know whether its session holds.
  { path: "/api/session", methods: READING, open: (_, { findSession }) => openSessionAnswer(findSession) },
  {
    path: "/api/openapi.json",
    programs: true,
    methods: READING,
    open: (_, { runRoute }) => openProgramAnswer(runRoute),
  },
  // A batch alone is as large.
  ofApi("/api/v1/tokens", edgeLimits.batchBodyBytes),
  ofApi("/api/v1/*", edgeLimits.largeBodyBytes),
  // The page, but for the slash.
  { path: "/api/", methods: READING },
  // Other addresses are none, as a program can read: a page would tell it nothing.
  {
    path: "/api/*",
    ...{ programs: true, knowsMethods: true },
    methods: READING_AND_POSTING,
    posts: { ...FROM_PROGRAMS, mostBytes: edgeLimits.smallBodyBytes },
    open: (_, { runRoute }) => openProgramAnswer(runRoute),
  },
  { path: "/_next/static/*", only: "production", methods: READING, open: openPackedFiles },
  // Next would show the page of its last resort to whoever asks for it, with 500 as if the server had failed.
  { path: "/_global-error*", only: "production", methods: READING, open: () => asNotFound },
  {
    path: "/decode",
    methods: READING_AND_POSTING,
    posts: { ...ACTIONS, mostBytesSignedIn: edgeLimits.largeBodyBytes },
  },
  // Recorded before its first byte, so nothing that a link could bring about.
  { path: "/audit/export", methods: ["POST"], posts: ANYTHING },
  // Its rows are more than an action's arguments may be.
  {
    path: "/issue/batch/tokens",
    methods: ["POST"],
    posts: { ...ANYTHING, mostBytesSignedIn: edgeLimits.batchBodyBytes },
  },
  { path: "*", methods: READING_AND_POSTING, posts: ACTIONS },
];

const fits = (path: string, { path: pattern }: HttpRoute) =>
  pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;

/** @param url a request's target, well-formed or not; its query does not count */
export function routeOf(url: string, dev = false): HttpRoute {
  const [path = ""] = url.split("?", 1);
  const kind = dev ? "development" : "production";
  const route = httpRoutes.find((each) => (each.only ?? kind) === kind && fits(path, each));
  if (!route) throw new Error("The last route fits every path.");
  return route;
}

/** Makes what answers ahead of Next, by the table. @param root the project's folder, where everything is built */
export function openHttpRoutes(root: string, dev: boolean, services: RouteServices): AnswerAhead {
  const kind = dev ? "development" : "production";
  const opened = new Map<HttpRoute, AnswerAhead>();
  for (const route of httpRoutes)
    if (route.open && (route.only ?? kind) === kind) opened.set(route, route.open(root, services));
  return (request, response) => opened.get(routeOf(request.url ?? "", dev))?.(request, response) ?? false;
}
