/** The parts of a line know from which side they are read: a line is cut where each ends. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Parts } from "./parts";

const shown = (...parts: string[]) => renderToStaticMarkup(createElement(Parts, { parts }));

test.each(["جودة", "7 جودة لغرفة lobby", "חדר"])("%s is read from the right", (text) => {
  expect(shown(text)).toMatch(/^<bdi data-rtl="true">/);
});

test.each(["lobby", "lobby جودة", "東京", "42", ""])("“%s” is not", (text) => {
  expect(shown(text)).toMatch(/^<bdi>/);
});
