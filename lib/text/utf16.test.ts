/** Without a mark, too, what Windows writes is read as what it says. */
import { expect, it } from "vitest";
import { textIn } from "./utf16";

const said = "TOKEN=eyJhbGciOiJIUzI1NiJ9.e30.x\r\n";
const le = (text: string) => Buffer.from(text, "utf16le");

it.each([
  ["little end first", le(said)],
  ["big end first", le(said).swap16()],
  ["with its mark", le(`\ufeff${said}`)],
  ["with the mark of the other end", le(`\ufeff${said}`).swap16()],
  ["UTF-8", Buffer.from(said)],
  ["UTF-8 with a mark", Buffer.from(`\ufeff${said}`)],
])("%s", (_, bytes) => {
  expect(textIn(new Uint8Array(bytes))).toBe(said);
});

it("takes no binary for it", () => {
  expect(textIn(new Uint8Array([0, 0, 1, 0, 0, 2]))).toContain("\0");
});
