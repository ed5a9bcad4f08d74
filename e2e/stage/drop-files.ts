/** Files that are dragged in from another program and let go over the page, as Chromium is told of it. */
import { mkdirSync, writeFileSync } from "node:fs";
import { type Page, test } from "@playwright/test";

/** @param files name and content of each; they stay with what else the story leaves, since the page reads them later */
export async function dropFiles(page: Page, files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  mkdirSync(test.info().outputDir, { recursive: true });
  const paths = Object.entries(files).map(([name, content]) => {
    const path = test.info().outputPath(name);
    writeFileSync(path, content);
    return path;
  });
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await session.send("Input.dispatchDragEvent", { type, x: 200, y: 300, data });
  await session.detach();
}
