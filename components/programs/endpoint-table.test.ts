/** What stands once above the endpoints holds for those that are below it. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { ListedEndpoint } from "@/lib/endpoints/list";
import { EndpointTable } from "./endpoint-table";

const row = {
  ...{ id: "1", name: "Demo app", state: "active", templateName: "Participant", givesSeconds: 600 },
  ...{ keyLabel: "Staging", reach: ["any-room"], asks: [], broken: null, issuedTokens: 1, endsAt: null, endedAt: null },
  owner: { id: "m", name: "Maya Lind", gone: null },
} as unknown as ListedEndpoint;
const common = { reach: ["any-room" as const], keyLabel: "Staging", owner: "Maya Lind" };
const shown = (of: ListedEndpoint) => renderToStaticMarkup(createElement(EndpointTable, { endpoints: [of], common }));

test("how far they reach is said of those that give something, or would, and of no others", () => {
  expect(shown(row)).toContain("They may join any room, unless a row says otherwise.");
  expect(shown({ ...row, state: "off" })).toContain("They may join any room");
  expect(shown({ ...row, state: "ended" })).not.toContain("join any room");
  expect(shown({ ...row, broken: "Its key is gone." })).not.toContain("join any room");
  expect(shown(row)).not.toContain(", with Staging");
});

test("when each ended is told, and that they have is no column where all of them have", () => {
  const ended = { ...row, state: "ended", endsAt: 1_796_000_000, endedAt: 1_795_000_000 } as ListedEndpoint;
  expect(shown(ended)).toContain(new Date(1_795_000_000_000).toISOString());
  expect(shown(ended)).not.toContain(">State<");
  expect(shown({ ...ended, state: "over", endedAt: null })).toContain(">State<");
});
