/** The question before something is left has its answers in one order, whether or not something can be taken along. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { LeaveQuestion } from "./leave-question";

const nothing = () => undefined;
const given = { title: "The batch is under way", onLeave: nothing, onStay: nothing, children: null };

test.each([
  ["nothing can be taken along", {}],
  ["something can", { keep: () => "Copy and leave" }],
])("Stay stands before Leave where %s", (_, keep) => {
  const html = renderToStaticMarkup(createElement(LeaveQuestion, { ...given, ...keep }));
  expect(html.replace(/<[^>]*>/g, " ")).toMatch(/Stay\s+Leave/);
});
