import { expect, test, vi } from "vitest";
import { decodeReading } from "@/lib/decoder/decode";
import { readToken } from "@/lib/jwt/read";
import { otherReadings } from "@/lib/scan/other-readings";
import { scanText } from "@/lib/scan/scan";
import { secretCandidates } from "@/lib/scan/secret-candidates";
import { forEachWholeValue } from "@/lib/scan/whole-values";

// Ten million characters, and perhaps a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const NOW = 1_795_500_000;
const known = [{ fingerprint: "0123456789ab", keyId: "key", label: "Staging", profile: "videosdk", retired: false }];
const base64url = (text: string) => Buffer.from(text).toString("base64url");
const HEADER = base64url('{"alg":"HS256"}');
const tokenOf = (payload: string) => `${HEADER}.${base64url(payload)}.${"A".repeat(43)}`;
const fill = (size: number, unit: (index: number) => string) => {
  const units: string[] = [];
  for (let length = 0; length < size; ) length += units[units.push(unit(units.length)) - 1]?.length ?? size;
  return units.join("");
};
const hash = (index: number) => index.toString(16).padStart(8, "0").repeat(8);

/** A byte that is in no text ends each, as an accent of Latin-1 does. */
const base64OfTexts = (size: number) =>
  Buffer.from(
    fill(size * 0.7, (n) => `${"a?a?a?".repeat(6)}${n}\xff`),
    "latin1",
  ).toString("base64");

const decode = (text: string) => decodeReading(readToken(text), { server: { state: "pending" }, now: NOW });
const scan = (text: string) => scanText(text, { now: NOW, fingerprints: known });

const SIZE = 30_000;
const TIMES = 8;
/** The square of eight is 64; between them lie garbage collection and other processes. */
const MOST_GROWTH = 28;
const ATTEMPTS = 4;

async function timeOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

test.each<[what: string, work: (text: string) => unknown, text: (size: number) => string]>([
  ["tokens inside a claim", scan, (size) => tokenOf(`{"apikey":"${fill(size, () => "eyJhbGciOjB9.e30.a ")}"}`)],
  [
    "distinct tokens inside a claim",
    scan,
    (size) => tokenOf(`{"jti":"${fill(size, (n) => `eyJhbGciOjB9.e30.${n} `)}"}`),
  ],
  ["runs with slashes", scan, (size) => fill(size, (n) => `${"a/".repeat(60)}${n}\n`)],
  ["digits in groups", scan, (size) => fill(size, () => "deadbeef ")],
  ["base64 in one line", scan, (size) => Buffer.from(fill(size, (n) => `A${n}=1\n`)).toString("base64")],
  ["base64 in lines, each behind a word", scan, (size) => fill(size, (n) => `web-1 ${hash(n)}${hash(n + 1)}\n`)],
  ["lines of base64 of one text each", scan, (size) => fill(size, (n) => `${btoa(`user:${n}, and whatever else`)}\n`)],
  ["base64 of many texts, in lines", scan, (size) => base64OfTexts(size).replace(/.{76}/g, "$&\n")],
  ["base64 of many texts, in JSON of PHP", scan, (size) => `"${base64OfTexts(size).replaceAll("/", "\\/")}"`],
  ["base64 in base64", scan, (size) => btoa(btoa(btoa(btoa(fill(size, (n) => `A${n}=1\n`)))))],
  ["words below a line of base64", scan, (size) => `${"QUJD".repeat(20)}\n${fill(size, () => "ab QUJD\n")}`],
  ["breaks inside a token", decode, (size) => `${HEADER}.e30.${fill(size, () => "A \\n")}`],
  ["wrong permissions", decode, (size) => tokenOf(`{"permissions":[${fill(size, (n) => `"x${n}",`)}""]}`)],
  ["duplicate names", decode, (size) => tokenOf(`{${fill(size, () => '"k":1,')}"k":1}`)],
  ["nested arrays", decode, (size) => tokenOf(`{"a":${"[".repeat(5 * size)}${"]".repeat(5 * size)}}`)],
])("%s: eight times the text takes about eight times as long", async (_, work, text) => {
  const [short, long] = [text(SIZE), text(SIZE * TIMES)];
  let growth = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS && growth > MOST_GROWTH; attempt++) {
    const one = Math.min(await timeOf(() => work(short)), await timeOf(() => work(short)));
    const eight = Math.min(await timeOf(() => work(long)), await timeOf(() => work(long)));
    growth = Math.min(growth, eight / one);
  }
  expect(growth).toBeLessThanOrEqual(MOST_GROWTH);
});

