/** The version as the start prints it: in a checkout, in a worktree, with packed refs, and where there is no git at all. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { findVersion } from "./find-version";

const root = mkdtempSync(join(tmpdir(), "claimcheck-version-"));
afterAll(() => rmSync(root, { recursive: true }));
const COMMIT = "0123456789abcdef0123456789abcdef01234567";

function project(name: string, files: Record<string, string>): string {
  const folder = join(root, name);
  for (const [path, text] of Object.entries({ "package.json": '{"version":"1.2.3"}', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

it.each<[what: string, files: Record<string, string>, version: string]>([
  ["a checkout", { ".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": `${COMMIT}\n` }, "1.2.3 (0123456)"],
  ["a commit that no branch names", { ".git/HEAD": `${COMMIT}\n` }, "1.2.3 (0123456)"],
  [
    "packed refs",
    { ".git/HEAD": "ref: refs/heads/main\n", ".git/packed-refs": `# pack-refs\n${COMMIT} refs/heads/main\n` },
    "1.2.3 (0123456)",
  ],
  [
    "a worktree",
    {
      ".git": "gitdir: ./main/.git/worktrees/w\n",
      "main/.git/worktrees/w/HEAD": "ref: refs/heads/other\n",
      "main/.git/worktrees/w/commondir": "../..\n",
      "main/.git/refs/heads/other": COMMIT,
    },
    "1.2.3 (0123456)",
  ],
  ["no git", {}, "1.2.3"],
  ["a branch without a commit", { ".git/HEAD": "ref: refs/heads/main\n" }, "1.2.3"],
  ["something else in its place", { ".git/HEAD": "<script>" }, "1.2.3"],
])("%s", (what, files, version) => {
  expect(findVersion(project(what, files))).toBe(version);
});
