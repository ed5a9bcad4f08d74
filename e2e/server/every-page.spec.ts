/** Every page and every file of the build, looked at by everybody: by nobody, with a session that has ended, by each role, as the router asks and as it asks beforehand, with others' ids and with what is none. What is not for somebody shows nothing of what stands on it. */
import { apiRoutes } from "@/lib/api/routes";
import { httpRoutes } from "@/lib/start/http-routes";
import { pathsOfBuild } from "../stage/build-manifest";
import { changedSince, events, everything, rows } from "../stage/database";
import type { Desk } from "../stage/desk";
import { expect, test } from "../stage/fixtures";
import {
  batchOf,
  enterHandover,
  invitation,
  issued,
  keyOf,
  NOTE,
  newSession,
  only,
  openCase,
  PURPOSE,
  ROOM,
  resetLink,
  type Scene,
  sceneOf,
  template,
} from "../stage/members";
import { admins, exporters, issuers, members, people, type Role, readers } from "../stage/people";
import { addEndpoint } from "../stage/programs";
import { sendRaw } from "../stage/raw-request";
import { actionNamed, send } from "../stage/server-action";

type Page = {
  /** An address of it. */
  at?: (scene: Scene) => string;
  /** Who sees it, and its heading. */
  may: Role[] | "anybody";
  heading: string;
  /** What others are shown, or where they are led; that it is not for their role unless it says otherwise. */
  others?: Partial<Record<Role, string>>;
  /** What is offered on it, in HTML, and to whom. */
  offers?: [html: string, to: Role[]];
  status?: number;
};

const pages: Record<string, Page> = {
  "/": {
    ...{ may: readers, heading: "Overview", offers: [">Issue a token<", issuers] },
    others: { support: "to /decode" },
  },
  "/issue": {
    ...{ may: issuers, heading: "Issue a token", offers: [">Issue token<", issuers] },
    others: { auditor: "As auditor you read everything and issue nothing" },
  },
  "/issue/batch": {
    ...{ may: issuers, heading: "Issue several at once", offers: [">Participants<", issuers] },
    others: { auditor: "As auditor you read everything and issue nothing" },
  },
  "/batches/[number]": {
    at: (scene) => `/batches/${batchOf(scene)}`,
    ...{ may: readers, heading: "Batch", offers: [">Issue another batch<", issuers] },
  },
  "/decode": { may: members, heading: "Decode a token" },
  "/decode/compare": { may: members, heading: "Compare two tokens" },
  "/audit": { may: readers, heading: "Audit", offers: [">Export", exporters] },
  "/audit/[sequence]": {
    ...{ at: () => "/audit/1", may: exporters, heading: "created the first admin" },
    others: { issuer: "This event is another&#x27;s" },
  },
  "/cases": { may: readers, heading: "Cases" },
  "/cases/[number]": {
    ...{ at: (scene) => `/cases/${openCase(scene)}`, may: readers, heading: "1,0" },
    offers: ["<textarea", admins],
  },
  "/templates": { may: issuers, heading: "Templates", offers: [">Hide<", admins] },
  "/templates/new": { may: issuers, heading: "template", offers: [">Save template<", admins] },
  "/templates/[id]": {
    ...{ at: (scene) => `/templates/${template(scene, "accepted")}`, may: issuers, heading: "Kiosk" },
    offers: [">Save changes<", admins],
  },
  "/keys": { may: readers, heading: "Keys", offers: [">Add key<", admins] },
  "/keys/[id]": {
    ...{ at: (scene) => `/keys/${keyOf(scene).id}`, may: readers, heading: "Staging", offers: [">Disable<", admins] },
  },
  "/endpoints": { may: admins, heading: "Endpoints", offers: [">New endpoint<", admins] },
  "/endpoints/new": { may: admins, heading: "New endpoint", offers: [">Create endpoint<", admins] },
  "/endpoints/[id]": {
    at: ({ desk }) => `/endpoints/${addEndpoint(desk).id}`,
    ...{ may: admins, heading: "Demo app", offers: [">Renew address…<", admins] },
  },
  "/credentials": { may: admins, heading: "Credentials", offers: [">New credential<", admins] },
  "/api": { may: readers, heading: "API" },
  "/me": { may: members, heading: "Me" },
  "/team": { may: admins, heading: "Team", offers: [">Invite<", admins] },
  "/team/[id]": {
    at: ({ desk }) =>
      `/team/${only<{ id: string }>(desk.database, "SELECT id FROM Member WHERE email = ?", people.admin.email).id}`,
    ...{ may: admins, heading: "Maya Lind" },
  },
  "/sign-in": {
    ...{ may: "anybody", heading: "Sign in" },
    others: { admin: "to /", issuer: "to /", auditor: "to /", support: "to /" },
  },
  "/setup": {
    ...{ may: "anybody", heading: "to /sign-in" },
    others: { admin: "to /sign-in", issuer: "to /sign-in", auditor: "to /sign-in", support: "to /sign-in" },
  },
  "/join": { at: (scene) => `/join?code=${invitation(scene).code}`, may: "anybody", heading: "Join the team" },
  "/h/[id]": { at: (scene) => `/h/${enterHandover(scene, 1).id}`, may: "anybody", heading: "A token for you" },
  "/reset": {
    ...{ at: (scene) => `/reset?code=${resetLink(scene, scene.me.id)}`, may: "anybody" },
    heading: "Choose a new password",
  },
  "/_not-found": { at: () => "/nothing", may: "anybody", heading: "Not found", status: 404 },
  "/_global-error": { may: "anybody", heading: "Not found", status: 404 },
};

