/** What is said of active tokens before a policy is saved. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { profileOf } from "@/lib/profiles/registry";
import { BeyondPolicy } from "./beyond-policy";

test("where only some of very many were looked at, and none of those goes beyond it, that is said", () => {
  const beyond = { count: 0, all: false, lastExpiresAt: null, tokens: [] };
  const said = renderToStaticMarkup(createElement(BeyondPolicy, { vendor: profileOf("videosdk"), beyond }));
  expect(said).toContain("Not all active tokens were looked at.");
  expect(said).not.toContain("0 or more");
});
