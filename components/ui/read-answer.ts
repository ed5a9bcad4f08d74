/** Reads what the desk answers to a fetch. Takes for its word nothing that somebody else on the way says, such as a proxy, or a network that wants to be signed in to. Browser-safe. */
import type { ActionResult } from "@/lib/action-result";
import { NOT_ACCEPTED } from "@/lib/refusal";

/** @returns undefined for what is not the desk's own answer */
export async function readAnswer<Data>(response: Response): Promise<ActionResult<Data> | undefined> {
  const text = await response.text();
  // What the server's edge says is a sentence.
  if (text.startsWith(NOT_ACCEPTED)) return { ok: false, error: { code: "internal", message: text } };
  try {
    const answer = JSON.parse(text);
    return typeof answer?.ok === "boolean" ? answer : undefined;
  } catch {
    return undefined;
  }
}
