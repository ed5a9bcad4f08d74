/** The shape of how a vendor's apps ask a server of their own for a token: what they ask, and what a developer writes where. An endpoint of this desk answers the same. */

export type TokenServer = {
  /** Behind the base of its URL, without a slash; the first is the one to use. */
  paths: readonly { name: string; methods: readonly ("GET" | "POST")[] }[];
  /** What the query, or a body, may name: the room, and whom the token is for. */
  parameters: { room: string; subject: string };
  /** Where the base stands in the vendor's example apps. */
  lines: readonly BaseLine[];
  /** What those apps do as they stand: name a room or a participant when they ask, call the vendor's HTTP API with the token that they get. */
  apps: readonly ("room" | "subject" | "rest")[];
};

/** What a developer writes around the base, and where. */
export type BaseLine = {
  id: string;
  label: string;
  before: string;
  after: string;
  /** It runs in a browser, which asks whether its page may read the answer. */
  inBrowser?: true;
  /** In which file. In sentences, `backticks` stand around what is code. */
  where: string;
};
