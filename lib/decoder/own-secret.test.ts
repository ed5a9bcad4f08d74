import { createHmac, randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { profileOf } from "@/lib/profiles/registry";
import { whyNotSignedWith } from "./own-secret";

const secret = randomBytes(32).toString("hex");
const signed = (key: string | Buffer) =>
  `header.payload.${createHmac("sha256", key).update("header.payload").digest("base64url")}`;
const whyNot = (signedWith: string | Buffer, typed: string) =>
  whyNotSignedWith(profileOf("videosdk"), signed(signedWith), typed);

it("is silent of the secret itself, whatever stands around it on both sides", async () => {
  for (const own of [secret, `"${secret}"`, `${secret}\n`]) expect(await whyNot(own, own)).toBeUndefined();
});

it.each([
  [`${secret}\n`, "but with a line break after it. Trim"],
  [`${secret}\r\n`, "but with a line break after it. Trim"],
  [`${secret} `, "but with white space around it. Trim"],
  [`'${secret}'`, "but with quotes around it. Remove the quotes"],
  [`"${secret}"\r`, "but with quotes around it. Remove the quotes"],
  [`\ufeff${secret}`, "but with a byte order mark in front. Save"],
  [`SECRET=${secret}`, "but with signs around it that do not belong to it. Remove"],
  [Buffer.from(secret, "hex"), "but decoded from hexadecimal first. In your backend"],
  [Buffer.from(secret, "base64"), "but base64-decoded first. In your backend"],
  [Buffer.from(secret, "utf16le"), "but as UTF-16. In your backend"],
  [btoa(secret), "but encoded first. In your backend"],
  [secret.toUpperCase(), "but in other capitals. In your backend"],
])("says how the secret was used where it is the right one (%#)", async (signedWith, said) => {
  expect(await whyNot(signedWith, secret)).toContain(`This secret made the signature, ${said}`);
});

it.each([
  [`“${secret}”`, "There are quotes around it."],
  [`${secret} `, "There is white space around it"],
  [`VIDEOSDK_SECRET=${secret}`, "There is its name in front of it."],
  [`\u200b${secret}`, "Character 1 cannot be seen (U+200B)."],
])("says what was pasted with the secret (%#)", async (typed, said) => {
  expect(await whyNot(secret, typed)).toContain(`This secret did not make the signature. ${said}`);
});

it("says of another secret, of none, of half a letter and of a very long text that it did not make the signature", async () => {
  for (const typed of [randomBytes(32).toString("hex"), "", "a".repeat(5_000_000)])
    expect(await whyNot(secret, typed)).toBe("This secret did not make the signature.");
  expect(await whyNot(secret, "\ud800")).toContain("Character 1 cannot be seen (U+D800).");
  expect(await whyNot("", "!!")).toBe("This secret did not make the signature.");
});
