/** What is said of the vendor's example apps, as what they do meets an endpoint. */
import { describe, expect, it } from "vitest";
import { profileOf } from "@/lib/profiles/registry";
import { tokenServerOf } from "@/lib/profiles/token-servers";
import { judgeApp, type Met } from "./judge-app";

const vendor = profileOf("videosdk");
const server = tokenServerOf(vendor.id);

/** One that the apps can use: no roles, any room, a page that may ask. */
const open: Met = {
  ...{ roomFrom: "optional", room: null, subject: "optional", asks: [], joins: "yes" },
  ...{ origins: ["https://app.example.com"], reach: ["moderate", "rest", "any-room"] },
};

function judged(change: Partial<Met>) {
  const all = server.lines.map((line) => [line.id, judgeApp({ ...open, ...change }, line, server, vendor)] as const);
  const comes = Object.fromEntries(all.map(([id, { comes: far }]) => [id, far]));
  const says = Object.fromEntries(all.map(([id, { says: said }]) => [id, said.join(" ")]));
  return { comes, says };
}

describe("an example app, as it stands", () => {
  it("works with an endpoint that gives whatever it does, but where it asks for more than a token", () => {
    const { comes, says } = judged({});
    expect(comes).toEqual({
      ...{ react: "all the way", "react-native": "all the way", flutter: "all the way", android: "all the way" },
      ...{ javascript: "joins", ios: "joins" },
    });
    expect(says.javascript).toContain("`createMeeting`");
    expect(says.ios).toContain("before it asks for a token");
    expect(says.react).toBe("Its page must come from an allowed origin.");
    expect(judged({ origins: ["*"] }).says.react).toBe("");
  });

  it("gets no token where a call must name what it does not, or its page may not ask", () => {
    const { comes, says } = judged({ roomFrom: "required", origins: [], reach: [] });
    expect(new Set(Object.values(comes))).toEqual(new Set(["no token"]));
    expect(says.react).toMatch(
      /names no room.*`get-token\?roomId=…`.*no page of another site.*makes rooms, and checks/,
    );
    expect(says.android).not.toContain("browser");
    const asked = judged({ asks: ["room", "subject"], subject: "required" });
    expect(new Set(Object.values(asked.comes))).toEqual(new Set(["no token"]));
    expect(asked.says.ios).toMatch(/as the key's policy has .*`get-token\?roomId=…`.*`get-token\?peerId=…`/);
  });

  it("comes into no room with a token that joins none, or that may not ask about one; what asks about none does", () => {
    const server = judged({ joins: "no", reach: ["rest"] });
    expect(new Set(Object.values(server.comes))).toEqual(new Set(["nowhere"]));
    expect(server.says.react).toContain("Nobody joins");
    const rtc = judged({ reach: ["any-room"] });
    expect(rtc.comes).toMatchObject({ react: "nowhere", javascript: "nowhere", ios: "joins" });
    expect(rtc.says.react).toContain("Choose a template that may.");
    expect(judged({ reach: ["any-room"], joins: "asks-first" }).says.ios).toContain("waits to be let in");
  });

  it("joins the one room that its tokens are for, and none that it makes", () => {
    const { comes, says } = judged({ roomFrom: "fixed", room: "our-room" });
    expect(new Set(Object.values(comes))).toEqual(new Set(["joins"]));
    expect(says.react).toContain("`our-room` alone");
  });

  it("is not judged beyond what the vendor documents", () => {
    const { comes, says } = judged({ subject: { own: "kiosk" } });
    expect(new Set(Object.values(comes))).toEqual(new Set(["unclear"]));
    expect(says.react).toContain("VideoSDK does not document whether that gets in");
    expect(judged({ joins: "unclear" }).comes).toMatchObject({ react: "unclear" });
  });
});
