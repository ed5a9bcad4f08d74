/** The fields that a refusal names are told by the labels of the form, whoever the vendor is. */
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { profiles } from "@/lib/profiles/registry";
import { eventDetail } from "./event-detail";

const textOf = (fields: string[]) =>
  eventDetail({ fields }).map(({ detail }) => renderToStaticMarkup(detail).replace(/<[^>]*>/g, ""));

it.each([...profiles.values()])("$name: every field of its form", ({ fields }) => {
  expect(fields.length).toBeGreaterThan(0);
  for (const { name, label } of fields) {
    expect(textOf([name])[0]?.toLowerCase()).toBe(label.toLowerCase());
    expect(textOf([name])[0]?.charAt(0)).toBe(label.charAt(0).toLowerCase());
  }
});

it("those that every form has, what no form has, and what an object has by itself", () => {
  expect(textOf(["keyId", "expiresIn", "nobody", "constructor"])).toEqual([
    "signing key, lifetime, nobody, constructor",
  ]);
});

it("an instant goes through the zone, like every other", () => {
  const [until] = eventDetail({ until: "2026-11-27T12:00:00.000Z" });
  const text = renderToStaticMarkup(until?.detail).replace(/<[^>]*>/g, "");
  expect(until?.term).toBe("Until");
  expect(text).toMatch(/27 Nov 2026/);
  expect(text).not.toMatch(/\dT\d/);
});

it("the ledger's numbers as they are said everywhere else", () => {
  const [numbers] = eventDetail({ numbers: "3212-3223, 3230, and 1200 more" });
  expect(numbers).toMatchObject({ term: "Ledger numbers", detail: "3,212 to 3,223, 3,230, and 1,200 more" });
});
