/** What the production build serves, by its own manifests: its pages and routes, and its server actions. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./server";

function read<Manifest>(name: string, root = ROOT): Manifest {
  return JSON.parse(readFileSync(join(root, ".next", name), "utf8")) as Manifest;
}

/** Addresses as Next writes them: `/keys/[id]`. */
export function pathsOfBuild(): string[] {
  return Object.values(read<Record<string, string>>("app-path-routes-manifest.json"));
}

/** @param root the project's folder, this one by default @returns the id of each action, by the name of its function @throws Error where two have one name: the second would be tried by nobody */
export function actionsOfBuild(root?: string): Map<string, string> {
  type Actions = Record<string, { exportedName: string }>;
  const { node, edge } = read<Record<"node" | "edge", Actions>>("server/server-reference-manifest.json", root);
  const actions = Object.entries({ ...node, ...edge });
  const ids = new Map(actions.map(([id, { exportedName }]) => [exportedName, id]));
  if (ids.size < actions.length) throw new Error("Two server actions have the same name. Give one another.");
  return ids;
}
