/** A copy of this checkout with one page more, whose action does nothing: what Next itself takes for an action is measured in the same build as the desk's. The checkout's own build never has it. */
import { constants, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { actionsOfBuild } from "../e2e/stage/build-manifest";
import { memoryFolder } from "../e2e/stage/memory-folder";
import { ROOT } from "../e2e/stage/server";
import { ensureBuild } from "../lib/start/ensure-build";

/** Each of them a checkout's own, and of no use to a build. */
const LEFT_OUT = /^(\.git|\.next|data|test-results|playwright-report|\.env|backup\..*)$/;

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

/** Takes a minute, and as much room as node_modules: Next does not follow links out of a project. */
export function copyWithEmptyAction(): Copy {
  const root = mkdtempSync(join(memoryFolder(), "claimcheck-bench-"));
  const remove = () => rmSync(root, { recursive: true, force: true });
  try {
    cpSync(ROOT, root, {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
      filter: (path) => !LEFT_OUT.test(relative(ROOT, path)),
    });
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
