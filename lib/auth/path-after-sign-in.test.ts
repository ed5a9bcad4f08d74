/** Where a link may lead after signing in, judged as a browser judges it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pathAfterSignIn, signInPath } from "./path-after-sign-in";

describe("stays as it is:", () => {
  it.each(["/", "/keys", "/audit?action=token.issued&before=12", "/audit/48213", "/decode/compare", "/%2f/elsewhere"])(
    "%s",
    (path) => expect(pathAfterSignIn(path)).toBe(path),
  );
});

describe("is the overview instead:", () => {
  it.each([
    "//elsewhere.example",
    "/\\elsewhere.example",
    "/\t/elsewhere.example",
    "/\n/elsewhere.example",
    "/\r\n/elsewhere.example",
    "/\u0000/elsewhere.example",
    "/\u0085keys",
    "\t//elsewhere.example",
    " //elsewhere.example",
    "https://elsewhere.example",
    "https:elsewhere.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/.//elsewhere.example",
    "/..//elsewhere.example",
    "/a/..//elsewhere.example",
    "/%2e//elsewhere.example",
    "/./\\elsewhere.example",
    "keys",
    "",
    "?next=/keys",
    "\\\\elsewhere.example",
    `/${"x".repeat(2_000)}`,
    ["/keys"],
    undefined,
    null,
    { toString: () => "/keys" },
  ])("%j", (next) => expect(pathAfterSignIn(next)).toBe("/"));
});

it("a path beyond ASCII is one that a header can hold", () => {
  expect(pathAfterSignIn("/😀?q=é")).toBe("/%F0%9F%98%80?q=%C3%A9");
  expect(pathAfterSignIn("/\ud800")).toBe("/%EF%BF%BD");
});

it("a token in a link is not taken along", () => {
  const token = "eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2ln";
  expect(pathAfterSignIn(`/decode?token=${token}`)).toBe("/decode");
  expect(pathAfterSignIn(`/decode/${token}`)).toBe("/");
  expect(signInPath(`/audit?sha256=${token}`)).toBe("/sign-in?next=%2Faudit");
  expect(signInPath("/")).toBe("/sign-in");
});

it("whatever is asked for, a browser at the desk stays there, and it fits into a header", () => {
  const pieces = fc.constantFrom(
    "/",
    "\\",
    "\t",
    "\n",
    ".",
    "..",
    "%2e",
    "%2f",
    "%5c",
    "@",
    ":",
    "?",
    "#",
    "evil.example",
  );
  const odd = fc.array(fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 2 })), { maxLength: 8 });
  fc.assert(
    fc.property(odd, (parts) => {
      const path = pathAfterSignIn(parts.join(""));
      expect(new URL(path, "https://desk.example").origin).toBe("https://desk.example");
      expect(path).toMatch(/^\/[!-~]*$/);
    }),
    { numRuns: 500 },
  );
});
