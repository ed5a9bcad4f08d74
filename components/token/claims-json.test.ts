import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ClaimsJson } from "./claims-json";

test("a word on a claim stands at the one that counts of several with its name", () => {
  const html = renderToStaticMarkup(
    createElement(ClaimsJson, { json: '{"exp":1,"iat":2,"exp":3}', notes: { exp: "at three", iat: "at two" } }),
  );
  const rows = html.split("<li").slice(1);
  expect(rows.map((row) => /claim-note">([^<]*)/.exec(row)?.[1])).toEqual([undefined, "at two", "at three"]);
});
