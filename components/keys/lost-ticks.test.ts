import { expect, test } from "vitest";
import { changeKeyForm } from "@/lib/keys/change-key-form";
import { noLimits } from "@/lib/keys/policy";
import { firstProfile } from "@/lib/profiles/registry";
import { lostInWords, type Ticks, toldStill } from "./lost-ticks";

const [guest, server, kiosk] = ["Guest", "Server", "Kiosk"].map((name) => ({ id: name.toLowerCase(), name }));
const all = [guest, server, kiosk].flatMap((each) => each ?? []);
const withoutKiosk = all.filter(({ name }) => name !== "Kiosk");
const said = (ticks: Partial<Ticks>, offered = withoutKiosk, before = all) =>
  lostInWords({ typed: [], left: [], leftOut: [], ...ticks }, offered, before);

test("what is gone and what is left out are told apart, each by its name", () => {
  const left = ["guest"];
  expect(said({ typed: left, left, leftOut: ["server", "kiosk"] })).toBe(
    '"Kiosk" is gone. "Server" is left out: others were chosen meanwhile.',
  );
  expect(said({ typed: ["guest", "kiosk"], left, leftOut: ["server"] })).toBe(
    '"Kiosk" is gone. "Server" is left out: others were chosen meanwhile.',
  );
  // Of what was ticked before the page was loaded nobody knows the name.
  expect(said({ typed: left, left, leftOut: ["server", "kiosk"] }, withoutKiosk, withoutKiosk)).toBe(
    'One that you had ticked is gone. "Server" is left out: others were chosen meanwhile.',
  );
});

test("where nothing was lost, nothing is said, nor of what stands again by now", () => {
  expect(said({ typed: ["guest"], left: ["guest"] })).toBeUndefined();
  expect(said({ typed: ["guest"], left: ["guest"], leftOut: ["guest"] })).toBeUndefined();
});

test("what holds is ticked again where all that was ticked is gone", () => {
  expect(said({ typed: ["kiosk"], left: ["guest"] })).toBe('"Kiosk" is gone. What holds now is ticked again.');
});

test("what was told stands whatever becomes of another field, until its own ticks are touched or issuers may what everybody may", () => {
  const begun = changeKeyForm(firstProfile(), { id: "a-key", label: "Staging", policy: noLimits });
  const then = { ...begun, templates: ["guest"], issuersLess: true };
  const told = { templates: ["server"], "issuer.templates": ["kiosk"] };
  const still = (change: Partial<typeof then>) => toldStill(told, then, { ...then, ...change });
  expect(still({ label: "Production", maxLifetime: "6h" })).toEqual(told);
  expect(still({ templates: ["guest", "server"] })).toEqual({ "issuer.templates": ["kiosk"] });
  expect(still({ issuer: { ...then.issuer, templates: ["server"] } })).toEqual({ templates: ["server"] });
  expect(still({ issuersLess: false })).toEqual({ templates: ["server"] });
});
