/** A case's tokens say whose each is, and who pasted it again where somebody did. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { CaseTokenView } from "@/lib/cases/get";
import { CaseTokens } from "./case-tokens";

const token = {
  ...{ sha256: "a".repeat(64), imitates: null, refusedBy: null, moderates: false, callsRest: false },
  ...{ room: "telehealth-eu-central-1", subject: "nurse-7", expiresAt: null, seen: 1 },
  ...{ firstSeenAt: new Date(0), firstSeenBy: "Ivo Petrov", lastSeenAt: new Date(0), lastSeenBy: "Ivo Petrov" },
} as unknown as CaseTokenView;
const shown = (tokens: CaseTokenView[]) =>
  renderToStaticMarkup(createElement(CaseTokens, { number: 1, keyId: "k", tokens, page: undefined }));

test("room and participant are cut by themselves: neither is behind the end of the other", () => {
  expect(shown([token])).toMatch(/class="place"><bdi[^>]*>telehealth-eu-central-1<.*<bdi[^>]*>nurse-7</);
  expect(shown([{ ...token, room: null, subject: null }])).toMatch(/any room<.*anyone</);
});

test("who pasted one again has a column where somebody did", () => {
  expect(shown([token])).not.toContain("Pasted again");
  expect(shown([token, { ...token, sha256: "b", seen: 3 }])).toContain("Pasted again");
});
