/** What is no token, and secrets of ours or credentials in a text: each with what it is and what to do, and nothing of it repeated. */
import { describe, expect, it } from "vitest";
import { readToken } from "@/lib/jwt/read";
import { vendors } from "@/lib/profiles/registry";
import { judgeCredentials, judgeFound } from "./judge-credentials";
import { judgeSecrets, judgeText, type SeenSecret } from "./judge-text";

const keys = [{ id: "k1", label: "Bars", apiKey: "0b6cbb0c-7ce5-4c80-8a26-9f3c6d3c1d2a" }];
const verdictOn = (text: string) => {
  const reading = readToken(text, vendors);
  if (reading.kind !== "not-a-token") throw new Error(`This is ${reading.kind}.`);
  return judgeText(reading, text, keys);
};

describe("a text that is no token", () => {
  it.each<[string, string, string, string]>([
    ["the API key of ours", ` ${keys[0]?.apiKey.toUpperCase()}\n`, "This is the API key of “Bars”", "mute"],
    ["the API key of ours in quotes", `"${keys[0]?.apiKey}",`, "This is the API key of “Bars”", "mute"],
    ["another API key", "11111111-7ce5-4c80-8a26-9f3c6d3c1d2a", "Not a token: an API key", "mute"],
    ["a secret, perhaps", "ab".repeat(32), "Not a token: perhaps a secret", "warn"],
    ["a JWK", '{"kty":"oct","k":"c2VjcmV0"}', "Not a token: a key (JWK)", "warn"],
    [
      "a PEM",
      "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----",
      "Not a token: a key or certificate (PEM)",
      "warn",
    ],
    ["an .env file", "PORT=3000\nNAME=x\n", "Not a token: settings (.env)", "warn"],
    ["claims", '{"apikey":"k","permissions":[]}', "Not a token: claims, not signed", "mute"],
    ["words", "hello, this is no token", "Not a token", "mute"],
  ])("%s", (_, text, title, tone) => {
    const verdict = verdictOn(text);
    expect(verdict).toMatchObject({ word: "Not a token", title, tone });
    expect(verdict.lead.length).toBeGreaterThan(0);
    expect(verdict.vendor.length).toBeGreaterThan(0);
    expect(JSON.stringify(verdict)).not.toMatch(/Malformed|MIIB|c2VjcmV0|abab/);
  });
});

describe("a secret of ours in a text", () => {
  const seen = (more: Partial<SeenSecret> = {}): SeenSecret => ({
    label: "Bars",
    profile: "videosdk",
    retired: false,
    line: 3,
    further: 0,
    inToken: false,
    fingerprint: "431004fc3574",
    ...more,
  });
  const leadOf = (secrets: SeenSecret[], alone = false) =>
    judgeSecrets(secrets, alone)
      ?.lead.map(({ message }) => message)
      .join(" ");

  it.each<[string, SeenSecret, boolean, string, string]>([
    ["nothing else", seen(), true, "This is the secret of “Bars”", "bad"],
    ["among others", seen(), false, "The secret of “Bars” stands in this text", "bad"],
    ["within a token", seen({ inToken: true }), false, "The secret of “Bars” stands in this token", "bad"],
    ["a retired one", seen({ retired: true }), false, "A retired secret of “Bars” stands in this text", "warn"],
  ])("%s", (_, secret, alone, title, tone) => {
    expect(judgeSecrets([secret], alone)).toMatchObject({ word: "A secret of yours", title, tone, alarm: "secret" });
  });

  it("says where, how often, and what to do", () => {
    expect(leadOf([seen({ further: 2 })])).toMatch(/line 3 and 2 times more.*Regenerate the secret in VideoSDK's/);
    expect(leadOf([seen({ retired: true })])).toMatch(/rotated here/);
    expect(leadOf([seen({ retired: true }), seen()])).toMatch(/Another secret/);
    expect(judgeSecrets([seen({ retired: true }), seen()], false)?.tone).toBe("bad");
    expect(judgeSecrets([], false)).toBeUndefined();
  });
});

const ENDED = "An admin ends the credential at Programs.";

describe("a credential in a text", () => {
  it.each([
    [[1], true, false, "This is a credential", ["Whoever reads it can use it, until it is ended.", ENDED]],
    [[2], false, false, "A credential stands in this text", ["It stands in line 2.", ENDED]],
    [
      [2],
      false,
      true,
      "A credential stands in this token",
      ["It can be read in the token, by anybody who has it.", ENDED],
    ],
    [
      [2, 5],
      false,
      false,
      "A credential stands in this text",
      ["It stands in line 2.", "The same or another stands at 1 further place.", "An admin ends each at Programs."],
    ],
  ])("lines %j, alone: %s, in a token: %s", (lines, alone, inToken, title, lead) => {
    const credentials = lines.map((line) => ({ line, inToken }));
    expect(judgeCredentials(credentials, alone)).toMatchObject({
      ...{ word: "A credential", title, tone: "bad", alarm: "secret" },
      lead: lead.map((message) => ({ message })),
    });
  });

  it("none", () => expect(judgeCredentials([], true)).toBeUndefined());

  it("is said behind a secret of ours, and before one that is retired", () => {
    const secret = {
      ...{ label: "Bars", profile: "videosdk", line: 3, further: 0, inToken: false },
      fingerprint: "4310",
    };
    const credentials = [{ line: 2 }];
    const byRetired = judgeFound({ secrets: [{ ...secret, retired: true }], credentials }, false);
    expect(byRetired).toMatchObject({ title: "A credential stands in this text", tone: "bad" });
    expect(byRetired?.lead.map(({ message }) => message).slice(0, 4)).toEqual([
      "It stands in line 2.",
      ENDED,
      "A retired secret of “Bars” stands in this text.",
      "It stands in line 3.",
    ]);
    const verdict = judgeFound({ secrets: [{ ...secret, retired: false }], credentials }, false);
    expect(verdict).toMatchObject({ title: "The secret of “Bars” stands in this text", tone: "bad" });
    expect(verdict?.lead.map(({ message }) => message).slice(-3)).toEqual([
      "A credential stands in this text.",
      "It stands in line 2.",
      ENDED,
    ]);
    expect(judgeFound({ secrets: [], credentials }, false)).toEqual(judgeCredentials(credentials, false));
    expect(judgeFound({ secrets: [], credentials: [] }, false)).toBeUndefined();
  });
});
