/** What is found in a text that holds the same again and again, more often than a call takes arguments. */
import { createHmac, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { writeCredential } from "@/lib/text/credential";
import { scanText } from "./scan";

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

test("a credential in the claims of a token that stands in very many lines is told as often", async () => {
  const signed = `${base64url({ alg: "HS256" })}.${base64url({ note: writeCredential(randomBytes(32)) })}`;
  const token = `${signed}.${createHmac("sha256", "any").update(signed).digest("base64url")}`;
  const lines = 150_000;
  const { credentials } = await scanText(`${token}\n`.repeat(lines), { now: 0, fingerprints: [] });
  expect(credentials).toHaveLength(lines);
}, 120_000);
