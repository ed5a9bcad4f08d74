/** How far a token reaches, in the words that every list has for it: where it is good, for whom, and its power beyond joining. Browser-safe. */
import { makeVisible } from "./visible";

export const ANY_ROOM = "any room";
export const ANYONE = "anyone";

type Place = { room: string | null; subject: string | null };
type Powers = { moderates: boolean; callsRest: boolean };

/** `2kyv-gzay-64pg`, `anyone`: parts of a line, as either may be a stranger's text. Ids are compared: nothing in them stays unseen. */
export const placeOf = ({ room, subject }: Place): [string, string] => [
  room === null ? ANY_ROOM : makeVisible(room),
  subject === null ? ANYONE : makeVisible(subject),
];

/** `moderator and REST API`; empty: it has neither. */
export const powersOf = ({ moderates, callsRest }: Powers): string =>
  [moderates && "moderator", callsRest && "REST API"].filter(Boolean).join(" and ");

/** The same for a column of its own, where something must stand. */
export const rightsOf = (powers: Powers): string => powersOf(powers) || "joins only";
