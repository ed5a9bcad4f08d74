import { describe, expect, it } from "vitest";
import { profileOf } from "./registry";
import { withoutEnd } from "./without-end";

const told = (claims: Record<string, unknown>, expiresAt: number) =>
  withoutEnd(
    profileOf("videosdk").describe({ apikey: crypto.randomUUID(), permissions: ["ask_join"], ...claims }, { now: 0 }),
    expiresAt,
  )
    .map((part) => (part.kind === "time" ? `<${part.epochSeconds}>` : part.text))
    .join("");

describe("withoutEnd", () => {
  it("leaves a whole sentence, and an instant at which the token begins", () => {
    const rest = "Whoever holds this token may ask to join any room, as any participant";
    expect(told({ exp: 1_800_000_000 }, 1_800_000_000)).toContain(`${rest}.`);
    expect(told({ exp: 1_800_000_000, nbf: 1_700_000_000 }, 1_800_000_000)).toContain(`${rest}, from <1700000000>.`);
  });

  it("leaves all where no end is told", () => {
    expect(told({}, 1_800_000_000)).toContain("for ever.");
  });
});
