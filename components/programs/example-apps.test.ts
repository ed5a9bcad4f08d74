/** What is said of the vendor's example apps beside an endpoint's address. */
import { expect, test } from "vitest";
import { profileOf } from "@/lib/profiles/registry";
import { obstaclesOf } from "./example-apps";

const vendor = profileOf("videosdk");

test("an endpoint as it begins says what keeps the example apps from working", () => {
  const said = obstaclesOf({ roomFrom: "required", subject: "optional", origins: [], reach: [] }, vendor);
  expect(said).toEqual([
    expect.stringContaining("?roomId=…"),
    expect.stringContaining("React and JavaScript run in a browser"),
    expect.stringContaining("may not call VideoSDK's REST API"),
  ]);
});

test("one that asks for a participant says so; one that they can use has nothing to say", () => {
  const open = { roomFrom: "optional", origins: ["https://app.example.com"], reach: ["rest", "any-room"] } as const;
  const fits = { ...open, origins: [...open.origins], reach: [...open.reach], subject: { own: "kiosk" } };
  expect(obstaclesOf(fits, vendor)).toEqual([]);
  expect(obstaclesOf({ ...fits, subject: "required" }, vendor)).toEqual([expect.stringContaining("?peerId=…")]);
});
