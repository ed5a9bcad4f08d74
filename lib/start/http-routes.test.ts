/** The table of HTTP routes, walked: each row is what the guard makes of its path, and nothing beside the rows is taken. */
import { randomBytes } from "node:crypto";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { parseSettings } from "@/lib/env";
import { mostBodyBytes } from "./guard-body";
import { guardRequest } from "./guard-request";
import { httpRoutes, routeOf } from "./http-routes";

const settings = parseSettings({
  AUTH_SECRET: "drawn-by-nobody-at-all-for-the-tests-4711",
  SEALING_KEYS: `k1:${randomBytes(32).toString("base64url")}`,
});
const OWN = { origin: "http://127.0.0.1:3000", "next-action": "4".repeat(42) };
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"];

function answerTo(method: string, url: string, dev: boolean, headers: Record<string, string> = {}) {
  const request = new IncomingMessage(new Socket());
  Object.assign(request, { method, url });
  Object.assign(request.headers, { host: "127.0.0.1:3000", ...headers });
  const route = routeOf(url, dev);
  return { refusal: guardRequest(request, route, settings), most: mostBodyBytes(request, route) };
}

/** Each row with a path of its own, in each way that it is served. */
const served = httpRoutes.flatMap((route) =>
  [false, true]
    .filter((dev) => !route.only || (route.only === "development") === dev)
    .map((dev) => {
      const url = route.path === "*" ? "/any/page?of=next" : route.path.replace("*", "-x");
      return { name: `${route.path} in ${dev ? "development" : "production"}`, route, url, dev };
    }),
);

describe.each(served)("$name", ({ route, url, dev }) => {
  it("takes its methods, says which to OPTIONS, and refuses the others or leaves that to what knows them", () => {
    const allow = [...route.methods, "OPTIONS"].join(", ");
    const asked = answerTo("OPTIONS", url, dev).refusal;
    // What answers programs says so itself, and to whose pages.
    if (route.programs) expect(asked).toBeUndefined();
    else expect(asked).toMatchObject({ status: 204, allow });
    for (const method of METHODS) {
      const { refusal } = answerTo(method, url, dev, OWN);
      if (route.knowsMethods || route.methods.some((each) => each === method)) expect(refusal, method).toBeUndefined();
      else expect(refusal, method).toMatchObject({ status: 405, allow });
    }
  });
});

it("tells programs of each address under /api that is none, and people the page with a slash behind", () => {
  for (const none of ["/api/v1", "/api/v2/tokens", "/api/nothing?x=1"]) {
    const { path, programs, posts } = routeOf(none);
    expect([none, path, programs, posts?.mostBytesSignedIn]).toEqual([none, "/api/*", true, undefined]);
  }
  for (const page of ["/api", "/api/"]) expect([page, routeOf(page).programs]).toEqual([page, undefined]);
});

const posted = served.flatMap(({ route: { posts }, ...rest }) => (posts ? { ...rest, posts } : []));
const ofPages = posted.filter(({ posts }) => posts.from === "own pages");

it.each(posted.filter((row) => !ofPages.includes(row)))(
  "$name is posted to by whatever program, with or without an Origin or a cookie, and no more than it says",
  ({ posts, url, dev }) => {
    for (const [headers, most] of [
      [{}, posts.mostBytes],
      [{ cookie: "claimcheck=x" }, posts.mostBytes],
      [{ origin: "https://app.example" }, posts.mostBytes],
      [{ authorization: "Bearer cc_x" }, posts.mostBytesSignedIn ?? posts.mostBytes],
    ] as const) {
      const status = (bytes: number) =>
        answerTo("POST", url, dev, { ...headers, "content-length": `${bytes}` }).refusal?.status;
      expect(status(most), JSON.stringify(headers)).toBeUndefined();
      // With a credential there is room for more.
      const isMost = most === (posts.mostBytesSignedIn ?? posts.mostBytes);
      expect(status(most + 1), JSON.stringify(headers)).toBe(isMost ? 413 : 401);
    }
  },
);

it.each(ofPages)("$name is posted to from the desk's own pages alone, and no more than it says", (row) => {
  const { posts, url, dev } = row;
  for (const [cookie, most] of [
    ["theme=dark", posts.mostBytes],
    ["claimcheck=x", posts.mostBytesSignedIn ?? posts.mostBytes],
  ] as const) {
    const status = (bytes: number, headers = {}) =>
      answerTo("POST", url, dev, { ...OWN, cookie, "content-length": `${bytes}`, ...headers }).refusal?.status;
    expect(status(most)).toBeUndefined();
    expect(status(most + 1)).toBe(413);
    expect(status(2, { origin: "https://evil.example" })).toBe(403);
    expect(status(2, { "next-action": "none" })).toBe(posts.what === "actions" ? 400 : undefined);
    expect(answerTo("POST", url, dev, { cookie }).most).toBe(most);
  }
});

it("has a row for every target, well-formed or not, and rows of development there alone", () => {
  for (const url of ["/", "", "*", "//", "/%ff", "http://evil.example/decode", "/__nextjs_x", "/_next/x", "/decode/x"])
    expect(routeOf(url).path, url).toBe("*");
  expect(routeOf("/_next/hmr?id=1").upgrades).toBeUndefined();
  expect(routeOf("/_next/hmr?id=1", true).upgrades).toBe(true);
  expect(routeOf("/_next/static/chunks/a.js", true).open).toBeUndefined();
});

it("ends with the row that is Next's, and none is hidden by one before it", () => {
  expect(httpRoutes.at(-1)).toMatchObject({ path: "*" });
  for (const { route, url, dev } of served) expect(routeOf(url, dev)).toBe(route);
});
