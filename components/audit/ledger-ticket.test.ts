/** A token's row in the ledger: what it says of one that was revoked here, which its vendor does not know, and of one that its vendor refuses. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
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
const textWith = ({ at = 3_000, retired = false, keyDisabled = false, revoked = true }) => {
  const row = revoked ? entry : { ...entry, revokedAt: null };
  const verdict = verdictOn(row, { retiredAt: retired ? new Date(2_500_000) : null, keyDisabled, at });
  return renderToStaticMarkup(createElement(LedgerTicket, { entry: row, expired: at >= row.expiresAt, verdict }));
};

test("until when the vendor accepts it all the same, unless it refuses it already", () => {
  expect(textWith({})).toContain("accepts it until");
  expect(textWith({ retired: true })).toContain("refuses it already");
  expect(textWith({ retired: true })).not.toContain("accepts it");
  expect(textWith({ at: 9_000, retired: true })).not.toMatch(/accepts it|refuses it/);
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
