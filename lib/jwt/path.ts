/** Writes and reads the paths by which findings point into a token: `payload.permissions[1]`, `header["a b"]`; refuses text that is no such path. */

/** A member name or an index into an array. */
export type PathPart = string | number;

const PLAIN_NAME = /^[A-Za-z_$][\w$-]*$/;

/** `formatPath("payload", ["permissions", 1])` is `payload.permissions[1]`; names that are no plain words are quoted as in JSON. */
export function formatPath(root: string, parts: readonly PathPart[]): string {
  let path = root;
  for (const part of parts) {
    if (typeof part === "number") path += `[${part}]`;
    else path += PLAIN_NAME.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
  }
  return path;
}

const STEP = /\.([A-Za-z_$][\w$-]*)|\[(\d{1,15})\]|\[(?=")/y;

/** Where the text of JSON ends that begins at `at`. By hand: of an expression that says as much V8 keeps each step, and of some millions fails. */
function endOfText(path: string, at: number): number {
  let end = at + 1;
  while (end < path.length && path[end] !== '"') end += path[end] === "\\" ? 2 : 1;
  return end + 1;
}

/** The parts behind the first word, which is returned as `root`; undefined when the text is no path. */
export function parsePath(path: string): { root: string; parts: PathPart[] } | undefined {
  const root = /^[a-z]+/.exec(path)?.[0];
  if (!root) return undefined;
  const parts: PathPart[] = [];
  let at = root.length;
  while (at < path.length) {
    STEP.lastIndex = at;
    const step = STEP.exec(path);
    if (!step) return undefined;
    at = STEP.lastIndex;
    if (step[1] !== undefined) parts.push(step[1]);
    else if (step[2] !== undefined) parts.push(Number(step[2]));
    else {
      const end = endOfText(path, at);
      if (path[end] !== "]") return undefined;
      try {
        // What stands between double quotes: JSON makes a string of it, or throws.
        parts.push(JSON.parse(path.slice(at, end)) as string);
      } catch {
        return undefined;
      }
      at = end + 1;
    }
  }
  return { root, parts };
}
