/** Makes one file of the command line, for machines that have Node and not this checkout: `npm run build:cli`. */
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const ROOT = join(import.meta.dirname, "../..");

/** @param outfile where it goes */
export async function bundle(outfile: string): Promise<void> {
  await build({
    ...{ entryPoints: [join(ROOT, "lib/cli/main.ts")], outfile, bundle: true, minify: true },
    ...{ platform: "node", target: "node20", format: "esm", legalComments: "none", logLevel: "warning" },
    banner: { js: "#!/usr/bin/env node" },
    tsconfig: join(ROOT, "tsconfig.json"),
  });
  chmodSync(outfile, 0o755);
}

if (process.argv[1] === import.meta.filename) await bundle(join(ROOT, "dist/claimcheck.mjs"));
