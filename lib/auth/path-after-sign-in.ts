/** Where to go after signing in: a path of this desk and nothing else, whatever a link asks for. Refuses other sites however they are written, and takes no token along. */

export const PATH_HEADER = "x-claimcheck-path";

// Any origin that no path can name: a path that leaves it would leave the desk.
const DESK = "http://desk.invalid";
const LONGEST = 2_000;
/** The first part of any JWT: `{"` in base64url. */
const LIKE_A_TOKEN = /eyJ[\w-]{8}/i;

/**
 * Browsers drop tabs and line breaks from a URL and read `\` as `/`; the result is what a browser would make of it,
 * written in ASCII, since it is sent in a header.
 * @param next as it came: anything
 */
export function pathAfterSignIn(next: unknown): string {
  if (typeof next !== "string" || next.length > LONGEST || !/^\/(?![/\\])/.test(next) || /[\\\p{Cc}]/u.test(next))
    return "/";
  if (!URL.canParse(next, DESK)) return "/";
  const { origin, pathname, search } = new URL(next, DESK);
  // "/.//elsewhere.example" becomes "//elsewhere.example".
  if (origin !== DESK || pathname.startsWith("//") || LIKE_A_TOKEN.test(pathname)) return "/";
  return LIKE_A_TOKEN.test(search) ? pathname : pathname + search;
}

/** The sign-in page that leads back to `path`. */
export function signInPath(path: unknown): string {
  const next = pathAfterSignIn(path);
  return next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
}
