import { describe, expect, it } from "vitest";
import { crc32, credentialsIn, holdsCredential, isCredential, writeCredential } from "./credential";

const bytes = (fill: number) => new Uint8Array(32).fill(fill);

describe("a credential's text", () => {
  it("has the check value of the standard's own example", () => {
    expect(crc32("123456789").toString(16)).toBe("cbf43926");
  });

  it("has always the same length, also of the smallest and the largest number", () => {
    for (const fill of [0, 1, 127, 255]) {
      const text = writeCredential(bytes(fill));
      expect(text).toMatch(/^cc_[0-9A-Za-z]{49}$/);
      expect(isCredential(text)).toBe(true);
    }
    expect(writeCredential(bytes(0)).slice(3, 46)).toBe("0".repeat(43));
  });

  it("is another for other bytes, and takes 32 of them", () => {
    expect(writeCredential(bytes(1))).not.toBe(writeCredential(bytes(2)));
    expect(() => writeCredential(new Uint8Array(31))).toThrow("32 bytes");
  });

  it("is known to be wrong wherever one character is another", () => {
    const text = writeCredential(bytes(7));
    for (let at = 3; at < text.length; at++) {
      const other = text.charAt(at) === "x" ? "y" : "x";
      expect(isCredential(text.slice(0, at) + other + text.slice(at + 1))).toBe(false);
    }
  });

  it.each(["", "cc_", `CC_${"0".repeat(49)}`, `cc_${"0".repeat(48)}`, `cc_${"0".repeat(50)}`, `cc_${"-".repeat(49)}`])(
    "%s is none",
    (text) => expect(isCredential(text)).toBe(false),
  );

  it("is found in a text, whatever is glued to it", () => {
    const text = writeCredential(bytes(9));
    expect(credentialsIn(`TOKEN="${text}"\nx${text}\n\n${text}x ${text}`)).toEqual([7, 62, 116, 170]);
    const wrong = `${text.slice(0, -1)}${text.endsWith("a") ? "b" : "a"}`;
    expect([holdsCredential(`a ${text}`), holdsCredential(`a ${wrong}`)]).toEqual([true, false]);
  });

  it.each([
    ...["Bearer%20", "a=1%0A", "v%2522", '{"env":"A=1\\n', "A\\t"],
    ...["\u001b[32m", '{"body":"\\u0022', "\\u003d", "\\x22"],
  ])("is found behind the escape of %s", (before) => {
    expect(credentialsIn(before + writeCredential(bytes(9)))).toEqual([before.length]);
  });

  it("is found 100,000 times in a line, and in a line each, in the test's time", () => {
    const text = writeCredential(bytes(9));
    for (const between of [" ", "\n"]) {
      const found = credentialsIn(`${Array(100_000).fill(text).join(between)}\n`);
      expect(found.at(-1)).toBe(99_999 * (text.length + 1));
    }
  });
});
