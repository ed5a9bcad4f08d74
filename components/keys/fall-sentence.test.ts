/** When fewer tokens would be concerned, in a sentence. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { fallAmong, fallOf, fallOfLast } from "@/lib/keys/fall";
import { Concerned } from "./concerned";
import { FallSentence } from "./fall-sentence";

const textOf = (html: string) => html.replace(/<[^>]*>/g, "");
const sentence = (fall: Parameters<typeof FallSentence>[0]["fall"]) =>
  textOf(renderToStaticMarkup(createElement(FallSentence, { fall })));

test("where waiting helps, from when on; nothing where it does not", () => {
  expect(sentence(fallOf([1_764_000_000, 1_764_000_000, 1_764_000_000, 1_764_090_000]))).toMatch(
    /^After .* it is 1\.$/,
  );
  expect(sentence(fallOf([1_764_000_000]))).toBe("");
});

test("of more than were gone through, words and picture tell the tail, and that rooms and purposes are of those that end last", () => {
  const fall = fallOfLast([1_764_000_000, ...Array(2).fill(1_764_090_000), 1_764_190_000]);
  const holders = { people: [], active: 31_204, all: true, listed: true };
  const use = { rooms: { told: [], others: 0 }, purposes: { told: [], others: 0 }, goneThrough: 10_000 };
  const shown = (told: typeof fall) =>
    textOf(renderToStaticMarkup(createElement(Concerned, { keyId: "k", holders, fall: told, at: 0, use })));
  expect(shown(fall)).toMatch(/^3\+ now3 after .*1 after .*0 after /);
  const among = fallAmong(fall, holders);
  expect(shown(among)).toMatch(/^31,204 now3 after /);
  expect(shown(among)).toContain("Rooms and purposes are those of the 10,000 that end last.");
  expect(sentence(among)).toMatch(/^After .* it is 3\.$/);
});
