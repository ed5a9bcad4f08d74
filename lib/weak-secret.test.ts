/** A secret that could be guessed must not get in; one that was drawn must. */
import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { isWeakSecret } from "./weak-secret";

it.each([
  "a".repeat(32),
  "0".repeat(64),
  "ab".repeat(32),
  "deadbeef".repeat(8),
  "0123456789abcdef".repeat(4),
  "correct horse".repeat(3),
  "abcdefghijklmnopqrstuvwxyz012345",
  "zyxwvutsrqponmlkjihgfedcba987654",
  "aaaaaaaabbbbbbbbccccccccddddddddeeeeeeeeffffffffgggggggghhhhhhhh",
  "日".repeat(20),
])("weak: %s", (secret) => {
  expect(isWeakSecret(secret)).toBe(true);
});

it("lets a thousand random ones pass, in hexadecimal and base64url", () => {
  for (let count = 0; count < 1_000; count++) {
    expect(isWeakSecret(randomBytes(32).toString("hex"))).toBe(false);
    expect(isWeakSecret(randomBytes(32).toString("base64url"))).toBe(false);
  }
});
