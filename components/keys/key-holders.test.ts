/** Who holds tokens of a key: the first few stand there, and that there are others is said. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { ActiveByPerson } from "@/lib/keys/active-by-person";
import { KeyHolders } from "./key-holders";

const shown = (count: number, all = true) => {
  const people = Array.from({ length: count }, (_, index) => ({
    actorId: `${index}`,
    name: `Crowd ${index}`,
    active: 1,
  }));
  const holders = { people, active: count, all, listed: true } as unknown as ActiveByPerson;
  return renderToStaticMarkup(createElement(KeyHolders, { keyId: "k", vendor: "VideoSDK", holders, current: holders }));
};

test("how many others hold some is said, also where not all tokens were counted", () => {
  expect(shown(6)).not.toContain("more<");
  expect(shown(8)).toContain("and 2 more");
  expect(shown(230, false)).toContain("and 224 more");
  expect(shown(230)).toContain("All 230<");
  expect(shown(230, false)).toContain("All 230+<");
});
