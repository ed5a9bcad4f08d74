/** How fast it is: `npm run bench [reading|browser|issue|http|batch|scale]`. Ratios within one run, and times and bytes measured against the production build. Judges nothing. */
import { measureBatch } from "./batch";
import { measureBrowser } from "./browser";
import { measureHttp } from "./http";
import { measureIssue } from "./issue";
import { measureReading } from "./reading";
import { measureScale } from "./scale";

const benches: Record<string, [title: string, measure: () => Promise<[string, string][]>]> = {
  reading: ["Reading and judging, as ratios (median of several runs)", measureReading],
  browser: ["In Chromium, /decode", measureBrowser],
  issue: [`Issuing, at 16 connections`, measureIssue],
  http: ["What programs are answered, at 16 connections (median of five runs in turn)", measureHttp],
  batch: ["A batch, in ratios (median of several runs)", measureBatch],
  scale: ["With a million tokens: time to the last byte, and its ratio to a thousand tokens", measureScale],
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !Object.hasOwn(benches, name));
if (unknown) throw new Error(`There is no bench "${unknown}"; there are ${Object.keys(benches).join(", ")}.`);

for (const [name, [title, measure]] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n${title}`);
  const lines = await measure();
  const width = Math.max(...lines.map(([label]) => label.length));
  for (const [label, value] of lines) console.log(`  ${label.padEnd(width)}  ${value}`);
}
