/** Reads the code in a page's address and asks what it opens. */
import type { Visitor } from "@/lib/auth/actor";
import { currentVisitor } from "@/lib/auth/session";
import { isAppError } from "@/lib/errors";

/** The props of a page that a link leads to. */
export type LinkPage = { searchParams: Promise<{ code?: string | string[] }> };

/** `refusal`: why it does not open; null: there is no code. */
type OpenedLink<Opened> = { code: string; opened: Opened } | { code: null; refusal: string | null };

export async function openLink<Opened>(
  { searchParams }: LinkPage,
  check: (visitor: Visitor, code: string) => Promise<Opened>,
): Promise<OpenedLink<Opened>> {
  const { code } = await searchParams;
  if (typeof code !== "string" || code === "") return { code: null, refusal: null };
  try {
    return { code, opened: await check(await currentVisitor(), code) };
  } catch (error) {
    if (isAppError(error)) return { code: null, refusal: error.message };
    throw error;
  }
}
