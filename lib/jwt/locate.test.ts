import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { JsonNode } from "./json";
import { locatorOf } from "./locate";
import { formatPath, type PathPart, parsePath } from "./path";
import { toPasted, toToken } from "./positions";
import { readToken, type TokenReading } from "./read";
import { readUtf8 } from "./utf8";

// Many runs, and perhaps a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const encode = (text: string): string => Buffer.from(text).toString("base64url");
const craft = (payload: string): string => `${encode('{"alg":"HS256"}')}.${encode(payload)}.${"A".repeat(43)}`;
const read = (text: string): TokenReading => {
  const reading = readToken(text);
  if (reading.kind !== "token") throw new Error(reading.kind);
  return reading;
};

/** The bytes that a range of pasted text carries: exactly those of which it holds a bit. */
function carried(reading: TokenReading, name: "header" | "payload", range: { start: number; end: number }): Buffer {
  const { tokenRange, bytes } = reading.segments[name] as NonNullable<TokenReading["segments"]["payload"]>;
  const first = toToken(reading.runs, range.start) - tokenRange.start;
  const last = toToken(reading.runs, range.end - 1) - tokenRange.start;
  return Buffer.from(bytes.slice(Math.floor((first * 6) / 8), Math.ceil(((last + 1) * 6) / 8)));
}

function* members(node: JsonNode, parts: PathPart[] = []): Generator<PathPart[]> {
  if (node.kind === "object") {
    for (const entry of node.entries) {
      yield [...parts, entry.key];
      yield* members(entry.value, [...parts, entry.key]);
    }
  }
  if (node.kind === "array") {
    for (const [index, item] of node.items.entries()) {
      yield [...parts, index];
      yield* members(item, [...parts, index]);
    }
  }
}

test("a path to a member covers its name and value, in the JSON and in the pasted text", () => {
  const pasted = `Bearer ${craft('{"a b":[1,{"é":"😀€"}],"exp":17}')}`;
  const reading = read(pasted);
  const json = reading.segments.payload?.text ?? "";
  const inJson = (path: string) => {
    const place = reading.locateInJson("payload", path);
    return place && json.slice(place.start, place.end);
  };
  expect(inJson("payload.exp")).toBe('"exp":17');
  expect(inJson('payload["a b"]')).toBe('"a b":[1,{"é":"😀€"}]');
  expect(inJson('payload["a b"][1]["é"]')).toBe('"é":"😀€"');
  expect(inJson('payload["a b"][0]')).toBe("1");
  expect(inJson("payload")).toBe(json);
  for (const none of ["payload.gone", "payload[0]", "header.exp", "payload..", "", "nonsense", "payload.exp.x"]) {
    expect(inJson(none)).toBeUndefined();
  }
  const place = reading.locate("payload.exp");
  expect(place && carried(reading, "payload", place).toString()).toContain('"exp":17');
  expect(reading.locate("signature")).toEqual({ start: pasted.length - 43, end: pasted.length });
});

test("of duplicate names a path means the last, whose value counts", () => {
  const reading = read(craft('{"a":1,"b":{"c":2},"a":3,"b":{"c":[4,5]}}'));
  const json = reading.segments.payload?.text ?? "";
  for (const [path, member] of [
    ["payload.a", '"a":3'],
    ["payload.b", '"b":{"c":[4,5]}'],
    ["payload.b.c[1]", "5"],
  ] as const) {
    const place = reading.locateInJson("payload", path);
    expect(place && json.slice(place.start, place.end), path).toBe(member);
    const pasted = reading.locate(path);
    expect(pasted && carried(reading, "payload", pasted).toString(), path).toContain(member);
  }
});

