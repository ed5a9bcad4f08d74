/** Fills a new database with the demo, by the verbs that a team would have used. Refuses a database that has a member. */
import { reader } from "@/lib/db";
import { DemoDesk } from "./demo-desk";
import { demoStory } from "./demo-story";

/** @param password every demo member's @returns how many tokens there are */
export async function fillDemo(now: Date, password: string): Promise<{ tokens: number }> {
  if (await reader().member.findFirst({ select: { id: true } })) throw new Error("Only an empty database is filled.");
  const desk = new DemoDesk(password);
  for (const { at, happens } of demoStory(now)) await happens(desk, new Date(Math.floor(at)));
  await desk.noteSeen();
  return { tokens: desk.tokens + desk.calls.tokens };
}
