/** What may not stand in an address, nor in what everybody reads: tokens and secrets, however they are written. */
import { randomBytes } from "node:crypto";
import jwt from "jsonwebtoken";
import { describe, expect, test } from "vitest";
import { fingerprint } from "@/lib/keys/fingerprint";
import { heldIn, looksHeld } from "./held-in";

const SECRET = randomBytes(32).toString("hex");
const OF_OTHER_SHAPE = "kT9#vL2$qW8!zR5%mX3^bN7*cY4+dF6~";
const known = [SECRET, OF_OTHER_SHAPE].map((secret) => ({
  fingerprint: fingerprint(secret),
  label: secret.slice(0, 4),
}));
const TOKEN = jwt.sign({ apikey: "k", permissions: ["allow_join"] }, SECRET);
const [, payload, signature] = TOKEN.split(".");
const base64 = (text: string) => Buffer.from(text).toString("base64");
const groups = (size: number, between: string) => (SECRET.match(new RegExp(`.{1,${size}}`, "g")) ?? []).join(between);

describe("a secret of ours", () => {
  test.each([
    SECRET,
    SECRET.toUpperCase(),
    `VIDEOSDK_SECRET=${SECRET}`,
    `"${SECRET}"`,
    `look ${SECRET}, there`,
    groups(8, "-"),
    base64(SECRET),
    base64(base64(SECRET)),
    SECRET.replace(/./g, (digit) => `%${digit.charCodeAt(0).toString(16)}`),
    SECRET.replace(/./g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
    `note ${OF_OTHER_SHAPE}`,
    `"${OF_OTHER_SHAPE}",`,
    base64(OF_OTHER_SHAPE),
  ])("is known in %s", async (text) => {
    expect(await heldIn(text, known)).toMatchObject({ what: "known secret" });
  });

  test.each([
    SECRET,
    groups(4, " "),
    groups(8, "-"),
    groups(16, ":"),
    `v1/${base64(SECRET)}`,
    `secret_${base64(SECRET)}`,
    base64(base64(SECRET)),
    `\\x${Buffer.from(SECRET).toString("hex").match(/../g)?.join("\\x")}`,
    SECRET.replace(/./g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  ])("looks like one where it is not known: %s", (text) => {
    expect(looksHeld(text)).toBe(true);
  });
});

test.each([
  TOKEN,
  `(${TOKEN})`,
  `https://example.com/join/${TOKEN}`,
  TOKEN.replaceAll(".", "%2E"),
  `\u200b${TOKEN}`,
  `${TOKEN.slice(0, 30)}\u200b${TOKEN.slice(30)}`,
])("a token is found in %s", async (text) => {
  expect(await heldIn(text, known)).toEqual({ what: "token", token: TOKEN });
});

test("a piece of a token has the looks", async () => {
  expect(await heldIn(`${payload}.${signature}`, known)).toEqual({ what: "secret" });
});

test.each([
  "",
  "ward 7b, nurse call in Zürich for the night of 2026-11-27",
  "moved from 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed to 9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d",
  "commit 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12",
  "https://example.com/rooms/2kyv-gzay-64pg?from=2026-11-27T10:00:00.000Z&to=2026-11-28T10:00:00.000Z",
  "Eyjafjallajökull",
  "No. 2,900",
])("nothing is seen in %s", async (text) => {
  expect(await heldIn(text, known)).toBeUndefined();
});
