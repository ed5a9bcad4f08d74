/** What a list says of a token's state, in words that nothing else on its page has for something else. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { TokenState } from "./token-state";

const stateOf = (revoked: boolean) =>
  renderToStaticMarkup(createElement(TokenState, { expiresAt: 2_000_000_000, revoked, refusedBy: "VideoSDK" }));

test("what its vendor takes no more is not called refused, as what the desk did not give is in the same column", () => {
  expect(stateOf(false)).toContain('not accepted<span class="sr-only"> by VideoSDK</span>');
  expect(stateOf(false)).not.toContain("refused");
  expect(stateOf(true)).toContain("revoked");
});
