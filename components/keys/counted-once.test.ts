/** How many active tokens there are is said in one way, wherever a key's page says it: as exactly as they were counted. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { Concerned } from "./concerned";
import { KeyHolders } from "./key-holders";
import { KeyStatusDialog } from "./key-status-dialog";

vi.mock("next/navigation", () => ({ useRouter: () => ({}), usePathname: () => "/keys" }));
vi.mock("@/components/ui/note-dialog", () => ({
  NoteDialog: ({ children }: { children: unknown }) => children,
}));

const person = {
  ...{ actorId: "1", name: "Ivo", email: null, answeredBy: null, active: 50_000, more: true },
  ...{ nextExpiry: 1, lastExpiry: 1, purpose: "", room: null },
};
const holders = { people: [person], active: 50_000, all: false, listed: true };
const fall = { now: 50_000, more: true, steps: [{ at: 1, left: 0 }] };
const use = { rooms: { told: [], others: 0 }, purposes: { told: [], others: 0 }, goneThrough: null };

test("in the dialog that disables it, also beyond a thousand", () => {
  const props = { keyId: "k", label: "Live", profile: "videosdk", disabled: false, endpoints: [], fall } as const;
  const said = (activeTokens: number, more: boolean) =>
    renderToStaticMarkup(
      createElement(KeyStatusDialog, { ...props, activeTokens, more, action: () => Promise.reject() }),
    );
  expect(said(1_500, false)).toContain("The 1,500 active tokens of its current secret go on working");
  expect(said(50_000, true)).toContain("The 50,000+ active tokens");
});

test("with a plus where counting ended: beside a person, in the picture, and over the list", () => {
  const concerned = createElement(Concerned, { brief: true, keyId: "k", holders, fall, at: 0, use });
  expect(renderToStaticMarkup(concerned).match(/50,000\+/g)).toHaveLength(2);
  const list = renderToStaticMarkup(
    createElement(KeyHolders, { keyId: "k", vendor: "VideoSDK", holders, current: holders }),
  );
  expect(list).toContain("All 50,000+");
  expect(list.match(/50,000\+/g)).toHaveLength(2);
});

test("where an earlier secret has signed some of them, how many its current one has", () => {
  const current = { ...holders, active: 13, all: true, listed: false };
  const list = (of: typeof current, among = holders) =>
    renderToStaticMarkup(createElement(KeyHolders, { keyId: "k", vendor: "VideoSDK", holders: among, current: of }));
  expect(list(current)).toContain("13 of its current secret. The rest an earlier one signed: VideoSDK refuses it.");
  const none = { ...current, people: [], active: 0 };
  expect(list(none)).toContain("An earlier secret signed all of them: VideoSDK refuses them.");
  expect(list(none, { ...holders, active: 1, all: true })).toContain(
    "An earlier secret signed it: VideoSDK refuses it.",
  );
});
