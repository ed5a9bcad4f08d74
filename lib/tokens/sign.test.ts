import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { jwtVerify, SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { openSigner, signToken } from "./sign";

const secret = randomBytes(32).toString("hex");

describe("a token that is signed", () => {
  it("is the one that jose makes, byte for byte", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue(), { noNullPrototype: true }),
        async (claims) => {
          const bytes = new TextEncoder().encode(secret);
          const jose = await new SignJWT(claims).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(bytes);
          expect(signToken(claims, secret, "HS256")).toBe(jose);
        },
      ),
    );
  });

  it("is verified by jose with the secret's characters, and with no other", async () => {
    const token = signToken({ jti: "1" }, secret, "HS256");
    const with_ = (text: string) => jwtVerify(token, new TextEncoder().encode(text), { algorithms: ["HS256"] });
    expect((await with_(secret)).payload).toEqual({ jti: "1" });
    await expect(with_(`${secret}0`)).rejects.toThrow("signature");
  });

  it("of many is the same as of one", () => {
    const sign = openSigner(secret, "HS256");
    for (const jti of ["a", "b"]) expect(sign({ jti })).toBe(signToken({ jti }, secret, "HS256"));
  });
});
