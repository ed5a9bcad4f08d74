/** Builds when there is no build, or when it was made from other sources. Knows sources by their content, so that a checkout's times mean nothing. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { packFiles } from "./packed-files";
import { StartError } from "./start-error";

const SOURCES = [
  "app",
  "components",
  "lib",
  "prisma/schema.prisma",
  "package-lock.json",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
];

/** SHA-256 over every source's path and content. */
function hashSources(root: string): string {
  const hash = createHash("sha256");
  const visit = (path: string) => {
    if (statSync(join(root, path)).isDirectory()) {
      for (const name of readdirSync(join(root, path)).sort()) visit(`${path}/${name}`);
    } else if (!path.endsWith(".test.ts")) {
      hash.update(`${path}\n`).update(readFileSync(join(root, path)));
    }
  };
  SOURCES.forEach(visit);
  return hash.digest("hex");
}

/**
 * @param root the project's folder
 * @param force builds in any case
 * @throws StartError when the build fails; the build's own output has said why
 */
export function ensureBuild(root: string, force = false): void {
  const stamp = join(root, ".next/sources.sha256");
  const current = hashSources(root);
  if (
    !force &&
    existsSync(join(root, ".next/BUILD_ID")) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === current
  )
    return;
  console.log("Building. This takes about a minute, once.");
  const next = createRequire(join(root, "package.json")).resolve("next/dist/bin/next");
  const { status } = spawnSync(process.execPath, [next, "build"], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (status !== 0) throw new StartError("The build failed; the lines above say why.");
  packFiles(root);
  writeFileSync(stamp, current);
}

if (process.argv[1] === import.meta.filename) ensureBuild(join(import.meta.dirname, "../.."), true);
