/** What is said of active tokens before a policy is saved. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { profileOf } from "@/lib/profiles/registry";
import { BeyondPolicy } from "./beyond-policy";

const none = { room: [], subject: [] };

test("where only some of very many were looked at, and none of those goes beyond it, that is said", () => {
  const beyond = { count: 0, all: false, lastExpiresAt: null, tokens: [], endpoints: [], asking: none };
  const said = renderToStaticMarkup(createElement(BeyondPolicy, { vendor: profileOf("videosdk"), beyond }));
  expect(said).toContain("Not all active tokens were looked at.");
  expect(said).not.toContain("0 or more");
});

test("of one that was found among very many, that there may be more", () => {
  const token = { number: 7, actorName: "Ivo", room: null, subject: null, expiresAt: 1, fields: ["permissions"] };
  const found = { count: 1, lastExpiresAt: 1, tokens: [token], endpoints: [], asking: none };
  const said = (all: boolean) =>
    renderToStaticMarkup(createElement(BeyondPolicy, { vendor: profileOf("videosdk"), beyond: { ...found, all } }));
  expect(said(false)).toContain("1 or more active tokens go beyond it.");
  expect(said(false)).toContain("They stay as they are");
  expect(said(true)).toContain("1 active token goes beyond it.");
});

test("the endpoints that it would stop are named, also where no token goes beyond it", () => {
  const endpoints = ["Demo app", "Kiosk"].map((name, index) => ({ id: String(index), name }));
  const beyond = { count: 0, all: true, lastExpiresAt: null, tokens: [], endpoints, asking: none };
  const said = renderToStaticMarkup(createElement(BeyondPolicy, { vendor: profileOf("videosdk"), beyond }));
  expect(said).toContain("2 endpoints stop.");
  expect(said.replace(/<[^>]*>/g, "")).toContain("Demo app and Kiosk refuse every call until");
  for (const { id } of endpoints) expect(said).toContain(`href="/endpoints/${id}"`);
});

test("those that would ask their callers for more are told as that, and not as stopped", () => {
  const kiosk = { id: "kiosk", name: "Kiosk" };
  const asking = { room: [kiosk], subject: [{ id: "demo", name: "Demo app" }, kiosk] };
  const beyond = { count: 0, all: true, lastExpiresAt: null, tokens: [], endpoints: [], asking };
  const said = renderToStaticMarkup(createElement(BeyondPolicy, { vendor: profileOf("videosdk"), beyond }));
  expect(said.replace(/<[^>]*>/g, "")).toContain(
    "2 endpoints ask for more. Kiosk asks each caller for a room. Demo app and Kiosk ask each caller for a participant. A call that names none is refused.",
  );
  expect(said).not.toContain("every call");
});
