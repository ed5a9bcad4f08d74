/** Generates the Prisma client when there is none, or when it was made from another schema. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { StartError } from "./start-error";

/** @param root the project's folder @throws StartError with what the generator said */
export function ensureClient(root: string): void {
  const manifest = createRequire(join(root, "package.json")).resolve("prisma/package.json");
  const current = createHash("sha256")
    .update(readFileSync(join(root, "prisma/schema.prisma")))
    .update(readFileSync(manifest))
    .digest("hex");
  const stamp = join(root, "prisma/generated/sources.sha256");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === current) return;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(dirname(manifest), "build/index.js"), "generate"],
    {
      cwd: root,
      encoding: "utf8",
      env: {
        ...process.env,
        // Generating never runs the schema engine, but the CLI would download it unless an existing file is named.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    },
  );
  if (status !== 0) throw new StartError(`The Prisma client could not be generated:\n${stdout}${stderr}`.trim());
  writeFileSync(stamp, current);
}
