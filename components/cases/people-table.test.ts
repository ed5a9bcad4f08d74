/** Who holds active tokens, and for what, where nobody said for what. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { PeopleTable } from "./people-table";

test("where no purpose was given stands that, and no empty cell", () => {
  const maya = {
    actorId: "1",
    name: "Maya",
    email: "",
    active: 1,
    nextExpiry: 1,
    lastExpiry: 1,
    purpose: "",
    room: null,
  };
  const html = renderToStaticMarkup(createElement(PeopleTable, { keyId: "1", people: [maya], isAll: false }));
  expect(html).toContain("no purpose given");
});
