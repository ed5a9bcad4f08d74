/** What a program's headers say of it, as the log may keep it for good: what looks like a credential, a token or a secret, or is a secret of this desk, is left out. Asked at each call, so what was looked at is remembered. */
import { processWide } from "@/lib/process-wide";
import { heldInText } from "./confirm-no-secret";

const LEFT_OUT = "left out: it looks like a secret";

/** Programs have few names; whoever makes some up gets them forgotten. */
const MOST_REMEMBERED = 1_000;

/** @returns the text, or `instead` */
export async function keepable(text: string, instead = LEFT_OUT): Promise<string> {
  const seen = processWide("texts of headers", () => new Map<string, boolean>());
  const before = seen.get(text);
  const holds = before ?? (await heldInText(text)) !== undefined;
  if (before === undefined) {
    if (seen.size >= MOST_REMEMBERED) seen.clear();
    seen.set(text, holds);
  }
  return holds ? instead : text;
}

/** @param origin of a program's call */
export async function keepableOrigin<From extends { userAgent: string }>(origin: From): Promise<From> {
  return { ...origin, userAgent: await keepable(origin.userAgent) };
}
