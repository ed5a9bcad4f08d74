/** A secret that could be guessed must not get in; one that was drawn must. */
import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { isExampleSecret, isWeakSecret } from "./weak-secret";

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

it.each([
  "a-string-secret-at-least-256-bits-long",
  "a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long",
  "your-256-bit-key-goes-here-0123456789",
  "My_Super_SECRET_Key_For_JWT_2026_xyz",
  "CHANGE_ME_to_something_random_4711_abc",
  "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qs0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
  "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg=",
])("an example: %s", (secret) => {
  expect(isExampleSecret(secret)).toBe(true);
});

it("lets a thousand random ones pass, in hexadecimal and base64url", () => {
  for (let count = 0; count < 1_000; count++) {
    for (const encoding of ["hex", "base64url"] as const) {
      const secret = randomBytes(32).toString(encoding);
      expect([secret, isWeakSecret(secret), isExampleSecret(secret)]).toEqual([secret, false, false]);
    }
  }
});
