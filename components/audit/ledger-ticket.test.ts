/** A token's row in the ledger: what it says of one that was revoked here, which its vendor does not know, and of one that its vendor refuses. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { isCutShort } from "@/lib/cut-short";
import type { LedgerRow } from "@/lib/ledger/row";
import { verdictOn } from "@/lib/tokens/judge-entry";
import { LedgerTicket } from "./ledger-ticket";

const claims = { apikey: "k", permissions: ["allow_join"], iat: 1_000, exp: 8_200, jti: "j" };
const entry: LedgerRow = {
  ...{ number: 7, jti: "j", profile: "videosdk", keyId: "k", keyLabel: "Staging", secretVersionId: "s" },
  ...{ actorKind: "member", actorId: "m", actorName: "Maya", sessionId: null, credentialId: null, via: "dashboard" },
  ...{ issuedAt: 1_000, startsAt: null, expiresAt: 8_200, ttlSeconds: 7_200, claims, room: null, subject: null },
  ...{ moderates: false, callsRest: true, templateId: null, templateName: null, templateVersion: null },
  ...{ batchNumber: null, purpose: "", sha256: "00", revokedAt: 2_000, revokedByName: "Maya", revokedReason: "Lost." },
};
const textWith = ({ at = 3_000, retired = false, retiredAt = 2_500, keyDisabled = false, revoked = true }) => {
  const row = revoked ? entry : { ...entry, revokedAt: null };
  const verdict = verdictOn(row, { retiredAt: retired ? new Date(retiredAt * 1000) : null, keyDisabled, at });
  const cutShortAt = retired && isCutShort(new Date(retiredAt * 1000), row.expiresAt) ? retiredAt : null;
  const expired = at >= row.expiresAt;
  return renderToStaticMarkup(createElement(LedgerTicket, { entry: row, expired, verdict, cutShortAt }));
};

test("until when the vendor accepts it all the same, unless it refuses it already", () => {
  expect(textWith({})).toContain("accepts it until");
  expect(textWith({ retired: true })).toContain("refuses it already");
  expect(textWith({ retired: true })).not.toContain("accepts it");
  expect(textWith({ at: 9_000, retired: true })).not.toMatch(/accepts it|refuses it/);
  expect(textWith({ at: 9_000, retired: true })).toContain("refused it from");
});

test("one that ended before its secret was retired was good for as long as it lasted, and is over and nothing else", () => {
  const over = textWith({ at: 9_000, retired: true, retiredAt: 8_500, revoked: false });
  expect(over).toBe(textWith({ at: 9_000, revoked: false }));
  expect(over).not.toMatch(/State|If its signature|refuse|signature/);
});

test("one that ended after it is over, too, and since when it was refused is told", () => {
  const over = textWith({ at: 9_000, retired: true, revoked: false });
  expect(over).toMatch(/State.*VideoSDK refused it from .* on, since the secret that signed it was retired\./);
  expect(over).not.toMatch(/If its signature|Bad signature|Would end/);
});

test("one whose secret is retired is not called active, and permits nothing; of a disabled key it is said what that is worth", () => {
  const plain = textWith({ revoked: false });
  expect(plain).toContain("Active for");
  expect(plain).not.toContain("State");
  const refused = textWith({ revoked: false, retired: true });
  expect(refused).toContain("If its signature were right");
  expect(refused).toContain("Would end in");
  expect(refused).toContain("Signed with a retired secret of “Staging”");
  expect(refused).toMatch(/VideoSDK .*refuses it/);
  expect(refused).toMatch(/text-bad"><svg.*<\/svg>Bad signature</);
  expect(refused).not.toContain("Active for");
  const disabled = textWith({ revoked: false, keyDisabled: true });
  expect(disabled).toContain("Key disabled here");
  expect(disabled).toContain("Active for");
});
