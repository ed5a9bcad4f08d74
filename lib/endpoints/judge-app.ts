/** Judges an endpoint against what one of the vendor's example apps does, step by step, as it stands: asks for a token, makes a room or joins one. Says what keeps it from that, and what would mend it. Pure and browser-safe. */
import type { Profile } from "@/lib/profiles/profile";
import type { BaseLine, TokenServer } from "@/lib/profiles/token-server";
import type { AskedByPolicy } from "./asked";
import type { Gives } from "./gives";
import { ANY_ORIGIN, type RoomSource } from "./schema";

/** What of an endpoint an app meets. */
export type Met = Pick<Gives, "reach" | "joins" | "subject" | "asks"> & {
  roomFrom: RoomSource;
  room: string | null;
  origins: readonly string[];
};

export type AppJudged = {
  /** How far the app comes. `unclear`: so far as the vendor documents. */
  comes: "no token" | "nowhere" | "unclear" | "joins" | "all the way";
  /** Why no further, and what else to know. In these sentences, `backticks` stand around what is code. */
  says: string[];
};

export function judgeApp(met: Met, app: BaseLine, server: TokenServer, vendor: Pick<Profile, "name">): AppJudged {
  const noToken = beforeToken(met, app, server);
  const nowhere = toAnyRoom(met, app, vendor);
  const unclear = undocumented(met, vendor);
  const makesNone = nowhere.length > 0 ? [] : toItsOwnRoom(met, app);
  const says = [...noToken, ...nowhere, ...unclear, ...makesNone];
  if (noToken.length > 0) return { comes: "no token", says };
  const comes =
    (nowhere.length > 0 && "nowhere") ||
    (unclear.length > 0 && "unclear") ||
    (makesNone.length > 0 ? "joins" : "all the way");
  return { comes, says: comes === "nowhere" ? says : [...says, ...besides(met, app)] };
}

/** Why its call is refused. */
function beforeToken({ roomFrom, asks, subject, origins }: Met, app: BaseLine, server: TokenServer): string[] {
  const ownApp = (named: AskedByPolicy) =>
    `an app of your own names one: it asks for \`${server.paths[0]?.name}?${server.parameters[named]}=…\` instead.`;
  const says: string[] = [];
  if (!server.named.includes("room")) {
    if (roomFrom === "required")
      says.push(
        `It names no room when it asks, and such a call is refused. Choose another “Room” here; ${ownApp("room")}`,
      );
    else if (asks.includes("room"))
      says.push(
        `It names no room when it asks, as the key's policy has each caller do. Choose another “Room” here, or another key; ${ownApp("room")}`,
      );
  }
  if (subject === "required" && !server.named.includes("subject"))
    says.push(
      `It names no participant when it asks, as the key's policy has each caller do. Choose another key; ${ownApp("subject")}`,
    );
  if (app.inBrowser && origins.length === 0)
    says.push("It runs in a browser, and no page of another site may ask. Allow the origin that its page comes from.");
  return says;
}

/** Why it comes into no room, of its own or another's. */
function toAnyRoom({ joins, reach }: Met, app: BaseLine, { name }: Pick<Profile, "name">): string[] {
  const says: string[] = [];
  if (joins === "no") says.push("Nobody joins with these tokens. Choose another template.");
  if (app.joinsRoom === "by the API" && !reach.includes("rest")) {
    const makes = app.makesRoom === "by the API" ? "makes rooms, and " : "";
    says.push(
      `It ${makes}checks a room before it joins, with the same token, which may not call ${name}'s REST API. Choose a template that may.`,
    );
  }
  if (typeof app.joinsRoom === "object") says.push(app.joinsRoom.never);
  return says;
}

function undocumented({ joins, subject }: Met, { name }: Pick<Profile, "name">): string[] {
  const says: string[] = [];
  if (joins === "unclear") says.push(`Whether one joins with these tokens is not documented by ${name}.`);
  if (typeof subject === "object")
    says.push(
      `These tokens are for \`${subject.own}\` alone, and it joins without saying who it is: ${name} does not document whether that gets in.`,
    );
  return says;
}

/** Why it joins no room that it makes. */
function toItsOwnRoom({ roomFrom, room }: Met, { makesRoom }: BaseLine): string[] {
  const says = typeof makesRoom === "object" ? [makesRoom.never] : [];
  if (roomFrom === "fixed")
    says.push(`These tokens are good for \`${room}\` alone: that one is joined, and none that the app makes.`);
  return says;
}

function besides({ joins, origins }: Met, app: BaseLine): string[] {
  const says = app.besides === undefined ? [] : [app.besides];
  if (joins === "asks-first") says.push("Whoever joins waits to be let in.");
  if (app.inBrowser && !origins.includes(ANY_ORIGIN)) says.push("Its page must come from an allowed origin.");
  return says;
}
