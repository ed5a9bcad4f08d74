/** When fewer tokens would be concerned, in a sentence. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { fallOf } from "@/lib/keys/fall";
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

test("where there are too many to know, that: of their end, and of where and for what they are", () => {
  expect(sentence(undefined)).toBe("How that falls is told up to 10,000 tokens.");
  const holders = { people: [], active: 31_204, all: true, listed: true };
  const shown = createElement(Concerned, { keyId: "k", holders, fall: undefined, at: 0, use: undefined });
  expect(textOf(renderToStaticMarkup(shown))).toContain(
    "Where and for what they are used is told up to 10,000 tokens.",
  );
});
