/** Which versions of Node start Claimcheck. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { checkNode } from "./check-node";
import { StartError } from "./start-error";

it.each(["20.19.0", "20.19.5", "20.20.2", "21.0.0", "22.12.0", "100.0.0"])("Node %s starts", (version) => {
  expect(() => checkNode(version)).not.toThrow();
});

it.each(["20.18.3", "20.9.0", "18.20.8", "19.99.0", "8.0.0"])(
  "Node %s is refused, and told what is needed",
  (version) => {
    const check = () => checkNode(version);
    expect(check).toThrow(StartError);
    expect(check).toThrow(`Node ${version} is too old: Claimcheck needs Node 20.19 or newer.`);
  },
);

it("is what package.json says", () => {
  const { engines } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
  const [oldest] = /\d+\.\d+\.\d+/.exec(engines.node) ?? [""];
  expect(() => checkNode(oldest)).not.toThrow();
  const [major = 0, minor = 0] = oldest.split(".").map(Number);
  expect(() => checkNode(`${major}.${minor - 1}.0`)).toThrow(StartError);
});
