/** What an audit event is called, and the one sentence that tells the rest of it. */
import { expect, test } from "vitest";
import { wordsFor } from "@/lib/audit/actions";
import { eventDetail } from "./event-detail";
import { sentenceOf, titleOf, wordsAtIt } from "./event-words";

test("a changed key says what was changed, from what to what", () => {
  expect(
    sentenceOf({
      ...{ action: "key.changed", actorKind: "member", actorName: "Maya Lind", address: "", keyLabel: "Live" },
      ...{ tokenNumber: null, token: null, case: null },
      detail: { changed: { maxTtlSeconds: [3_600, null], signsElsewhere: [null, "no"] } },
    }),
  ).toEqual(["Live", "max lifetime: 1 h → no limit", "signs elsewhere: not said yet → no"]);
});

test("secrets that were sealed anew are counted", () => {
  expect(
    sentenceOf({
      ...{
        action: "secrets.resealed",
        actorKind: "system",
        actorName: "Claimcheck itself",
        address: "",
        keyLabel: null,
      },
      ...{ tokenNumber: null, token: null, case: null, detail: { secrets: 3 } },
    }),
  ).toEqual(["3 secrets, with the keyring's current key"]);
});

test("the tokens of a case are counted no further than it keeps them", () => {
  const detail = { case: 2, tokens: 1_001, note: "The old deploy script." };
  expect(
    sentenceOf({
      ...{ action: "case.acknowledged", actorKind: "member", actorName: "Maya Lind", address: "", keyLabel: "Live" },
      ...{ tokenNumber: null, token: null, case: null, detail },
    }),
  ).toEqual(["Case\u00a02, 1,000+ tokens", detail.note]);
  expect(eventDetail(detail).map(({ detail: told }) => told)[1]).toBe("1,000+");
});

test("a changed member is named, with what they were and are", () => {
  expect(
    sentenceOf({
      ...{ action: "member.changed", actorKind: "member", actorName: "Maya Lind", address: "", keyLabel: null },
      ...{ tokenNumber: null, token: null, case: null },
      detail: { email: "ivo@example.com", changed: { role: ["issuer", "auditor"] } },
    }),
  ).toEqual(["ivo@example.com", "role: issuer → auditor"]);
});

test("what was signed elsewhere is told by the label of its key, and never by the API key", () => {
  const event = {
    ...{ action: "token.signed_elsewhere", actorKind: "member", actorName: "Maya Lind", address: "", keyLabel: "Live" },
    ...{ tokenNumber: null, token: null, case: null },
  };
  const apiKey = "3f6c1d2e-0000-4000-8000-000000000000";
  expect(sentenceOf({ ...event, detail: { apiKey } })).toEqual(["Live"]);
  expect(sentenceOf({ ...event, detail: { apiKey, imitates: 3_459 } })).toEqual([
    "Live",
    "altered from No.\u00a03,459",
  ]);
});

test("an ended session says whose it was, why, and how many they were", () => {
  const event = {
    ...{ action: "session.ended", actorKind: "member", actorName: "Maya Lind", address: "", keyLabel: null },
    ...{ tokenNumber: null, token: null, case: null },
  };
  const detail = { email: "ivo@example.com", reason: "the role changed", sessions: 2 };
  expect(sentenceOf({ ...event, detail })).toEqual(["ivo@example.com", "The role changed", "2 sessions"]);
  expect(sentenceOf({ ...event, detail: { reason: "by the member" } })).toEqual(["By the member"]);
});

test("one token that was revoked is one", () => {
  const event = {
    ...{ action: "token.revoked", actorKind: "member", actorName: "Maya Lind", address: "", keyLabel: "Live" },
    ...{ token: null, case: null },
  };
  const titled = (tokenNumber: number | null, tokens: number) =>
    titleOf({ ...event, tokenNumber, detail: { reason: "It was on a slide.", tokens } }).words;
  expect(titled(7, 1)).toBe("revoked a token");
  expect(titled(null, 2)).toBe("revoked tokens");
});

test("what was done to an endpoint does not say on its own page that it was one", () => {
  const actions = ["endpoint.created", "endpoint.renewed", "endpoint.disabled", "endpoint.taken_over"] as const;
  expect(actions.map((action) => wordsAtIt(wordsFor(action), "endpoint"))).toEqual([
    "created it",
    "renewed its address",
    "switched it off",
    "took it over",
  ]);
});
