import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { memoryFolder } from "./e2e/stage/memory-folder";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["lib/**/*.test.ts", "prisma/**/*.test.ts", "components/**/*.test.ts"],
    env: { TMPDIR: memoryFolder() },
    setupFiles: ["lib/test-seed.ts"],
    restoreMocks: true,
    pool: "threads",
    // Nothing else runs meanwhile; without it one core stays idle.
    maxWorkers: "100%",
    // Judged by what they do, not by how fast: a busy machine takes many times as long.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
