/** Says in a few words which browser on which system a session is in, by its user agent: a guide for whoever knows their own, no proof. */
import { userAgentFromString } from "next/server";

/** @param userAgent as the browser sent it; anything */
export function deviceInWords(userAgent: string): string {
  const { browser, os, device } = userAgentFromString(userAgent);
  const program = [browser.name, browser.major].filter(Boolean).join(" ");
  const system = device.model && device.type ? device.model : os.name;
  if (!program && !system) return userAgent.trim() === "" ? "A program without a name" : "An unknown program";
  return [program || "A browser", system && `on ${system}`].filter(Boolean).join(" ");
}
