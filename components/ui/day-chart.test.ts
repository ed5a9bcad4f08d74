/** The chart's scale has room for its numbers. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { DayChart } from "./day-chart";

test.each([
  [4_000, false],
  [10_502, true],
])("of a day with %i tokens the scale is wide: %s", (most, wide) => {
  const href = "/audit?tokens=1";
  const html = renderToStaticMarkup(
    createElement(DayChart, {
      ...{ label: "Tokens issued per day", href, series: [{ name: "with Staging", tone: 1, href }] },
      days: [{ day: "2026-11-30", counts: [most] }],
    }),
  );
  expect(html.includes("data-wide")).toBe(wide);
});
