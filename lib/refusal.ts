/** What the server's edge answers instead of a page, as a form can show it: browser-safe, imports nothing. */
export const NOT_ACCEPTED = "Not accepted: ";

/** @param thrown by a server action @returns the sentence, if the edge has said one; whatever else came is not for people */
export function refusalIn(thrown: unknown): string | undefined {
  return thrown instanceof Error && thrown.message.startsWith(NOT_ACCEPTED) ? thrown.message : undefined;
}
