/** The shape of how a vendor's apps ask a server of their own for a token: what they ask, what they do with it, and what a developer writes where. An endpoint of this desk answers the same. */

export type TokenServer = {
  /** Behind the base of its URL, without a slash; the first is the one to use. */
  paths: readonly { name: string; methods: readonly ("GET" | "POST")[] }[];
  /** What the query, or a body, may name: the room, and whom the token is for. */
  parameters: { room: string; subject: string };
  /** What else apps call them, whatever the capitals and signs: read over, a room that was named would be any room. */
  alsoCalled: { room: readonly string[]; subject: readonly string[] };
  /** What is the room in many apps, and its title or something else in others: read where nothing else names the room. What is the participant in many, and in others whoever is signed in, who joins under another id: never read, and where nothing else names the participant, the answer says so. */
  perhapsCalled: { room: readonly string[]; subject: readonly string[] };
  /** What else apps ask for, and only the endpoint says: never read, and the answer says so. */
  saidByEndpoint: readonly string[];
  /** What the vendor's example apps name of that, as they stand. */
  named: readonly ("room" | "subject")[];
  /** Where the base stands in those apps, and what each does. */
  lines: readonly BaseLine[];
};

/** How an app makes a room, or joins one: asking the vendor's HTTP API with the token that it got, asking nobody, or in a way that no endpoint serves: why, as a sentence. */
export type RoomStep = "by the API" | "at once" | { never: string };

/** What a developer writes around the base, and where. In sentences, `backticks` stand around what is code. */
export type BaseLine = {
  id: string;
  label: string;
  before: string;
  after: string;
  /** It runs in a browser, which asks whether its page may read the answer. */
  inBrowser?: true;
  /** In which file. */
  where: string;
  makesRoom: RoomStep;
  joinsRoom: RoomStep;
  /** What else one meets whose app gets a token. */
  besides?: string;
};
