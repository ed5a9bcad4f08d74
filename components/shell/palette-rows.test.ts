import { expect, it } from "vitest";
import { groupsFor, tokensAsked } from "./palette-rows";

const pages = ["/", "/issue", "/decode", "/audit", "/keys", "/team"].map((href) => ({
  href,
  label: href === "/" ? "Overview" : href.slice(1),
  icon: "overview" as const,
}));
const members = Array.from({ length: 9 }, (_, index) => ({
  id: `m${index}`,
  name: `Priya ${index}`,
  more: { email: `priya${index}@example.com`, role: "issuer", disabled: false },
}));

const nothing = { keys: [], templates: [], cases: [], endpoints: [], credentials: [], fingerprints: [] };

function found(words: string, given: Partial<Parameters<typeof groupsFor>[1]> = {}) {
  return groupsFor(words, {
    pages,
    mayIssue: true,
    destinations: {
      keys: [],
      templates: [{ id: "server", name: "Server", help: "" }],
      cases: [],
      members,
      ...{ endpoints: [], credentials: [], fingerprints: [] },
    },
    showShortcuts: () => {},
    searchable: true,
    tokens: [],
    everythingHint: null,
    ...given,
  }).map(({ title, rows }) => [title, ...rows.map(({ label }) => label)]);
}

it("lists every page, and of all else the first few", () => {
  const [places = [], , team = []] = found("");
  expect(places.slice(7)).toEqual(["Compare two tokens", "Templates", "Cases", "API", "Me", "Shortcuts"]);
  expect(team).toHaveLength(1 + 7);
  expect(found("priya")[0]).toHaveLength(1 + 5);
});

it("finds one's own page and the shortcuts before what only holds their letters", () => {
  expect(found("me")[0]?.slice(0, 2)).toEqual(["Go to", "Me"]);
  expect(found("shortcuts")[0]).toEqual(["Go to", "Shortcuts"]);
  expect(found("cases", { pages: pages.slice(2, 3) })).toEqual([]);
});

it("opens the list of shortcuts in its place", () => {
  let shown = 0;
  const [group] = groupsFor("shortc", {
    pages,
    mayIssue: false,
    destinations: { ...nothing, members: [] },
    showShortcuts: () => {
      shown += 1;
    },
    searchable: true,
    tokens: [],
    everythingHint: null,
  });
  expect([group?.rows[0]?.take?.(), shown]).toEqual([true, 1]);
});

it("takes a number among words for the beginning of a token's, whoever may see the team", () => {
  const destinations = nothing;
  const some = (more: (typeof members)[number]["more"] | null) => ({
    ...destinations,
    members: [
      { id: "t", name: "Tomas Berg", more },
      { id: "p", name: "Priya 3", more },
    ],
  });
  for (const more of [members[0]?.more ?? null, null])
    for (const words of ["tom 29", "29 berg"]) {
      expect(found(words, { destinations: some(more) })[0]).toEqual(["Team", "Tomas Berg"]);
      expect(tokensAsked(words, some(more))).toEqual({ number: 29, members: ["t"] });
    }
  // A number that is a part of the name.
  expect(found("priya 3", { destinations: some(null) })[0]).toEqual(["Team", "Priya 3"]);
  for (const words of ["tom", "29", "tom 2 9", "nobody 29", "tom 0"])
    expect(tokensAsked(words, some(null)), words).toBeUndefined();
});

it("leads who keeps them to endpoints, credentials and the API", () => {
  const destinations = {
    ...{ ...nothing, members: [] },
    ...{ endpoints: [{ id: "e", name: "Classroom" }], credentials: [{ id: "c", name: "Class CI" }] },
  };
  const keeps = [...pages, { href: "/endpoints", label: "Programs", icon: "terminal" as const }];
  expect(found("class", { destinations, pages: keeps })[0]).toEqual(["Programs", "Classroom", "Class CI"]);
  expect(found("credentials", { pages: keeps })[0]).toEqual(["Go to", "Credentials"]);
  expect(found("credentials")[0]?.[0]).toBe("Search");
});
