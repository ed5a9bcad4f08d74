import { createHmac, randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import type { OpenSecret } from "@/lib/keys/open-secrets";
import { findMistake } from "./mistakes";

const secret = randomBytes(32).toString("hex");
const key = { id: "k", label: "Staging", apiKey: "a", profile: "videosdk", disabled: false, signsElsewhere: null };
const ours: OpenSecret = { versionId: "v", secret, retired: false, key };
const mistakeOf = (signedWith: string | Buffer) =>
  findMistake("header.payload", createHmac("sha256", signedWith).update("header.payload").digest(), [ours])?.mistake;

it.each([
  [
    "quoted",
    [
      "‚S‘",
      "‹S›",
      '"S" ',
      "'S' ",
      "«S»\n",
      '"S"\r\n',
      '"S"\r',
      '"S\n"',
      "'S\r\n'",
      '" S "',
      "' S'",
      '"S "',
      "„S”",
      "‚S’\n",
      "”S”",
      "’S’",
      "»S«",
    ],
  ],
  ["signs", ["S;", "S,", "S\\n", "S\0", "S;\n", '"S";', "'S',", '"S"\\n', "<S>", "{S}", "=S", ": S", "SECRET=S"]],
  ["signs", ["SECRET_KEY=S", "VIDEOSDK_SECRET=S", "VIDEOSDK_SECRET_KEY=S", "API_SECRET=S"]],
  ["white-space", ["\tS\n", " S\r\n", "\r\nS ", "\nS \n", "S\u00a0", "S\u200b\n", "\nS", "S\t\n", "S\t\r\n"]],
  ["byte-order-mark", ["\ufeffS", "\ufeffS\r\n", '\ufeff"S"', "\ufeff'S'\n"]],
  ["trailing-newline", ["S\n", "S\r", "S\n\n\n", "S\r\n\r\n"]],
])("what copying and files put around the secret is %s", (mistake, forms) => {
  for (const form of forms) expect([form, mistakeOf(form.replace(/S(?!\w)/, secret))]).toEqual([form, mistake]);
});

it("its characters as UTF-16, as .NET's Encoding.Unicode gives them, are told", () => {
  expect(mistakeOf(Buffer.from(secret, "utf16le"))).toBe("utf-16");
});

it("encoded for a place that it did not stand in, it is told", () => {
  const forms = [secret, `${secret}\n`].flatMap((text) => [
    Buffer.from(text).toString("base64"),
    btoa(text).replace(/=+$/, ""),
  ]);
  for (const form of [...forms, Buffer.from(secret).toString("hex")]) expect(mistakeOf(form)).toBe("encoded");
  for (const encoding of ["base64", "base64url"] as const)
    expect(mistakeOf(Buffer.from(secret, "hex").toString(encoding))).toBe("encoded");
  const slashed = `${secret}+/`;
  const encoded = createHmac("sha256", encodeURIComponent(slashed)).update("header.payload").digest();
  expect(findMistake("header.payload", encoded, [{ ...ours, secret: slashed }])?.mistake).toBe("encoded");
});

it("with its digits in capitals, it is told", () => {
  expect(mistakeOf(secret.toUpperCase())).toBe("capitals");
});

it("neither the secret itself nor another one is a mistake", () => {
  expect(mistakeOf(secret)).toBeUndefined();
  expect(mistakeOf(`"${randomBytes(32).toString("hex")}"`)).toBeUndefined();
});
