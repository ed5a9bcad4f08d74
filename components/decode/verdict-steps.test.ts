/** What to do about an alarm, as the head of the decoder lists it. */
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import type { Inspection } from "@/lib/decoder/inspection";
import { profileOf } from "@/lib/profiles/registry";
import type { FlaggedSecret } from "@/lib/scan/flag-secrets";
import { verdictSteps } from "./verdict-steps";

vi.mock("next/navigation", () => ({ useRouter: () => ({}), usePathname: () => "/decode" }));

const desk = { profile: profileOf("videosdk"), mayRead: true, mayChange: true, onClear: () => {} };
const entry = {
  ...{ number: 3_459, jti: "", event: 1, actorName: "Maya Lind", ask: "Ask Maya Lind", issuedAt: 0, expiresAt: 1 },
  ...{ keyId: "one", keyLabel: "Live", templateName: null, purpose: "", room: null, subject: null, via: "dashboard" },
  ...{ revokedAt: null, revokedByName: null, revokedReason: null },
};
const inspectionWith = (retired: boolean): Inspection => ({
  signature: { state: "right", keyLabel: "Live", retired, otherKey: false },
  ledger: { state: "altered", entry },
  keyDisabled: false,
  elsewhere: { keyId: "one", signsElsewhere: "no" },
});
const secretThatIs = (retired: boolean): FlaggedSecret => ({
  ...{ fingerprint: "", keyId: "one", label: "Live", profile: "videosdk", retired },
  ...{ line: 1, column: 1, further: 0, inToken: false },
});

test.each([
  ["altered", (retired: boolean) => verdictSteps.alteredSteps(inspectionWith(retired), desk)],
  ["signed elsewhere", (retired: boolean) => verdictSteps.elsewhereSteps(inspectionWith(retired), desk)],
  ["the secret itself", (retired: boolean) => verdictSteps.secretSteps(secretThatIs(retired), desk)],
])("%s: a secret is to be regenerated unless it was rotated since", (_, stepsFor) => {
  const [current, retired] = [false, true].map((each) => renderToStaticMarkup(stepsFor(each)));
  expect(current).toMatch(/regenerate the secret/i);
  expect(retired).not.toMatch(/regenerate/i);
  expect(retired).toContain("The secret is retired already");
});

test.each([
  [
    "the step, for an admin",
    { mayRead: true, mayRotate: true },
    'href="/keys/one?rotate=1#rotate"',
    "Rotate the secret",
  ],
  ["the key, for an issuer or auditor", { mayRead: true, mayRotate: false }, 'href="/keys/one"', "See the key"],
  ["whom to ask, for support", { mayRead: false, mayRotate: false }, "Tell an admin.", "Tell an admin."],
])("what would end a revoked token is there: %s", (_, who, place, words) => {
  const inspection: Inspection = { ...inspectionWith(false), ledger: { state: "issued", entry } };
  const act = renderToStaticMarkup(verdictSteps.endingAct({ word: "Revoked" }, inspection, who));
  expect(act).toContain(place);
  expect(act).toContain(words);
  expect(act.includes("href")).toBe(who.mayRead);
  expect(verdictSteps.endingAct({ word: "Valid" }, inspection, who)).toBeNull();
});

test.each([
  [true, 'href="/credentials"', "See the credentials"],
  [false, "Tell an admin.", "Tell an admin."],
])("a credential is ended where credentials are kept, by an admin: %s", (mayChange, place, words) => {
  const steps = renderToStaticMarkup(verdictSteps.credentialSteps(false, { mayChange, onClear: () => {} }));
  expect(steps).toContain(place);
  expect(steps).toContain(words);
  expect(steps).toContain("Clear the field");
});

test("of a secret within a token it is not said that it was sent nowhere: the token is checked on the server", () => {
  const [alone, within] = [false, true].map((inToken) =>
    renderToStaticMarkup(verdictSteps.secretSteps({ ...secretThatIs(false), inToken }, desk)),
  );
  expect(alone).toContain("sent nowhere");
  expect(within).not.toContain("sent nowhere");
});
