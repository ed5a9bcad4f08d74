/** Who holds active tokens, and for what: also where nobody said for what, and where it is a program. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { PeopleTable, peopleInWords } from "./people-table";

const maya = {
  ...{ actorId: "1", name: "Maya", email: "", answeredBy: null },
  ...{ active: 1, more: false, nextExpiry: 1, lastExpiry: 1, purpose: "", room: null },
};
const ci = { ...maya, actorId: "2", name: "CI", answeredBy: "Maya" };

test("where no purpose was given stands that, and no empty cell", () => {
  const html = renderToStaticMarkup(createElement(PeopleTable, { keyId: "1", people: [maya], isAll: false }));
  expect(html).toContain("no purpose given");
});

test.each([false, true])("of whom not all were counted, that there are more (led to: %s)", (isAll) => {
  const most = { ...maya, active: 50_000, more: true };
  const html = renderToStaticMarkup(createElement(PeopleTable, { keyId: "1", people: [most], isAll }));
  expect(html).toContain("50,000+");
});

test("a program is no person, and stands beside who answers for it", () => {
  const html = renderToStaticMarkup(createElement(PeopleTable, { keyId: "1", people: [ci], isAll: false }));
  expect(html).toContain("<bdi>Maya</bdi> answers for it");
  expect(peopleInWords([maya])).toBe("one person");
  expect(peopleInWords([ci, ci])).toBe("2 programs");
  expect(peopleInWords([maya, maya, ci])).toBe("2 people and one program");
});

test("of very many the first stand there, and how many others the file has", () => {
  const crowd = (many: number, limits: { most?: number } = {}) =>
    renderToStaticMarkup(
      createElement(PeopleTable, {
        ...{ keyId: "1", ...limits },
        people: Array.from({ length: many }, (_, index) => ({ ...maya, actorId: `${index}` })),
        isAll: true,
      }),
    );
  expect(crowd(50)).not.toContain("more:");
  expect(crowd(1_230)).toContain("And 1,180 more: the CSV file has them all.");
  expect(crowd(1_230).match(/<tr/g)).toHaveLength(51);
  expect(crowd(12, { most: 10 })).toContain("And 2 more: the CSV file has them all.");
});
