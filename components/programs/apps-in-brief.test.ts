/** What a form says of the vendor's example apps. */
import { expect, test } from "vitest";
import type { Met } from "@/lib/endpoints/judge-app";
import { profileOf } from "@/lib/profiles/registry";
import { appsInBrief } from "./apps-in-brief";

const open: Met = {
  ...{ roomFrom: "optional", room: null, subject: "optional", asks: [], joins: "yes" },
  ...{ origins: ["*"], reach: ["rest", "any-room"] },
};

test.each<[string, Partial<Met>, string]>([
  ["begins with", { roomFrom: "required", origins: [], reach: [] }, "none of VideoSDK's example apps is known to work"],
  [
    "gives all",
    {},
    "those for React, React Native, Flutter and Android work; those for JavaScript and iOS join a room",
  ],
  ["gives no REST", { reach: ["any-room"] }, "as they stand, those for iOS join a room, and make none."],
])("of an endpoint that %s", (_, change, said) => {
  expect(appsInBrief(profileOf("videosdk"), { ...open, ...change })).toContain(said);
});
