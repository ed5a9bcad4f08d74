/** A copy of this checkout with one page more, whose action does nothing: what Next itself takes for an action is measured in the same build as the desk's. The checkout's own build never has it. */
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { actionsOfBuild } from "../e2e/stage/build-manifest";
import { ROOT } from "../e2e/stage/server";
import { ensureBuild } from "../lib/start/ensure-build";
import { linkIfPossible } from "../prisma/copy-database";

/** Each of them a checkout's own, and of no use to a build; what is installed is linked. */
const LEFT_OUT = /^(node_modules|\.git|\.next|data|test-results|playwright-report|\.env|backup\..*)$/;

const PAGE = {
  "actions.ts": '"use server";\nexport async function emptyAction() {}\n',
  "page.tsx": [
    'import { emptyAction } from "./actions";',
    "export default function EmptyPage() {",
    "  return <form action={emptyAction} />;",
    "}\n",
  ].join("\n"),
};

export type Copy = {
  /** The project's folder, built. */
  root: string;
  empty: { path: string; headers: Record<string, string> };
  remove: () => void;
};

/** Next follows no link out of a project: each file has a second name, or where the disk has no such names is copied. */
function linkTree(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else if (!linkIfPossible(source, target)) copyFileSync(source, target);
  }
}

/** Takes a minute. */
export function copyWithEmptyAction(): Copy {
  const root = mkdtempSync(join(tmpdir(), "claimcheck-bench-"));
  const remove = () => rmSync(root, { recursive: true, force: true });
  try {
    cpSync(ROOT, root, {
      recursive: true,
      filter: (path) => !LEFT_OUT.test(relative(ROOT, path)),
    });
    linkTree(join(ROOT, "node_modules"), join(root, "node_modules"));
    const folder = join(root, "app/empty");
    mkdirSync(folder);
    for (const [name, text] of Object.entries(PAGE)) writeFileSync(join(folder, name), text);
    ensureBuild(root);
    const id = actionsOfBuild(root).get("emptyAction");
    if (!id) throw new Error("The build has no empty action.");
    const headers = { "next-action": id, "content-type": "text/plain;charset=UTF-8", accept: "text/x-component" };
    return { root, empty: { path: "/empty", headers }, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