// A program may send as much to be inspected, and all others wait meanwhile: from each start on, the value would be walked to its end.
test("what begins like a token again and again is looked through as fast as other letters", async () => {
  const linesOf = (unit: string) => fill(65_000, () => `a=/b=/c=/d=/e=/${unit.repeat(332)}&@x\n`);
  const [starts, letters] = [linesOf("eyJ"), linesOf("eyK")];
  let times = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS && times > 8; attempt++) {
    const plain = await timeOf(() => forEachWholeValue(letters, () => {}));
    times = Math.min(times, (await timeOf(() => forEachWholeValue(starts, () => {}))) / plain);
  }
  expect(times).toBeLessThanOrEqual(8);
});

// Each eight digits would be read again with the seven groups before them: seven times the text.
test.each<[what: string, unit: (index: number) => string]>([
  ["a word of a memory", () => "deadbeef "],
  ["two words of a memory", () => "deadbeef cafebabe "],
  ["different words", (index) => `${hash(index * 7_919).slice(0, 8)} `],
  ["percent signs that were escaped three times", () => "%25252541"],
  ["a mail's lines that go on", () => `${"QUJD".repeat(18)}=\n`],
])("of %s not more than twice the text is read", (_, unit) => {
  const text = fill(1_000_000, unit);
  const read = otherReadings(text).reduce((length, reading) => length + reading.text.length, 0);
  expect(read).toBeLessThanOrEqual(2 * text.length);
});

test("digits in two lines are found behind a megabyte of the same groups", () => {
  const [one, two] = ["0123456789abcdef".repeat(2), "fedcba9876543210".repeat(2)];
  expect([...secretCandidates(`${fill(1_000_000, () => "deadbeef ")}\n-\nis\n${one}\n${two}\n`).keys()]).toContain(
    one + two,
  );
});

test.each([
  ["blanks behind the start of a token", `eyJ${" ".repeat(10_000_000)}x`],
  ["escaped line breaks behind the start of a token", `eyJ${"\\n".repeat(5_000_000)}x`],
  ["segments of one letter, and no token", `${"a.".repeat(5_000_000)}!`],
  ["segments with padding", `ey${"a=.".repeat(3_000_000)} a`],
])("10 MB of %s are read without an exception", (_, text) => {
  expect(() => readToken(text)).not.toThrow();
});

test("hashes without a slash are not searched to the end of the text, one after the other", () => {
  const text = fill(500_000, (index) => `${hash(index)}\n`);
  const indexOf = String.prototype.indexOf;
  let searched = 0;
  vi.spyOn(String.prototype, "indexOf").mockImplementation(function (this: string, wanted, from = 0) {
    const at = indexOf.call(this, wanted, from);
    searched += (at < 0 ? this.length : at) - from;
    return at;
  });
  secretCandidates(text);
  vi.restoreAllMocks();
  expect(searched).toBeLessThanOrEqual(text.length);
});

test("10 MB of a hex dump are searched in the test's time: not from its last line for every candidate", () => {
  const words = Buffer.from(fill(2_500_000, (index) => `${hash(index)}\n`)).toString("hex");
  const text = fill(10_000_000, (index) => {
    const bytes = words.slice(index * 32, index * 32 + 32).replace(/.{4}/g, "$& ");
    return `${index.toString(16).padStart(8, "0")}: ${bytes.padEnd(40, "6161 ")}\n`;
  });
  expect(secretCandidates(text)).toBeDefined();
});
