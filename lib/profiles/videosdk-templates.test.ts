import { describe, expect, it } from "vitest";
import { videosdk } from "@/lib/profiles/videosdk";
import { templates } from "@/lib/profiles/videosdk-templates";

const claimsOf = ({ permissions, roles }: (typeof templates)[number], roomId = "") =>
  videosdk.buildClaims({
    apiKey: "k",
    permissions: [...permissions],
    roles: [...roles],
    roomId,
    participantId: "",
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

  it.each([
    ["Developer", "yes yes yes yes"],
    ["Moderator", "yes yes yes no"],
    ["Participant", "yes yes no no"],
    ["Guest", "asks-first no no no"],
    ["Server", "no no no yes"],
  ])("%s: joins, admits, moderates, calls the REST API: %s", (name, answers) => {
    const template = templates.find((one) => one.name === name);
    const abilities = template ? videosdk.abilities(claimsOf(template), { at: 2_000 }) : [];
    const answer = (id: string) => abilities.find((ability) => ability.id === id)?.answer;
    expect(["join", "admit", "moderate", "rest-rooms"].map(answer).join(" ")).toBe(answers);
  });
});
