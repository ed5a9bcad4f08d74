/** Which versions of Node start Claimcheck. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { checkNode } from "./check-node";
import { StartError } from "./start-error";

it.each(["20.19.0", "20.20.2", "22.14.0", "22.23.3", "24.0.0", "24.21.0", "25.1.0", "26.0.0", "100.0.0"])(
  "Node %s starts",
  (version) => {
    expect(() => checkNode(version)).not.toThrow();
  },
);

it.each([
  ...["20.18.3", "20.9.0", "18.20.8", "19.99.0", "8.0.0"],
  ...["21.0.0", "21.7.3", "22.0.0", "22.13.1", "23.0.0", "23.11.1"],
])("Node %s is refused with one line that says what is needed", (version) => {
  const check = () => checkNode(version);
  expect(check).toThrow(StartError);
  expect(check).toThrow(
    `Claimcheck does not run on Node ${version}. Use Node 24 or newer; 22 from 22.14 on and 20 from 20.19 on work too.`,
  );
});

it("is what package.json says to npm", () => {
  const { engines } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
  const ranges = (engines.node as string).split(" || ");
  expect(ranges.map((range) => range.replace(/[\d.]+/, ""))).toEqual(["^", "^", ">="]);
  for (const range of ranges) {
    const [major = 0, minor = 0] = (/[\d.]+/.exec(range)?.[0] ?? "").split(".").map(Number);
    expect(() => checkNode(`${major}.${minor}.0`)).not.toThrow();
    expect(() => checkNode(minor > 0 ? `${major}.${minor - 1}.9` : `${major - 1}.99.0`)).toThrow(StartError);
  }
});
