/** What is said of active tokens before a policy is saved. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { profileOf } from "@/lib/profiles/registry";
import { BeyondPolicy } from "./beyond-policy";

test("where only some of very many were looked at, and none of those goes beyond it, that is said", () => {
  const beyond = { count: 0, all: false, lastExpiresAt: null, tokens: [], endpoints: [] };
  const said = renderToStaticMarkup(createElement(BeyondPolicy, { vendor: profileOf("videosdk"), beyond }));
  expect(said).toContain("Not all active tokens were looked at.");
  expect(said).not.toContain("0 or more");
});

test("the endpoints that it would stop are named, also where no token goes beyond it", () => {
  const endpoints = ["Demo app", "Kiosk"].map((name) => ({ id: name, name }));
  const beyond = { count: 0, all: true, lastExpiresAt: null, tokens: [], endpoints };
  const said = renderToStaticMarkup(createElement(BeyondPolicy, { vendor: profileOf("videosdk"), beyond }));
  expect(said).toContain("2 endpoints stop.");
  expect(said.replace(/<[^>]*>/g, "")).toContain("Demo app and Kiosk refuse every call until");
});
