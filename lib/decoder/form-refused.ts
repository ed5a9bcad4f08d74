/** What of a token's form its vendor refuses for certain. Browser-safe. */
import type { Finding } from "@/lib/jwt/finding";
import type { LayerVerdict } from "./ladder";

/** RFC 7519 §7.2 forbids the first, and this desk stops at a depth: the libraries that backends use read both, the vendor's own among them. */
const READ_BY_OTHERS = /^not-utf8|^json-too-deep/;

/** What of its form no reader takes. */
export const formRefused = (layers: readonly LayerVerdict[]): Finding | undefined =>
  layers
    .find(({ layer }) => layer === "form")
    ?.findings.find(({ severity, code }) => severity === "error" && !READ_BY_OTHERS.test(code));
