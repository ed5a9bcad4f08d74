/** The headers that every response carries. */
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { setSecurityHeaders } from "./security-headers";

function headersOf(options: Parameters<typeof setSecurityHeaders>[2]) {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  setSecurityHeaders(request, response, options);
  const csp = String(response.getHeader("content-security-policy"));
  const directives = new Map(
    csp.split("; ").map((directive) => [directive.split(" ")[0] ?? "", directive.split(" ").slice(1)]),
  );
  return { request, response, csp, directives };
}

const production = { page: true, dev: false, https: false, trusted: true };

describe("the Content-Security-Policy", () => {
  it("lets no script run but by this response's nonce", () => {
    const { directives } = headersOf(production);
    expect(directives.get("script-src")).toEqual(["'self'", expect.stringMatching(/^'nonce-[\w+/]{22}=='$/)]);
    expect(directives.get("default-src")).toEqual(["'none'"]);
  });

  it("has no unsafe word in it", () => {
    expect(headersOf(production).csp).not.toContain("unsafe");
  });

  it("loads, sends and frames nothing of another origin", () => {
    const { directives } = headersOf(production);
    for (const [name, sources] of directives) {
      for (const source of sources) expect(source, name).toMatch(/^'(none|self|nonce-[^']+)'$|^data:$/);
    }
    expect(directives.get("frame-ancestors")).toEqual(["'none'"]);
    expect(directives.get("base-uri")).toEqual(["'none'"]);
    expect(directives.get("form-action")).toEqual(["'self'"]);
    expect(directives.get("connect-src")).toEqual(["'self'"]);
  });

  it("has another nonce each time, and Next is told the one of this response", () => {
    const nonces = Array.from({ length: 50 }, () => {
      const { request, csp } = headersOf(production);
      expect(request.headers["content-security-policy"]).toBe(csp);
      return /'nonce-([^']+)'/.exec(csp)?.[1];
    });
    expect(new Set(nonces).size).toBe(50);
  });

  it("of an answer to a program, which is no page, allows nothing", () => {
    const { csp } = headersOf({ ...production, page: false });
    expect(csp).toBe("default-src 'none'; frame-ancestors 'none'");
  });

  it("allows what the development build needs in development only", () => {
    const { directives } = headersOf({ ...production, dev: true });
    expect(directives.get("script-src")).toContain("'unsafe-eval'");
    expect(directives.get("script-src")).not.toContain("'unsafe-inline'");
    expect(directives.get("connect-src")).toContain("ws:");
  });
});

it.each([
  ["x-content-type-options", "nosniff"],
  ["x-frame-options", "DENY"],
  ["referrer-policy", "no-referrer"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
])("%s is %s", (name, value) => {
  expect(headersOf(production).response.getHeader(name)).toBe(value);
});

it("says nothing of openers at an address that browsers don't trust, where they ignore it and complain", () => {
  const { response } = headersOf({ ...production, trusted: false });
  expect(response.getHeader("cross-origin-opener-policy")).toBeUndefined();
});

it("insists on TLS only where the desk is reached by it", () => {
  expect(headersOf({ ...production, https: true }).response.getHeader("strict-transport-security")).toMatch(
    /^max-age=31536000/,
  );
  expect(headersOf(production).response.getHeader("strict-transport-security")).toBeUndefined();
});
