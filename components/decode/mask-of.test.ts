/** What nobody looking on should read is masked, also where a token that is cut takes it for its rest; in linear time. */
import { expect, it } from "vitest";
import { readToken } from "@/lib/jwt/read";
import { maskOf } from "./mask-of";

const token = `${btoa('{"alg":"HS256"}').replaceAll("=", "")}.${btoa('{"apikey":"k"}')}.${"x".repeat(43)}`;
const at = (line: number, column: number, inToken = false) => ({ line, column, inToken });

it.each([
  ["nothing stands there", token, [], undefined],
  ["it stands in the token", token, [at(1, 30, true)], undefined],
  ["before the token", `S=1\n${token}`, [at(1, 3)], "around"],
  ["behind it, in its line", `T=${token} S=1`, [at(1, token.length + 6)], "around"],
  ["in the next line, which the token takes", `${token.slice(0, -9)}\n123456789`, [at(2, 1)], "all"],
  ["in the next line, glued", `${token.slice(0, -9)}12345678`, [at(1, token.length - 8)], "all"],
  ["there is no token", "S=1", [at(1, 3)], "all"],
] as const)("%s", (_, pasted, held, masked) => {
  expect(maskOf(readToken(pasted), pasted, held)).toBe(masked);
});

it("a credential in each of a million lines costs no more than they are", () => {
  const pasted = `${token}\n${"a\n".repeat(1_000_000)}`;
  const reading = readToken(`${token}\n`);
  // Line by line for each, this would take hours.
  const held = Array.from({ length: 1_000_000 }, (_, line) => at(line + 2, 1));
  expect(maskOf(reading, pasted, held)).toBe("around");
});
