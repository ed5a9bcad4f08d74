/** A token's row in the ledger: what it says of one that was revoked here, which its vendor does not know. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { LedgerRow } from "@/lib/ledger/row";
import { LedgerTicket } from "./ledger-ticket";

const claims = { apikey: "k", permissions: ["allow_join"], iat: 1_000, exp: 8_200, jti: "j" };
const entry: LedgerRow = {
  ...{ number: 7, jti: "j", profile: "videosdk", keyId: "k", keyLabel: "Staging", secretVersionId: "s" },
  ...{ actorKind: "member", actorId: "m", actorName: "Maya", sessionId: null, credentialId: null, via: "dashboard" },
  ...{ issuedAt: 1_000, startsAt: null, expiresAt: 8_200, ttlSeconds: 7_200, claims, room: null, subject: null },
  ...{ moderates: false, callsRest: true, templateId: null, templateName: null, templateVersion: null },
  ...{ batchNumber: null, purpose: "", sha256: "00", revokedAt: 2_000, revokedByName: "Maya", revokedReason: "Lost." },
};
const textWith = (more: { expired?: boolean; retired?: boolean }) =>
  renderToStaticMarkup(createElement(LedgerTicket, { entry, expired: false, retired: false, ...more }));

test("until when the vendor accepts it all the same, unless it refuses it already", () => {
  expect(textWith({})).toContain("accepts it until");
  expect(textWith({ retired: true })).toContain("refuses it already");
  expect(textWith({ retired: true })).not.toContain("accepts it");
  expect(textWith({ expired: true, retired: true })).not.toMatch(/accepts it|refuses it/);
});
