/** A secret that could be guessed must not get in; one that was drawn must. */
import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { holdsApiKey, isExampleSecret, isToken, isWeakSecret } from "./weak-secret";

const RFC_7515 = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qs0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
const API_KEY = "3f6d2c1e-8b7a-4d59-9e0f-1a2b3c4d5e6f";
const PIECE = "k7Qw2mZx9LpT4vBn";

it.each([
  "a".repeat(32),
  "0".repeat(64),
  "ab".repeat(32),
  "deadbeef".repeat(8),
  "0123456789abcdef".repeat(4),
  "correct horse".repeat(3),
  "abcdefghijklmnopqrstuvwxyz012345",
  "a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0c1d2e3f4a5b6c7d8e9f0a1b2",
  "1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b",
  "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8s9t0u1v2w3x4y5z6",
  "AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPp",
  "zyxwvutsrqponmlkjihgfedcba987654",
  "aaaaaaaabbbbbbbbccccccccddddddddeeeeeeeeffffffffgggggggghhhhhhhh",
  "日".repeat(20),
  `${PIECE}.${PIECE}`,
  `${PIECE}${PIECE}x`,
  `x${PIECE}-${PIECE}!`,
  `${PIECE}_${PIECE.toUpperCase()}_${PIECE}`,
  `${PIECE}${PIECE.slice(0, 9)}`.repeat(2),
  `${PIECE}${[...PIECE].reverse().join("")}`,
  "3.14159265358979323846264338327950288419716939937510",
  "31415926535897932384626433832795",
  "1.73205080756887729352744634150587236694",
  "0.69314718055994530941723212145817656807",
  "2.2360679774997896964091736687312762354406",
  "0.5772156649015328606065120900824024310421",
  "2.3025850929940456840179914546843642076011",
  "2357111317192329313741434753596167717379",
  "1123581321345589144233377610987159725844",
  "14159265358979323846264338327950288419",
  "1248163264128256512102420484096819216384",
  "149162536496481100121144169196225256289324",
  "2.718281828459045235360287471352662497757",
  "1234567891011121314151617181920212223242526272829303132333435363",
  "0123456789101112131415161718192021222324",
  "2468101214161820222426283032343638404244",
  "5101520253035404550556065707580859095100",
  "1990199119921993199419951996199719981999",
  "1001021041061081101121141161181201221241",
  "99989796959493929190898887868584838281",
  "018276412521634351272910001331172821972744",
  "1392781243729218765611968359049177147531441",
  "0136101521283645556678911051201361531711902",
  "1126241207205040403203628803628800399168004",
  Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString("hex"),
  Buffer.from(Array.from({ length: 32 }, (_, index) => 255 - 7 * index)).toString("base64"),
  Buffer.from("f3a1907be244d85c".repeat(3), "hex").toString("base64url"),
  "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89",
  Buffer.from("243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89", "hex").toString("base64"),
  "2b7e151628aed2a6abf7158809cf4f3c762e7160f38b4da56a784d9045190cfe",
  "2.b7e151628aed2a6abf7158809cf4f3c7",
  "6a09e667f3bcc908b2fb1366ea957d3e3adec17512775099da2f590b0667322a",
  "9e3779b97f4a7c15f39cc0605cedc8341082276bf3a27251f86c6a11d0c18e95",
  "bb67ae8584caa73b25742d7078b83b8925d834cc53da4798c720a6486e45a6e2",
])("weak: %s", (secret) => {
  expect(isWeakSecret(secret)).toBe(true);
});

