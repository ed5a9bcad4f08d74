/** What is found in a text that holds the same again and again: more often than a call takes arguments, or than an expression goes on. */
import { createHmac, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { fingerprint } from "@/lib/keys/fingerprint";
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

// A file may have as many (MOST_BYTES of lib/cli/scan.ts).
test.each([
  ["digits of a dump as a database writes it", "4a7fe0"],
  ["a text in hexadecimal digits", "4120623a20"],
  ["percent signs of a link in Japanese", "%E3%81%82"],
])(
  "20 MB of %s in one line hide nothing around them",
  async (_, unit) => {
    const [above, below] = [randomBytes(32), randomBytes(32)].map((bytes) => bytes.toString("hex"));
    const known = [above, below].map((secret = "", index) => ({
      ...{
        fingerprint: fingerprint(secret),
        keyId: `${index}`,
        label: `${index}`,
        profile: "videosdk",
        retired: false,
      },
    }));
    const [one, other] = ["1", "2"].map((jti) => {
      const signed = `${base64url({ alg: "HS256" })}.${base64url({ jti })}`;
      return `${signed}.${createHmac("sha256", "any").update(signed).digest("base64url")}`;
    });
    const around = (secret?: string, token?: string) => `SECRET=${secret}\nTOKEN=${token}\n`;
    const line = unit.repeat(Math.ceil(20_000_000 / unit.length));
    const text = `${around(above, one)}eyJ ${line}\n${around(below, other)}`;
    const { secrets, tokens } = await scanText(text, { now: 0, fingerprints: known });
    expect(secrets.map((secret) => [secret.line, secret.label])).toEqual([
      [1, "0"],
      [4, "1"],
    ]);
    expect(tokens.map((token) => [token.line, token.jti])).toEqual([
      [2, "1"],
      [5, "2"],
    ]);
  },
  300_000,
);
