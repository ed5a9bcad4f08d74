/** How fast the decoder reads: ratios to JSON.parse and to jose within one run, and times and bytes measured in Chromium against the production build. Judges nothing. */
import { measureBrowser } from "./browser";
import { measureReading } from "./reading";

const rows = (title: string, lines: [string, string][]) => {
  console.log(`\n${title}`);
  const width = Math.max(...lines.map(([name]) => name.length));
  for (const [name, value] of lines) console.log(`  ${name.padEnd(width)}  ${value}`);
};

rows("Reading and judging, as ratios (median of several runs)", await measureReading());
rows("In Chromium, /decode", await measureBrowser());
