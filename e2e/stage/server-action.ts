/** Server actions from outside the page: the request that the page sends, caught once, and sent again by anybody. */
import type { Page, Request } from "@playwright/test";
import { actionsOfBuild } from "./build-manifest";
import type { Desk } from "./desk";
import { hold } from "./hold";

export type ActionRequest = { url: string; headers: Record<string, string>; arguments: unknown[] };
export type ActionAnswer = {
  status: number;
  text: string;
  headers: Headers;
  /** What the action returned; undefined when it returned nothing or did not run. */
  result:
    | { ok: boolean; data?: unknown; error?: { code: string; message: string; fields?: Record<string, string> } }
    | undefined;
};

const SENT = ["next-action", "next-router-state-tree", "accept", "content-type"];

const isAction = (request: Request) => request.method() === "POST" && request.headers()["next-action"] !== undefined;

/** What the page sends while `act` is done; it has been answered, so that all that it changes is changed. */
export async function catchAction(page: Page, act: () => Promise<unknown>): Promise<ActionRequest> {
  const [request] = await Promise.all([page.waitForRequest(isAction), act()]);
  await request.response();
  const all = request.headers();
  const headers = Object.fromEntries(SENT.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
  return { url: request.url(), headers, arguments: JSON.parse(request.postData() ?? "[]") as unknown[] };
}

/** Holds back the next action that the page sends. @returns lets it go */
export async function holdAction(page: Page): Promise<() => void> {
  const here = page.url();
  return hold(page, ({ href }) => href === here, { times: 1, method: "POST" });
}

/** An action of the build, by the name of its function. @param at the page that it is sent to */
export function actionNamed(desk: Desk, name: string, at: string): ActionRequest {
  const headers = {
    "next-action": actionsOfBuild().get(name) ?? "",
    "content-type": "text/plain;charset=UTF-8",
    accept: "text/x-component",
  };
  return { url: desk.address + at, headers, arguments: [] };
}

/**
 * Sends an action as a program would.
 * @param cookie the session; none for nobody
 * @param headers `origin` is the desk's own unless it says otherwise
 */
export async function send(
  { url, headers, arguments: given }: ActionRequest,
  {
    cookie,
    headers: more,
    body = given,
  }: { cookie?: string | undefined; headers?: Record<string, string>; body?: unknown } = {},
): Promise<ActionAnswer> {
  const response = await fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { origin: new URL(url).origin, ...(cookie ? { cookie } : {}), ...headers, ...more },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, text, headers: response.headers, result: resultIn(text) };
}

/** Reads the returned value out of the React Flight stream: row 0 names the row that holds it. */
function resultIn(text: string): ActionAnswer["result"] {
  const row = (id: string) =>
    text
      .split("\n")
      .find((line) => line.startsWith(`${id}:`))
      ?.slice(id.length + 1);
  const id = /"a":"\$@(\w+)"/.exec(row("0") ?? "")?.[1];
  const value = id ? row(id) : undefined;
  return value?.startsWith("{") ? (JSON.parse(value) as ActionAnswer["result"]) : undefined;
}
