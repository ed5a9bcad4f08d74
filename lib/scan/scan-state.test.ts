import { expect, test } from "vitest";
import type { Inspection } from "@/lib/decoder/inspection";
import { judge } from "@/lib/decoder/verdict";
import { ALGORITHM } from "@/lib/jwt/check-header";
import { readToken, type TokenReading } from "@/lib/jwt/read";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import type { LedgerMatch } from "@/lib/scan/ledger-match";
import { signToken } from "@/lib/tokens/sign";
import { checkedBy } from "./checked";
import { scanText } from "./scan";
import { changesOf, countUntil, isActive, stateAt } from "./scan-state";

const START = 1_795_500_000;
const claims = { apikey: "7d2c4a4e-6a5b-4a55-9f0e-0a3f0c8f1f11", permissions: ["allow_join"], iat: START };
const payloads = {
  plain: { ...claims, exp: START + 7200 },
  short: { ...claims, exp: START + 60 },
  later: { ...claims, nbf: START + 3600, exp: START + 7200 },
  never: claims,
  "no instant at all": { ...claims, nbf: START + 7200, exp: START + 3600 },
  "a broken rule": { ...claims, permissions: [], exp: START + 7200 },
  "a broken rule, later": { ...claims, permissions: [], nbf: START + 3600, exp: START + 7200 },
  "a time as text": { ...claims, exp: "tomorrow" },
  "decades away": { ...claims, exp: START + 90 * 365 * 86_400 },
  "centuries away": { ...claims, exp: START + 400 * 365 * 86_400 },
  milliseconds: { ...claims, exp: (START + 7200) * 1000 },
};
const match: LedgerMatch = {
  sha256: "",
  number: 1,
  actorName: "Ada",
  keyLabel: "Staging",
  purpose: "",
  issuedAt: START,
  expiresAt: START + 7200,
  revokedAt: null,
  secretRetired: false,
  keyDisabled: false,
  event: 1,
};
const ledgers: Record<string, LedgerMatch | "absent"> = {
  absent: "absent",
  issued: match,
  revoked: { ...match, revokedAt: START + 1 },
  "of a retired secret": { ...match, secretRetired: true },
  "of a disabled key": { ...match, keyDisabled: true },
};

function inspectionOf(entry: LedgerMatch): Inspection {
  const { secretRetired: retired, keyLabel, keyDisabled } = entry;
  return {
    signature: { state: "right", keyLabel, retired, otherKey: false },
    ledger: {
      state: "issued",
      entry: {
        ...{ ...entry, jti: "j", via: "dashboard", keyId: "k", room: null, subject: null, templateName: null },
        ...{ ask: "", revokedByName: null, revokedReason: null },
      },
    },
    keyDisabled,
  };
}

test("says what the decoder's verdict says, at every instant, whatever the instant of the scan", async () => {
  for (const [name, payload] of Object.entries(payloads)) {
    const token = await signToken(payload, "a secret that is long enough for HS256", ALGORITHM);
    const reading = readToken(token) as TokenReading;
    for (const scannedAt of [START, START + 4000, START + 8000]) {
      const [scanned] = (await scanText(token, { now: scannedAt, fingerprints: [] })).tokens;
      if (!scanned) throw new Error("The token was not found.");
      for (const [kind, ledger] of Object.entries(ledgers)) {
        const server =
          typeof ledger === "object"
            ? ({ state: "answered", inspection: inspectionOf(ledger) } as const)
            : ({ state: "unavailable", reason: "" } as const);
        for (let now = scannedAt; now <= START + 9000; now += 300) {
          const { word, tone } = judge(videosdk, reading, { server, now });
          const state = stateAt(scanned, ledger, now);
          expect([name, kind, now - START, state.word, state.tone]).toEqual([name, kind, now - START, word, tone]);
        }
      }
    }
  }
});

test("never says Valid of what the ledger does not know", () => {
  const judged = { lasting: { word: "Signature not checked", tone: "mute", reason: "" } } as const;
  expect(stateAt(judged, "absent", START).word).toBe("Signature not checked");
  expect(stateAt(judged, "not-asked", START).word).toBe("Signature not checked");
});

test("knows when some state changes next", () => {
  const instants = changesOf([{ expiresAt: 5000 }, { notBefore: 4500 }]);
  expect(instants).toEqual([4400, 4500, 5000]);
  expect([4399, 4400, 4999, 5000, 9999].map((now) => countUntil(instants, now))).toEqual([0, 1, 2, 3, 3]);
});

