import { describe, expect, it } from "vitest";
import { abilities } from "@/lib/profiles/videosdk/abilities";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { templates } from "@/lib/profiles/videosdk/templates";

const claimsOf = ({ given }: (typeof templates)[number]) =>
  videosdk.buildClaims({
    apiKey: "k",
    given,
    issuedAt: 1_000,
    expiresAt: 4_600,
    jti: "j",
  });

describe("a template", () => {
  it("has a name of its own", () => {
    expect(new Set(templates.map(({ name }) => name.toLowerCase())).size).toBe(templates.length);
  });

  it.each(templates)("$name keeps every rule", (template) => {
    const findings = videosdk.rules(claimsOf(template), { now: 1_000 });
    expect(findings.filter(({ severity }) => severity !== "note")).toEqual([]);
  });

  /** Joins, admits, moderates, calls the REST API. */
  const meant: Record<string, string> = {
    Participant: "yes yes no no",
    Moderator: "yes yes yes no",
    Guest: "asks-first no no no",
    Developer: "yes yes yes yes",
    Server: "no no no yes",
  };

  it("is one of those whose abilities are written down here", () => {
    expect(templates.map(({ name }) => name)).toEqual(Object.keys(meant));
  });

  it.each(templates)("$name allows what is written down, and no more", (template) => {
    const rows = abilities(claimsOf(template), { at: 2_000 });
    const answer = (id: string) => rows.find((ability) => ability.id === id)?.answer;
    expect(["join", "admit", "moderate", "rest-rooms"].map(answer).join(" ")).toBe(meant[template.name]);
  });
});
