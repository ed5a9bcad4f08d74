"use client";
/** Remembers in this browser what one put a token into last: names of targets, never a token. */
import { useState } from "react";

const NAME = "put-into";

export const ways = ["line", "command", "link", "qr", "hand-over", "code"] as const;
export type Way = (typeof ways)[number];

/** `line` and `code`: the id of the last one of each. */
export type Choice = { way: Way; line: string; code: string };

const first: Choice = { way: "line", line: "", code: "" };

/** Storage may be forbidden, or hold anything. */
function remembered(): Choice {
  try {
    const { way, line, code } = JSON.parse(localStorage.getItem(NAME) ?? "{}");
    return {
      way: ways.find((each) => each === way) ?? first.way,
      line: typeof line === "string" ? line : "",
      code: typeof code === "string" ? code : "",
    };
  } catch {
    return first;
  }
}

/** For what is shown in the browser alone. */
export function useLastChoice(): [Choice, (some: Partial<Choice>) => void] {
  const [choice, setChoice] = useState(remembered);
  return [
    choice,
    (some) => {
      const next = { ...choice, ...some };
      setChoice(next);
      try {
        localStorage.setItem(NAME, JSON.stringify(next));
      } catch {
        // It is then chosen anew each time.
      }
    },
  ];
}
