import jwt from "jsonwebtoken";
import { expect, test } from "vitest";
import { vendors } from "@/lib/profiles/registry";
import { readToken } from "./read";

const TOKEN = jwt.sign({ apikey: "k" }, "s");
const SECRET = "5fd924625f6ab16a19cc9807c7c506ae1813490e4ba675f843d5a10e0baacdb8";

const cases: [what: string, text: string][] = [
  ["several-tokens", `${TOKEN}\n${jwt.sign({ apikey: "other" }, "s")}`],
  [
    "jwe",
    "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..48V1_ALb6US04U3b.5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EFShS8iB7j6ji.XFBoMYUZodetZdvTiFvSkQ",
  ],
  ["jwe", '{"protected":"eyJlbmMiOiJBMTI4R0NNIn0","ciphertext":"a","tag":"b","iv":"c"}'],
  ["jws-json", '{"payload":"eyJhIjoxfQ","protected":"eyJhbGciOiJIUzI1NiJ9","signature":"abc"}'],
  ["api-key", "2f1c1f1e-1111-4222-8333-123456789abc"],
  ["api-key", "VIDEOSDK_API_KEY=2f1c1f1e-1111-4222-8333-123456789abc"],
  ["secret-hex", SECRET],
  ["secret-hex", `VIDEOSDK_SECRET="${SECRET}"`],
  ["secret-base64", "Zk3+qV0c8v1nJpX2yB7wL/9sTqR4uE6hGd5aKxWm3oA="],
  ["link", "https://app.videosdk.live/api-keys"],
  ["jwk", '{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMko"}'],
  ["jwks", '{"keys":[{"kty":"RSA","n":"a","e":"AQAB"}]}'],
  ["pem", "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----"],
  ["env-file", `VIDEOSDK_API_KEY=abc\nVIDEOSDK_SECRET=${SECRET}\n`],
  // A mail's lines end in `=`, and are no settings.
  ["opaque", `3D${TOKEN.slice(0, 60)}=\n${TOKEN.slice(60)}=\nRegards=\nRobin=\nand all`],
  ["base64-token", Buffer.from(TOKEN).toString("base64")],
  ["base64-json", TOKEN.split(".")[1] ?? ""],
  ["base64-text", Buffer.from("user:a long enough password").toString("base64")],
  ["claims", '{"apikey":"k","permissions":["allow_join"]}'],
  ["json", '{"error":"Token is invalid or expired"}'],
  ["html", "<!DOCTYPE html><title>502 Bad Gateway</title>"],
  [
    "binary",
    new TextDecoder().decode(Buffer.from("89504e470d0a1a0a0000000d49484452000001900000012c0806000000", "hex")),
  ],
  ["binary", `a=1\nb=2\n${"\ufffd\u0001x=\u0000".repeat(50)}`],
  ["opaque", "caf\ufffd and cr\ufffdme"],
  ["opaque", "hello"],
  ["opaque", "Token is invalid or expired"],
];

test.each(cases)("%s: %s", (what, text) => {
  const reading = readToken(text, vendors);
  expect(reading).toMatchObject({ kind: "not-a-token", what });
  if (reading.kind !== "not-a-token") return;
  expect(reading.findings).toMatchObject([{ code: `is-${what}`, layer: "form", severity: "error" }]);
  expect(reading.message).toMatch(/^[A-Z].*\.$/);
  expect(reading.remedy).toMatch(/^[A-Z].*\.$/);
});

test("what may be a secret is never repeated, and comes with a warning", () => {
  for (const text of [SECRET, "Zk3+qV0c8v1nJpX2yB7wL/9sTqR4uE6hGd5aKxWm3oA=", "correct horse battery"]) {
    const reading = readToken(text);
    expect(JSON.stringify(reading)).not.toContain(text);
    expect(JSON.stringify(reading)).toContain("don't paste it elsewhere");
  }
});

test("what is nearly a token is read as one", () => {
  const [header, payload, signature] = TOKEN.split(".");
  const nearly = [
    `${header}.${payload}`,
    `${header}.`,
    header,
    header?.slice(0, 7),
    "ey",
    `.${payload}.${signature}`,
    `x${header}.${payload}.${signature}`,
  ];
  for (const text of nearly) expect([text, readToken(text ?? "").kind]).toEqual([text, "token"]);
});

test("nothing at all", () => {
  for (const text of ["", " \n", '""']) expect(readToken(text)).toEqual({ kind: "empty" });
});