test("every member of any payload: its range, in a token with breaks and wrapping, carries exactly its text, and leads back to its path", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("é", "😀", "a b", '"', "]", "__proto__"));
  const value = fc.jsonValue({ maxDepth: 4, stringUnit: "binary" });
  fc.assert(
    fc.property(
      fc.dictionary(text, value),
      fc.integer({ min: 5, max: 200 }),
      fc.boolean(),
      (claims, width, wrapped) => {
        const bare = craft(JSON.stringify(claims));
        const pasted = wrapped ? `x: '${(bare.match(new RegExp(`.{1,${width}}`, "g")) ?? []).join("\n  ")}';` : bare;
        const reading = read(pasted);
        const root = reading.segments.payload?.root as JsonNode;
        const json = reading.segments.payload?.text ?? "";
        for (const parts of members(root)) {
          const path = formatPath("payload", parts);
          if (JSON.stringify(parsePath(path)) !== JSON.stringify({ root: "payload", parts }))
            expect(parsePath(path)).toEqual(parts);
          const inJson = reading.locateInJson("payload", path) as { start: number; end: number };
          const range = reading.locate(path) as { start: number; end: number };
          if (range.start < 0 || range.end > pasted.length || range.start >= range.end)
            expect([path, range]).toBe("within the text");
          const member = Buffer.from(json.slice(inJson.start, inJson.end));
          const found = carried(reading, "payload", range);
          // A character that two bytes share may bring one neighbour byte along on each side.
          expect(found.length - member.length).toBeLessThanOrEqual(2);
          expect(found.indexOf(member)).toBeGreaterThanOrEqual(0);
          expect(found.indexOf(member)).toBeLessThanOrEqual(1);
          const middle = toMiddle(reading, inJson.start);
          if (!reading.pathAt(middle)?.startsWith(path)) expect([path, reading.pathAt(middle)]).toBe("the same");
        }
      },
    ),
    { numRuns: 200 },
  );
});

/** The pasted offset of the character that carries most of the first byte of a JSON character. */
function toMiddle(reading: TokenReading, jsonOffset: number): number {
  const { text, tokenRange } = reading.segments.payload as NonNullable<TokenReading["segments"]["payload"]>;
  const byte = Buffer.byteLength(text.slice(0, jsonOffset));
  const token = tokenRange.start + Math.floor((byte * 8 + 4) / 6);
  return toPasted(reading.runs, token);
}

test("pathAt names the segment where there is no member, and nothing outside", () => {
  const bare = craft('{"a":1}');
  const reading = read(` ${bare}`);
  expect(reading.pathAt(0)).toBeUndefined();
  expect(reading.pathAt(1)).toBe("header");
  expect(reading.pathAt(bare.indexOf(".") + 1)).toBeUndefined();
  expect(reading.pathAt(bare.length)).toBe("signature");
  expect(reading.pathAt(bare.length + 1)).toBeUndefined();
});

test("the parts survive structuredClone, and give the same places", () => {
  const { locate, locateInJson, pathAt, ...parts } = read(craft('{"ü":[1,2]}'));
  const there = locatorOf(structuredClone(parts));
  expect(there.locate('payload["ü"][1]')).toEqual(locate('payload["ü"][1]'));
  expect(there.locateInJson("payload", 'payload["ü"]')).toEqual(locateInJson("payload", 'payload["ü"]'));
  expect(there.pathAt(30)).toBe(pathAt(30));
});

test("places behind many characters of several bytes are exact", () => {
  const json = JSON.stringify({ a: "é€😀".repeat(3000), z: "last" });
  const reading = read(craft(json));
  const place = reading.locate("payload.z");
  expect(place && carried(reading, "payload", place).toString()).toContain('"z":"last"');
  expect(readUtf8(Buffer.from(json)).byteIndex?.length).toBe(Math.ceil(json.length / 1024));
});

test.each(["a ", '"', "\\"])("a name of millions of %j is found", (unit) => {
  const name = unit.repeat(8_000_000);
  const path = formatPath("payload", [name, 1]);
  // Compared here: a name that differs would be written out.
  expect(parsePath(path)?.parts.map((part, index) => part === [name, 1][index])).toEqual([true, true]);
  expect(parsePath(path.slice(0, -"]".length - "[1]".length))).toBeUndefined();
});
