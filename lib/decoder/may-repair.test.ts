/** A repair is offered for mistakes, and for nothing that is forged, unknown or unchecked. */
import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Inspection, LedgerNote } from "@/lib/decoder/inspection";
import { readToken } from "@/lib/jwt/read";
import { firstProfile } from "@/lib/profiles/registry";
import { decodeReading } from "./decode";
import { draftOf } from "./draft-of";
import type { ServerAnswer } from "./ladder";
import { mayRepair } from "./may-repair";

const repairing = await firstProfile().loadRepairing();
const now = Date.UTC(2026, 10, 24, 12) / 1000;
const good = { apikey: "k", permissions: ["allow_join"], iat: now - 60, exp: now + 7200, jti: "j" };
const entry = { number: 3459, keyLabel: "Staging", actorName: "Maya", revokedAt: null } as LedgerNote;
const right = { state: "right", keyLabel: "Staging", retired: false, otherKey: false } as const;

/** @param claims or the payload as it is written */
function offered(claims: object | string, more: Partial<Inspection> = {}, server?: ServerAnswer) {
  const encode = (value: object | string) =>
    Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
  const input = `${encode({ alg: "HS256" })}.${encode(claims)}`;
  const token = `${input}.${createHmac("sha256", "a secret").update(input).digest("base64url")}`;
  const inspection: Inspection = {
    signature: right,
    ledger: { state: "absent" },
    keyDisabled: false,
    elsewhere: { keyId: "k", signsElsewhere: "yes" },
    ...more,
  };
  const answer: ServerAnswer = server ?? { state: "answered", inspection };
  const decoded = decodeReading(readToken(token), { server: answer, now });
  if (decoded.kind !== "token") throw new Error("This is no token.");
  return mayRepair(decoded.verdict, answer) ? draftOf(decoded, repairing) : undefined;
}

describe("offered is", () => {
  const mistaken = { ...good, exp: (now + 900) * 1000, role: "rtc" };

  it("nothing for one of ours, which is issued again instead", () => {
    for (const exp of [now + 7200, now - 1])
      expect(offered({ ...good, exp }, { ledger: { state: "issued", entry } })).toBeUndefined();
  });

  it.each<[string, object]>([
    ["milliseconds", { ...good, exp: (now + 900) * 1000 }],
    ["a wrong type", { ...good, permissions: "allow_join" }],
    ["a missing version", { ...good, roomId: "2kyv-gzay-64pg" }],
    ["a misspelt name", { ...good, role: "rtc" }],
    ["no end", { ...good, exp: undefined }],
  ])("a repair for a mistake: %s", (_, claims) => {
    expect(offered(claims)?.changes).not.toEqual([]);
  });

  it("a repair that says of which claims the last of several was taken", () => {
    const written = JSON.stringify({ ...good, iat: undefined, jti: undefined });
    const end = `"jti":"a","jti":"b","x":1,"x":2,"o":{"iat":1,"iat":2},"iat":${good.iat}`;
    const said = (more: string) => offered(`${written.slice(0, -1)},${more},${end}}`)?.changes;
    expect(said(`"roomId":"a","roomId":"b","exp":${now + 900}`)).toEqual([
      "`version` is now 2.",
      "`roomId` and `exp` stand more than once: the last of each counts here.",
    ]);
    expect(said('"role":"rtc","role":"crawler"')).toEqual([
      "`role` is now `roles`.",
      "`roles` is now crawler.",
      "`version` is now 2.",
      "`role` stands more than once: the last one counts here.",
    ]);
  });

  it.each<[string, Partial<Inspection>]>([
    ["altered after issuing", { ledger: { state: "altered", entry, claims: good } }],
    ["by another secret", { signature: { state: "wrong", keyLabel: "Staging" } }],
    ["of an unknown key", { signature: { state: "unknown-key" } }],
    ["made with the API key", { signature: { ...right, state: "mistake", mistake: "api-key-as-secret" } }],
    [
      "signed wrongly where nothing else signs",
      {
        signature: { ...right, state: "mistake", mistake: "base64-decoded" },
        elsewhere: { keyId: "k", signsElsewhere: "no" },
      },
    ],
    ["signed where nothing else signs", { elsewhere: { keyId: "k", signsElsewhere: "no" } }],
    ["signed where nobody has said what else signs", { elsewhere: { keyId: "k", signsElsewhere: null } }],
  ])("nothing for one %s, whatever its mistakes", (_, more) => {
    expect(offered(mistaken, more)).toBeUndefined();
  });

  it("nothing while nobody has checked it, and nothing for a sound or merely expired one", () => {
    expect(offered(mistaken, {}, { state: "unavailable", reason: "" })).toBeUndefined();
    expect(offered(mistaken, {}, { state: "pending" })).toBeUndefined();
    expect(offered(good)).toBeUndefined();
    expect(offered({ ...good, iat: now - 7200, exp: now - 1 })).toBeUndefined();
  });
});
