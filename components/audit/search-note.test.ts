/** What is said above the list of what a search meant, and of what it did not look for. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { nothing } from "@/lib/audit/list";
import { SearchNote } from "./search-note";

const noteOf = (q: string, page: object = {}) =>
  renderToStaticMarkup(createElement(SearchNote, { page: { ...nothing, ...page }, filters: { q } }));

it.each(["203.0.113.7", "2001:db8::7", "2001:db8:0:0::/64"])("%s is said not to be looked for", (q) => {
  expect(noteOf(q)).toContain("Addresses that events came from are not searched");
});

it.each(["1.0.5", "203.0.113", "12:30:45", "ward-7b", "2900"])("%s is no address", (q) => {
  expect(noteOf(q)).not.toContain("address");
});

it("a batch leads to its page, and says which tokens are of it; a range says them alone", () => {
  const issued = { first: 3, last: 4_502 };
  expect(noteOf("batch 1", { issued: { ...issued, batch: 1 } })).toMatch(
    /The issue of No\.\u00a03 to 4,502, as <a href="\/batches\/1">Batch\u00a01<\/a>\. /,
  );
  expect(noteOf("3 to 4502", { issued })).toMatch(/The issue of No\.\u00a03 to 4,502\. /);
});