it.each([
  "a-string-secret-at-least-256-bits-long",
  "a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long",
  "your-256-bit-key-goes-here-0123456789",
  "thequickbrownfoxjumpsoverthelazydog",
  "my-jwt-signing-key-for-development",
  "thisisaverylongsigningkeyforjwts",
  "JanFebMarAprMayJunJulAugSepOctNovDec",
  "8badf00dbaadf00dcafebabefeedfacedefec8edabadbabe1badb002c0ffee00",
  "deadbeefcafebabe8badf00dfeedface",
  "My_Super_SECRET_Key_For_JWT_2026_xyz",
  "CHANGE_ME_to_something_random_4711_abc",
  "f81d4fae-7dec-11d0-a765-00a0c91e6bf6-key",
  "404E635266556A586E3272357538782F413F4428472B4B6250645367566B5970",
  "5367566B59703373367639792F423F4528482B4D6251655468576D5A71347437",
  "3cfa76ef14937c1c0ea519f8fc057a80fcd04a7420f8e8bcd0a7567c272e007b",
  "550e8400e29b41d4a716446655440000",
  "generate-with-openssl-rand-base64-32",
  "a-very-long-string-of-32-characters!",
  "1q2w3e4r5t6y7u8i9o0p1q2w3e4r5t6y7u8i",
  RFC_7515,
  "cc7e0d44fd473002f1c42167459001140ec6389b7353f8088f4d9a95f2f596f2",
  "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg=",
  "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG+Onbc6mxCcYg=",
  Buffer.from("hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg", "base64url").toString("hex"),
  "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
  "6A09E667BB67AE853C6EF372A54FF53A510E527F9B05688C1F83D9AB5BE0CD19",
  Buffer.from(RFC_7515, "base64url").toString("base64"),
  Buffer.from(RFC_7515, "base64url").toString("hex").toUpperCase(),
])("an example: %s", (secret) => {
  expect(isExampleSecret(secret)).toBe(true);
});

it.each(["!@#$%^&*()_+{}|:<>?~a=-[];',./`a", "£$%^&*1()_+-={}[]:;@'~#<,>.?/1|"])(
  "the few letters among signs say nothing: %s",
  (secret) => {
    expect(isWeakSecret(secret)).toBe(false);
  },
);

it("a token is told from a secret", () => {
  const token = "eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2lnbmF0dXJl";
  for (const text of [token, `Bearer ${token}`, `bearer:${token}`, token.replace(/\.[^.]*$/, ".")])
    expect(isToken(text)).toBe(true);
  expect(isToken("eyJhbGciOiJIUzI1NiJ9")).toBe(false);
});

it.each<[string, (key: string) => string]>([
  ["without its strokes", (key) => key.replaceAll("-", "")],
  ["with others", (key) => key.replaceAll("-", "_")],
  ["in capitals", (key) => key.toUpperCase()],
  ["backwards", (key) => [...key].reverse().join("")],
  ["in base64", (key) => Buffer.from(key).toString("base64")],
  ["in hexadecimal", (key) => Buffer.from(key).toString("hex")],
  ["with something behind it", (key) => `${key}:${PIECE}`],
  ["as a pair in base64", (key) => Buffer.from(`${PIECE}:${key}`).toString("base64")],
])("holds the API key %s", (_, write) => {
  for (const key of [API_KEY, "APIx7Qw2mZx9LpT4v"]) expect(holdsApiKey(write(key), key)).toBe(true);
});

const groups = API_KEY.split("-");

it.each([
  ["its first 32 characters", API_KEY.slice(0, 32)],
  ["its last 32", API_KEY.slice(-32)],
  ["its first 28 digits, and four more", `${API_KEY.replaceAll("-", "").slice(0, 28)}0000`],
  ["half of it, and something behind it", `${API_KEY.replaceAll("-", "").slice(4, 20)}${PIECE}`],
  ["its groups backwards", [...groups].reverse().join("-")],
  ["its groups backwards, without strokes", [...groups].reverse().join("")],
  ["its groups, each backwards", groups.map((group) => [...group].reverse().join("")).join("-")],
  ["its halves turned round", `${API_KEY.slice(18)}${API_KEY.slice(0, 18)}`],
  ["a part of it in base64", Buffer.from(API_KEY.slice(0, 32)).toString("base64")],
])("holds a part of the API key: %s", (_, secret) => {
  expect(holdsApiKey(secret, API_KEY)).toBe(true);
});

it("holds the API key as bytes, and a short one by chance alone", () => {
  const bytes = Buffer.from(`${API_KEY.replaceAll("-", "")}${randomBytes(16).toString("hex")}`, "hex");
  expect(holdsApiKey(bytes.toString("base64url"), API_KEY)).toBe(true);
  expect(holdsApiKey(`${PIECE}devkey${PIECE}`, "devkey")).toBe(false);
});

it("lets random ones pass, in hexadecimal, base64 and base64url, of 16 to 64 bytes", () => {
  for (let count = 0; count < 1_000; count++) {
    for (const encoding of ["hex", "base64", "base64url"] as const) {
      const secret = randomBytes(16 + (count % 49)).toString(encoding);
      const judged = [
        ...[isWeakSecret(secret), isExampleSecret(secret)],
        ...[isToken(secret), holdsApiKey(secret, API_KEY)],
      ];
      expect([secret, ...judged]).toEqual([secret, false, false, false, false]);
    }
  }
});
