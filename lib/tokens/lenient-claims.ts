/** The claims of a token as readers take them that are less strict than ours: what these accept, whoever signs it with a secret of ours may use. For the server's own questions only; what is shown is what the strict reader made of it. */
import { MAX_DEPTH } from "@/lib/jwt/json";
import type { TokenReading } from "@/lib/jwt/read";
import type { Claims } from "@/lib/profiles/profile";

/**
 * Reads base64 of either alphabet with padding or white space, text that begins with a byte order mark or is no UTF-8,
 * and JSON of any depth, as jose and jsonwebtoken do, or one of them.
 * @returns without members that nest deeper than it reads, since whatever walks through claims goes as deep as they do; undefined where nobody reads any
 */
export function lenientClaims({ token }: TokenReading): Claims | undefined {
  const [, payload = ""] = token.split(".");
  const read = parsed(new TextDecoder().decode(Buffer.from(payload, "base64")));
  if (typeof read !== "object" || read === null || Array.isArray(read)) return undefined;
  return Object.fromEntries(Object.entries(read).filter(([, value]) => isReadHere(value)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Without a stack: it may be as deep as the token is long. */
function isReadHere(value: unknown): boolean {
  let level = [value];
  // The claims themselves are the first.
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return false;
    level = level.flatMap((each) => (typeof each === "object" && each !== null ? Object.values(each) : []));
  }
  return true;
}
