import { describe, expect, it } from "vitest";
import { readKept, writeKept } from "./kept-form";
import { newJti } from "./new-jti";
import type { FormValues } from "./schema";

const jti = newJti();
const values: FormValues = {
  ...{ keyId: "key", template: "guest", expiresIn: "1.5h", purpose: "للعرض 👋", roomId: "x".repeat(300) },
  permissions: ["ask_join", "allow_mod"],
  roles: [],
};

describe("what is kept of a form", () => {
  it("is what was typed, also what can't be issued, and its token id", () => {
    expect(readKept(writeKept("me", jti, values), "me")).toEqual({ jti, values });
  });

  it("is nobody else's", () => {
    expect(readKept(writeKept("me", jti, values), "somebody")).toBeUndefined();
  });

  it("is no secret and no token, wherever they were typed", () => {
    const secret = "0123456789abcdef".repeat(4);
    const token = "eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.abc";
    const text = writeKept("me", jti, { ...values, roomId: `a ${secret}`, purpose: `use ${token}`, roles: [secret] });
    expect(text).not.toMatch(/0123456789abcdef|eyJ/);
    expect(readKept(text, "me")?.values).toEqual({
      ...{ keyId: "key", template: "guest", expiresIn: "1.5h", permissions: ["ask_join", "allow_mod"] },
    });
  });

  it("is a room also where its letters look a little like a token's", () => {
    const rooms = { ...values, roomId: "2eyj-gzay-64pg" };
    expect(readKept(writeKept("me", jti, rooms), "me")?.values).toEqual(rooms);
  });

  it.each(["", "null", "{", "[]", '{"memberId":"me"}', '{"memberId":"me","jti":"x","values":{}}', '"me"'])(
    "is nothing of what it did not write: %s",
    (text) => expect(readKept(text, "me")).toBeUndefined(),
  );
});
