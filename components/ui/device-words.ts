/** Says in a few words which browser on which system it was, by its user agent: a guide for whoever knows their own, no proof. */
import { userAgentFromString } from "next/server";
import { shorten } from "@/lib/text/shorten";

/** @param userAgent as the browser sent it; anything */
export function deviceInWords(userAgent: string): string {
  const { browser, os, device } = userAgentFromString(userAgent);
  const program = [browser.name, browser.major].filter(Boolean).join(" ");
  const system = device.model && device.type ? device.model : os.name;
  // A program that is no browser gives its own name.
  if (!program && !system) return shorten(userAgent.trim()) || "A program without a name";
  return [program || "A browser", system && `on ${system}`].filter(Boolean).join(" ");
}
