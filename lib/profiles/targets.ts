/** The shape of what a token can be put into once it is issued: lines, a command, a link, code. Texts only; asks nobody, and keeps no token. In sentences, `backticks` stand around what is code. */

type Claims = Readonly<Record<string, unknown>>;

/** What stands around the token. */
export type Around = { before: string; after: string };

/** A line of an app's settings that holds the token. */
export type LineTarget = Around & {
  id: string;
  label: string;
  /** Which file it belongs into, and what makes the app read it. */
  where: string;
  /** Who can read it there. */
  warning: string;
};

/** Code of a backend that signs the same payload itself. Key and secret come from its environment; no token is in it. */
export type CodeTarget = {
  id: string;
  label: string;
  /** What the file may be called. */
  file: string;
  /** What has to be there to run it. */
  needs: string;
  /** A whole program: it prints one token. Times count from when it runs, and the token's id is new each time. */
  write(claims: Claims): string;
};

/** What is asked, or opened, about one room. */
type RoomTarget = {
  /** What it does, in a line. */
  help: string;
  warning: string;
  /** Why it is of no use with these claims; undefined where it is. */
  uselessFor(claims: Claims): string | undefined;
};

export type Targets = {
  lines: readonly LineTarget[];
  /** For a shell: asks the vendor about a room. */
  command: RoomTarget & { write(room: string): Around };
  /** An address that lets somebody in. */
  link: RoomTarget & { write(to: { token: string; room: string; name: string }): string };
  code: readonly CodeTarget[];
};