/** For whoever asks. */
const files: Record<string, string> = { "/favicon.ico": "image/x-icon", "/icon.svg": "image/svg+xml" };

/** Of whoever is there, and of what they have: what stands on no page but those that are for whoever sees it. */
const inner = ({ desk, me }: Pick<Scene, "desk"> & Partial<Scene>) => [
  ...Object.values(people).map(({ name }) => name),
  ...[people.admin.email, ...(me ? [me.name, me.email] : [])],
  desk.key.apiKey,
  desk.key.secret,
  "Staging",
  ROOM,
  PURPOSE,
  NOTE,
];

/** @param headers as a router sends them: then it is followed to the address that Next wants such a request at, but never to another page */
async function visit(desk: Desk, path: string, cookie?: string, headers: Record<string, string> = {}) {
  let at = new URL(path, desk.address);
  for (;;) {
    const response = await fetch(at, { redirect: "manual", headers: { ...(cookie ? { cookie } : {}), ...headers } });
    const location = response.headers.get("location");
    const to = location === null ? undefined : new URL(location, at);
    if (!headers.rsc || to?.pathname !== at.pathname || to.href === at.href)
      return { status: response.status, to, text: await response.text(), headers: response.headers };
    at = to;
  }
}

/** Its first heading, as text. */
function headingOf(html: string): string {
  const [, inside = ""] = /<h1[^>]*>(.*?)<\/h1>/s.exec(html) ?? [];
  return inside.replace(/<[^>]*>/g, "");
}

