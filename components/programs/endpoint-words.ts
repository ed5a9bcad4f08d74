/** What an endpoint gives, in the words of its form. */
import type { AskedByPolicy } from "@/lib/endpoints/asked";
import { reachInWords } from "@/lib/endpoints/judge";
import type { AppJudged } from "@/lib/endpoints/judge-app";
import type { Calls, ListedEndpoint } from "@/lib/endpoints/list";
import { type Common, isOver, reachBeside } from "@/lib/endpoints/listed";
import { limitSaid } from "@/lib/endpoints/refused";
import { type CallLimits, callLimits, type RoomSource } from "@/lib/endpoints/schema";
import { counted } from "@/lib/text/counted";
import { groupDigits } from "@/lib/text/group-digits";
import { dayWords } from "@/lib/text/instant";
import { listed } from "@/lib/text/listed";

export const roomWords: Record<RoomSource, { label: string; help: string }> = {
  required: { label: "Required from the caller", help: "A call that names none is refused." },
  optional: { label: "Given by the caller, or any", help: "A call that names none gets a token for any room." },
  fixed: { label: "Always the same", help: "A call that names another is refused." },
};

export const subjectWords = {
  required: "Required from the caller",
  optional: "Given by the caller, or anybody",
};

const askedWords: Record<AskedByPolicy, string> = { room: "a room", subject: "a participant" };

/** "a room", "a room and a participant" */
export const askedInWords = (asks: readonly AskedByPolicy[]): string => listed(asks.map((asked) => askedWords[asked]));

/** How far an example app comes as it stands. */
export function comesWords(comes: AppJudged["comes"], vendorName: string): string {
  switch (comes) {
    case "all the way":
      return "All that a developer changes; the app asks the rest itself.";
    case "joins":
      return "As it stands, this app joins a room, and makes none.";
    case "unclear":
      return `How far this app comes, ${vendorName} does not document.`;
    case "nowhere":
      return "As it stands, this app comes into no room.";
    case "no token":
      return "As it stands, this app gets no token.";
  }
}

/** Who would notice: on the last day that had any. */
export function callsWords(last: Calls | undefined): string {
  if (!last) return "Nobody has called it so far.";
  const refused = Object.values(last.refused).reduce((sum, calls) => sum + calls, 0);
  return `It was last called on ${dayWords(last.day)} (UTC): ${counted(last.issued, "token")} that day, ${groupDigits(refused)} refused.`;
}

/** "a minute", "a minute and a day", "a minute, a minute from one address and a day" */
export const eachOf = (limits: readonly CallLimits[]): string => listed(limits.map((limit) => limitSaid[limit].words));

/** "60 a minute, 20 a minute from one address, no limit a day" */
export function limitsInWords(endpoint: Pick<ListedEndpoint, CallLimits>): string {
  if (callLimits.every((limit) => endpoint[limit] === null)) return "no limit";
  const parts = callLimits.map((limit) => {
    const most = endpoint[limit];
    return `${most === null ? "no limit" : groupDigits(most)} ${limitSaid[limit].words}`;
  });
  return parts.join(", ");
}

/** What a row says behind what its endpoint gives. */
export type Note = { tone: "bad" | "warn" | "mute"; text: string };

export function notesOf(endpoint: ListedEndpoint, common: Common): Note[] {
  if (isOver(endpoint)) return [];
  // It gives nothing: how far that would reach is of no use.
  if (endpoint.broken) return [{ tone: "bad", text: endpoint.broken }];
  const notes: Note[] = [];
  const reach = reachBeside(endpoint, common);
  if (reach === "less") notes.push({ tone: "mute", text: "reaches less far" });
  else if (reach.length > 0) notes.push({ tone: "warn", text: `may ${reachInWords(reach)}` });
  if (endpoint.asks.length > 0)
    notes.push({ tone: "warn", text: `asks each caller for ${askedInWords(endpoint.asks)}` });
  return notes;
}

/** "All sign with Staging, and Maya Lind answers for them." */
export function commonInWords({ keyLabel, owner }: Common): string {
  if (keyLabel === undefined) return owner === undefined ? "" : `${owner} answers for all of them.`;
  return `All sign with ${keyLabel}${owner === undefined ? "" : `, and ${owner} answers for them`}.`;
}
