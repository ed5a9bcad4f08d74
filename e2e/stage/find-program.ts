/** Finds a program that this machine has. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** @returns the path of the first that is in reach; undefined when there is none */
export function findProgram(names: readonly string[]): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin"].filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
}