/** As the router asks for a page, and as it asks beforehand. */
const routers: Record<string, string>[] = [
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1" },
  { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
];

test("the build has these pages and files, and the server these routes, and no others", () => {
  expect(pathsOfBuild().sort()).toEqual(
    [...Object.keys(pages), ...Object.keys(files), "/audit/export", "/issue/batch/tokens"].sort(),
  );
  const served = httpRoutes.filter(({ only }) => only !== "development");
  expect(served.map(({ path, methods }) => `${methods.includes("POST" as never) ? "POST " : ""}${path}`)).toEqual([
    "/api/health",
    "POST /t/*",
    "/api/session",
    "/api/openapi.json",
    "POST /api/v1/tokens",
    "POST /api/v1/*",
    "/api/",
    "POST /api/*",
    "/_next/static/*",
    "/_global-error*",
    "POST /decode",
    "POST /audit/export",
    "POST /issue/batch/tokens",
    "POST *",
  ]);
});

for (const [path, { at, may, heading, others, offers, status = 200 }] of Object.entries(pages)) {
  const whom = may === "anybody" ? may : may === members ? "every member" : may.join(" and ");
  test(`${path} is shown to ${whom}, and to others nothing of it`, async ({ desk }) => {
    const one = await sceneOf(desk, "admin");
    await issued(one);
    const address = at?.(one) ?? path;
    const before = everything(desk.database);
    const nobodies = [undefined, "claimcheck=forged", (await newSession(desk, one.me.id, { endedAt: 1 })).cookie];
    for (const cookie of nobodies) {
      const seen = await visit(desk, address, cookie, { origin: "https://evil.example" });
      // What a browser translates, React changes no more: a verdict would be another's.
      if (seen.status === 200) expect(seen.text).toContain('<html lang="en" translate="no"');
      expect([...seen.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
      if (may === "anybody") {
        if (heading.startsWith("to ")) expect(`to ${seen.to?.pathname}`).toBe(heading);
        else expect([seen.status, headingOf(seen.text)]).toEqual([status, expect.stringContaining(heading)]);
        continue;
      }
      expect([seen.status, seen.to?.pathname, seen.to?.searchParams.get("next") ?? "/"]).toEqual([
        307,
        "/sign-in",
        address,
      ]);
      for (const headers of [{}, ...routers]) {
        const { to, text } = await visit(desk, address, cookie, headers);
        // A prefetch tells the names of a route's segments, which are in the scripts too, and renders nothing.
        if (!headers["next-router-prefetch"]) expect(`${to} ${text}`).toContain("/sign-in");
        for (const words of inner(one)) expect(text).not.toContain(words);
      }
    }
    expect(changedSince(desk.database, before).filter((table) => table !== "Session")).toEqual([]);

    for (const role of members) {
      const { cookie } = await sceneOf(desk, role);
      const untouched = everything(desk.database);
      const recorded = events(desk.database).length;
      const seen = await visit(desk, address, cookie);
      const other = others?.[role] ?? `As ${role} you do not see this`;
      if ((may === "anybody" && !others) || may.includes(role)) {
        const first = headingOf(seen.text);
        expect([role, seen.status, first]).toEqual([role, status, expect.stringContaining(heading)]);
        expect(seen.text).not.toContain(`As ${role} you`);
        if (offers) expect([role, seen.text.includes(offers[0])]).toEqual([role, offers[1].includes(role)]);
      } else {
        if (other.startsWith("to ")) expect([role, `to ${seen.to?.pathname}`]).toEqual([role, other]);
        else expect([role, seen.status, seen.text]).toEqual([role, 200, expect.stringContaining(other)]);
        for (const headers of [{}, ...routers]) {
          const { text } = await visit(desk, address, cookie, headers);
          for (const words of inner(one)) expect(text, role).not.toContain(words);
        }
      }
      // That it is not for them may be told to the log, as an issuer who asks for another's event; else nothing is written.
      const denied = events(desk.database).slice(recorded);
      expect(denied.filter(({ action }) => action !== "access.denied" || may.includes(role))).toEqual([]);
      const books = denied.length > 0 ? ["AuditDay", "AuditEvent", "Counter", "sqlite_sequence"] : [];
      expect([role, ...books]).toEqual(expect.arrayContaining(changedSince(desk.database, untouched)));
    }
  });
}

test("an address with another's id, or with what is none, shows nothing of theirs and fails nowhere", async ({
  desk,
}) => {
  const theirs = await sceneOf(desk, "admin");
  await issued(theirs);
  const event = (action: string) => events(desk.database, action).at(-1)?.sequence;
  const rename = (who: Scene, name: string) =>
    send(actionNamed(desk, "changeNameAction", "/me"), { cookie: who.cookie, body: [{ name }] });
  await rename(theirs, "Robin Otherwise");
  const issuer = await sceneOf(desk, "issuer");
  await rename(issuer, "Robin Myself");
  const [changed, own] = rows<{ sequence: number }>(
    desk.database,
    "SELECT sequence FROM AuditEvent WHERE action = 'member.changed' ORDER BY sequence DESC LIMIT 2",
  ).reverse();
  // An issuer sees the ledger whole, and of the other events their own.
  for (const [sequence, heading] of [
    [event("token.issued"), "issued a token"],
    [own?.sequence, "Robin"],
    [changed?.sequence, "This event is another&#x27;s"],
  ] as const) {
    const { status, text } = await visit(desk, `/audit/${sequence}`, issuer.cookie);
    expect([sequence, status, text]).toEqual([sequence, 200, expect.stringMatching(new RegExp(heading, "i"))]);
  }
  const rubbish = [
    "0",
    "-1",
    "1.5",
    "1e3",
    "0x1",
    "99999999999",
    "9".repeat(300),
    "nothing",
    "constructor",
    "__proto__",
  ]
    .concat(["%00", "%0a", "..%2f1", "%F0%9F%98%80", "1'--", "[id]", "a".repeat(3_000)])
    .concat(theirs.me.id, keyOf(theirs).id);
  for (const page of ["audit", "batches", "cases", "keys", "team", "templates"])
    for (const id of rubbish.filter((each) => !(page === "team" && each === theirs.me.id))) {
      if (page === "keys" && id === keyOf(theirs).id) continue;
      const { status } = await visit(desk, `/${page}/${id}`, theirs.cookie);
      expect([400, 404], `/${page}/${id.slice(0, 40)}`).toContain(status);
    }
  // Another's proposal is nothing to an issuer.
  for (const [state, status] of [
    ["proposed", 404],
    ["accepted", 200],
  ] as const)
    expect((await visit(desk, `/templates/${template(theirs, state)}`, issuer.cookie)).status, state).toBe(status);
  const support = await sceneOf(desk, "support");
  for (const page of ["audit", "batches", "cases", "keys", "team"])
    for (const id of ["1", "%00", "nothing", theirs.me.id, keyOf(theirs).id])
      for (const words of inner(theirs))
        expect((await visit(desk, `/${page}/${id}`, support.cookie)).text).not.toContain(words);
  for (const query of [
    "/audit?q=%00&member=__proto__&before=1e9&from=2026-99-99&ends=constructor&member=x&key[]=1",
    "/issue?from=999999999&from=1",
    "/issue?template=__proto__&key=constructor",
    "/cases?x=%00",
    "/decode?token=eyJ",
    "/join?code=%00",
    "/reset?code=a&code=b",
    "/setup?code=__proto__",
    "/sign-in?next=//evil.example",
    "/sign-in?next=%00",
  ])
    for (const cookie of [theirs.cookie, undefined])
      expect((await visit(desk, query, cookie)).status, query).toBeLessThan(400);
});

test("what no form sends is refused at every page and route, in time, and changes nothing", async ({ desk }) => {
  const one = await sceneOf(desk, "admin");
  await issued(one);
  const { origin } = new URL(desk.address);
  const served = httpRoutes.filter(({ only }) => only !== "development").map(({ path }) => path.replace("*", "x"));
  const api = apiRoutes.filter(({ method }) => method === "POST").map(({ path }) => path);
  const paths = [...Object.entries(pages).map(([path, { at }]) => at?.(one) ?? path), ...served, ...api];
  const deep = `["/",${"[".repeat(100_000)}${"]".repeat(100_000)}]`;
  const chunks = `10000\r\n${"x".repeat(65_536)}\r\n`.repeat(153);
  const before = everything(desk.database);
  const recorded = events(desk.database).length;
  for (const path of paths) {
    const post = async (headers: string, body: string, length = `Content-Length: ${body.length}`) => {
      const started = performance.now();
      const { statuses } = await sendRaw(
        desk.address,
        `POST ${path.startsWith("/") ? path : "/x"} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\nCookie: ${one.cookie}\r\nContent-Type: application/json\r\n${headers}${length}\r\n\r\n${body}`,
        { until: /^HTTP\/1\.1 \d{3}/ },
      );
      expect(performance.now() - started, `the time until ${path} answers`).toBeLessThan(3_000);
      return statuses[0];
    };
    const ours = `Origin: ${origin}\r\n`;
    const answers = {
      foreign: await post("Origin: https://evil.example\r\n", "[]"),
      "of no page": await post("", "[]"),
      "10 MB": await post(ours, "x".repeat(10_000_000)),
      "10 MB, by counting": await post(ours, chunks, "Transfer-Encoding: chunked"),
      "100,000 deep": await post(ours, deep),
    };
    // A path that takes no post says so to all of them; what is no action's need not be read to its end.
    const expected: Record<keyof typeof answers, number[]> = {
      ...{ foreign: [403], "of no page": [403], "10 MB": [413] },
      ...{ "10 MB, by counting": [413, 400], "100,000 deep": [413, 400, 422] },
    };
    if (Object.values(answers).every((status) => status === 405 || status === 404)) continue;
    // A session is no credential.
    if (api.includes(path)) {
      expect(Object.values(answers), path).toEqual([401, 401, 401, 401, 401]);
      continue;
    }
    // What is for programs asks no Origin: there is no such endpoint, and no such route, whoever asks.
    if (/^\/(t|api|api\/v1)\/x$/.test(path)) {
      // With a credential the API takes more.
      const large = path === "/api/v1/x" ? 401 : 413;
      expect(Object.values(answers), path).toEqual([404, 404, large, large, large]);
      continue;
    }
    for (const [what, status] of Object.entries(answers))
      expect(expected[what as keyof typeof answers], `${what} at ${path}`).toContain(status);
  }
  // A route's verb may have recorded that it refused.
  expect(["Session", "AuditDay", "AuditEvent", "Counter", "sqlite_sequence"]).toEqual(
    expect.arrayContaining(changedSince(desk.database, before)),
  );
  expect(events(desk.database).slice(recorded)).not.toContainEqual(expect.objectContaining({ outcome: "ok" }));
});

test("the routes that are no pages tell each what they may know", async ({ desk }) => {
  const { cookie, me } = await sceneOf(desk, "support");
  const before = everything(desk.database);
  for (const who of [undefined, "claimcheck=forged", (await newSession(desk, me.id, { endedAt: 1 })).cookie]) {
    expect(await visit(desk, "/api/session", who)).toMatchObject({ status: 401, text: "null" });
  }
  const held = await visit(desk, "/api/session", cookie);
  expect([held.status, Object.keys(JSON.parse(held.text))]).toEqual([200, ["endsAt", "expiresAt"]]);
  for (const who of [undefined, cookie])
    expect(await visit(desk, "/api/health", who)).toMatchObject({ status: 200, text: '{"live":true,"ready":true}' });
  for (const [path, type] of Object.entries(files)) {
    const { status, headers } = await visit(desk, path);
    expect([path, status, headers.get("content-type")]).toEqual([path, 200, type]);
  }
  for (const path of ["/api/session", "/api/health", "/favicon.ico", "/nothing"]) {
    const { headers } = await visit(desk, path, cookie, { origin: "https://evil.example" });
    expect([...headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
  }
  // What Next serves by itself, were it asked to.
  for (const path of [
    "/_next/image?url=%2Ficon.svg&w=64&q=75",
    "/_next/data/x/audit.json",
    "/audit.rsc",
    "/audit.txt",
  ]) {
    const { status, text } = await visit(desk, path);
    expect([path, status < 500, status === 200]).toEqual([path, true, false]);
    for (const words of inner({ desk })) expect(text).not.toContain(words);
  }
  expect(changedSince(desk.database, before).filter((table) => table !== "Session")).toEqual([]);
});
