/** Finds out which version of the desk this is: the release from package.json, and the commit where there is a checkout. Runs no program: git need not be installed. */
import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return undefined;
  }
}

/** The folder that git keeps its own in: for a worktree, a file says where. */
function gitFolder(root: string): string {
  const path = join(root, ".git");
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return path;
  return resolve(root, read(path)?.replace(/^gitdir: /, "") ?? "");
}

function commitOf(root: string): string | undefined {
  const folder = gitFolder(root);
  const head = read(join(folder, "HEAD"));
  const ref = head?.match(/^ref: (.+)$/)?.[1];
  if (!ref) return head;
  const common = resolve(folder, read(join(folder, "commondir")) ?? ".");
  const packed = () =>
    read(join(common, "packed-refs"))
      ?.split("\n")
      .find((line) => line.endsWith(` ${ref}`))
      ?.split(" ")[0];
  return read(join(folder, ref)) ?? read(join(common, ref)) ?? packed();
}

/** @param root the project's folder @returns `0.3.0 (c209d23)`, or `0.3.0` */
export function findVersion(root: string): string {
  // Our own, which npm refuses without one.
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const commit = commitOf(root);
  return commit && /^[0-9a-f]{40,64}$/.test(commit) ? `${version} (${commit.slice(0, 7)})` : version;
}
