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

const STEP = /\.([A-Za-z_$][\w$-]*)|\[(\d{1,15})\]|\[("(?:[^"\\]|\\.)*")\]/y;

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
    if (step[1] !== undefined) parts.push(step[1]);
    else if (step[2] !== undefined) parts.push(Number(step[2]));
    else {
      try {
        // The step matched a text in double quotes: JSON makes a string of it, or throws.
        parts.push(JSON.parse(step[3] ?? "") as string);
      } catch {
        return undefined;
      }
    }
    at = STEP.lastIndex;
  }
  return { root, parts };
}