test("a checked token has the decoder's state at every instant, whatever the server found", async () => {
  const right = { state: "right", keyLabel: "Staging", retired: false, otherKey: false } as const;
  const absent = { ledger: { state: "absent" }, keyDisabled: false } as const;
  const elsewhere = (signsElsewhere: "yes" | "no" | null) => ({
    ...{ ...absent, signature: right, elsewhere: { keyId: "k", signsElsewhere, caseNumber: 7 } },
  });
  const entry = inspectionOf(match).ledger;
  const inspections: Record<string, Inspection> = {
    "signed elsewhere, and nobody has said": elsewhere(null),
    "signed elsewhere, which the key denies": elsewhere("no"),
    "signed by a backend": elsewhere("yes"),
    "wrongly signed": { ...absent, signature: { state: "wrong", keyLabel: "Staging" } },
    altered: { ...elsewhere("yes"), ledger: { ...entry, state: "altered", claims: payloads.short } as never },
    "of a disabled key": { ...elsewhere("yes"), keyDisabled: true },
  };
  const words = new Map<string, Set<string>>();
  for (const [name, payload] of Object.entries(payloads)) {
    const token = await signToken(payload, "a secret that is long enough for HS256", ALGORITHM);
    const reading = readToken(token) as TokenReading;
    const [scanned] = (await scanText(token, { now: START, fingerprints: [] })).tokens;
    if (!scanned) throw new Error("The token was not found.");
    for (const [kind, inspection] of Object.entries(inspections)) {
      const checked = checkedBy(token, inspection, START);
      expect(checked.caseNumber).toBe(inspection.elsewhere?.caseNumber);
      for (let now = START - 60; now <= START + 9000; now += 60) {
        const { word, tone, alarm } = judge(videosdk, reading, { server: { state: "answered", inspection }, now });
        const state = stateAt(scanned, "absent", now, checked);
        expect([name, kind, now - START, state.word, state.tone]).toEqual([name, kind, now - START, word, tone]);
        if (state.word !== scanned.lasting.word) expect(state.alarm).toBe(alarm);
        words.set(kind, (words.get(kind) ?? new Set()).add(`${word}, ${tone}`));
      }
    }
  }
  expect([...(words.get("altered") ?? [])]).toEqual(["Altered after issuing, bad"]);
  expect([...(words.get("signed elsewhere, which the key denies") ?? [])]).toEqual([
    "Signed with your secret, not issued here, bad",
  ]);
  expect([...(words.get("signed elsewhere, and nobody has said") ?? [])]).toContain(
    "Signed with your secret, not issued here, warn",
  );
  expect([...(words.get("signed by a backend") ?? [])].filter((word) => word.endsWith("ok"))).toEqual([]);
});

test("a secret of ours made it also where it was used by mistake; an API key in its place is none", async () => {
  const token = await signToken(payloads.short, "a secret that is long enough for HS256", ALGORITHM);
  const signedBy = (signature: Inspection["signature"]) =>
    checkedBy(token, { signature, ledger: { state: "absent" }, keyDisabled: false }, START).bySecretOfOurs;
  const of = { keyLabel: "Staging", retired: false } as const;
  expect(signedBy({ ...of, state: "right", otherKey: false })).toBe(true);
  expect(signedBy({ ...of, state: "mistake", mistake: "trailing-newline" })).toBe(true);
  expect(signedBy({ ...of, state: "mistake", mistake: "api-key-as-secret" })).toBe(false);
  expect(signedBy({ state: "wrong", keyLabel: "Staging" })).toBe(false);
});

test("active is what could still let somebody in", () => {
  const active = (word: Parameters<typeof isActive>[0]["word"], expiresAt?: number) =>
    isActive({ word, tone: "mute", reason: "" }, { lasting: { word, tone: "mute", reason: "" }, expiresAt }, START);
  expect([active("Revoked"), active("Signature not checked"), active("Not valid yet")]).toEqual([true, true, true]);
  expect([active("Expired"), active("Malformed"), active("Bad signature")]).toEqual([false, false, false]);
  // An alarm outlives its token, and does not bring it back.
  const [before, after] = [START + 1, START];
  expect([active("Altered after issuing", before), active("Altered after issuing", after)]).toEqual([true, false]);
});
