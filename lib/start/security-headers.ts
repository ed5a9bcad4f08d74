/** The headers that every response carries. Scripts run only with this response's nonce; nothing is loaded from, sent to, or framed by another origin. */
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

const CSP = "content-security-policy";

/** Of an answer that is no page: nothing may be made of it. */
const NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

// Not 'strict-dynamic': with it, a script that a trusted script puts into the page runs without a nonce.
function policy(nonce: string, dev: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'${dev ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${dev ? " ws:" : ""}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** @param page whether the answer may be a page @param https whether browsers may be told to insist on TLS @param trusted whether they trust the address: at another one they ignore the opener policy, and complain of it on each page */
export function setSecurityHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  { page, dev, https, trusted }: Record<"page" | "dev" | "https" | "trusted", boolean>,
): void {
  const csp = page ? policy(randomBytes(16).toString("base64"), dev) : NO_PAGE;
  // Next reads the nonce for its own scripts from the request.
  request.headers[CSP] = csp;
  response.setHeader(CSP, csp);
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("referrer-policy", "no-referrer");
  if (trusted) response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("cross-origin-resource-policy", "same-origin");
  response.setHeader("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  if (https) response.setHeader("strict-transport-security", "max-age=31536000; includeSubDomains");
}
