import { expect, it } from "vitest";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { fillsInWords } from "./fills-words";

const said = (given: Record<string, string | string[]>) =>
  fillsInWords(videosdk, given).map(({ label, words }) => `${label}: ${words}`);

it("says it in the order and the words of the form, and nothing of what is left to whoever issues", () => {
  expect(said({ roles: ["rtc"], permissions: ["allow_join", "allow_mod"], roomId: "2kyv-gzay-64pg" })).toEqual([
    "Room ID: 2kyv-gzay-64pg",
    "May: Join directly, Moderate",
    "Good for: Meeting only",
  ]);
  expect(said({ permissions: ["ask_join"], roles: [], participantId: "" })).toEqual([
    "May: Ask to join",
    "Good for: Both",
  ]);
});

it("shows a name that the vendor has no more as it is", () => {
  expect(said({ permissions: ["allow_all"], roles: ["rtc", "old"] })).toEqual([
    "May: allow_all",
    "Good for: Meeting, old",
  ]);
});
