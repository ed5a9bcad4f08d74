/** What the decoder shows, and that its marks lie where they belong. */
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPath } from "@/lib/jwt/path";
import { readToken } from "@/lib/jwt/read";
import { type DecodedToken, decodeReading } from "./decode";
import type { Inspection } from "./inspection";

const now = Date.UTC(2026, 10, 24, 12) / 1000;
const encode = (text: string) => Buffer.from(text).toString("base64url");

function sign(payload: string, header = '{"alg":"HS256","typ":"JWT"}'): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${createHmac("sha256", "a secret").update(input).digest("base64url")}`;
}

function decode(text: string): DecodedToken {
  const decoded = decodeReading(readToken(text), { server: { state: "unavailable", reason: "" }, now });
  if (decoded.kind !== "token") throw new Error(`This is ${decoded.kind}.`);
  return decoded;
}

const right = { state: "right", keyLabel: "Staging", retired: false, otherKey: false } as const;
const claims = '{"apikey":"k","permissions":["allow_join"],"exp":1e10}';
const sound = sign(claims);
const faulty = JSON.stringify({
  apiKey: "x",
  permissions: ["ask_join", "allow_mod", "all"],
  version: "2",
  roomId: "a b",
  exp: now * 1000,
  iat: "x",
});
const token = sign(faulty);
const textAt = ({ start, end }: { start: number; end: number }, of: string) => of.slice(start, end);

describe("decoding", () => {
  it("shows header and payload as they stand in the token, the claims, and a sentence", () => {
    const payload = '{ "apikey" : "k",\n "permissions":["allow_join"], "exp": 1e9 }';
    const decoded = decode(sign(payload, '{"typ":"JWT", "alg":"HS256"}'));
    expect(decoded).toMatchObject({
      headerText: '{"typ":"JWT", "alg":"HS256"}',
      payloadText: payload,
      claims: { apikey: "k", permissions: ["allow_join"], exp: 1e9 },
      complete: true,
      takenOff: [],
    });
    expect(decoded.sentence.length).toBeGreaterThan(0);
    expect(decoded.verdict.word).toBe("Expired");
  });

  it("shows what was taken off, and the bare token", () => {
    expect(decode(`Authorization: Bearer "${token}"\n`)).toMatchObject({
      token,
      takenOff: expect.arrayContaining([{ kind: "quotes" }]),
    });
  });

  it("shows an incomplete token as far as it goes", () => {
    const decoded = decode(token.split(".")[0] ?? "");
    expect(decoded).toMatchObject({ complete: false, payloadText: "", claims: undefined, sentence: [] });
    expect(decoded.verdict.word).toBe("Malformed");
  });

  it.each<[string, string, Inspection["signature"] | undefined, RegExp]>([
    ["right", sound, right, /^Whoever holds this token may join/],
    [
      "by another secret",
      sound,
      { state: "wrong", keyLabel: "Staging" },
      /^If its signature were right: whoever holds/,
    ],
    ["cut", sound.slice(0, -3), right, /^If it were whole and well-formed: whoever holds/],
    ["without an algorithm", sign(claims, '{"alg":"none"}'), right, /^If its signature were right: whoever holds/],
    [
      "of a time that is no number",
      sign(claims.replace("1e10", '"x"')),
      right,
      /^If it were whole and well-formed: by its perm/,
    ],
    ["by a secret that nobody has", sound, { state: "unknown-key" }, /^If its signature is right: whoever holds/],
    ["not checked", sound, undefined, /^If its signature is right: whoever holds/],
  ])("says what one permits only if VideoSDK accepts it: %s", (_, text, signature, sentence) => {
    const inspection = signature && { signature, ledger: { state: "absent" } as const, keyDisabled: false };
    const decoded = decodeReading(readToken(text), {
      server: inspection ? { state: "answered", inspection } : { state: "unavailable", reason: "" },
      now,
    });
    const parts = decoded.kind === "token" ? decoded.sentence : [];
    expect(parts.map((part) => ("text" in part ? part.text : "")).join("")).toMatch(sentence);
  });

  it("passes on what is no token", () => {
    const answer = decodeReading(readToken("hello"), { server: { state: "unavailable", reason: "" }, now });
    expect(answer.kind).toBe("not-a-token");
    expect(decodeReading(readToken(""), { server: { state: "unavailable", reason: "" }, now }).kind).toBe("empty");
  });

  it("is plain data, as a worker can send it", () => {
    const decoded = decode(token);
    expect(structuredClone(decoded)).toEqual(decoded);
  });
});

describe("the marks", () => {
  it("stand for findings, each on characters that hold what it is about", () => {
    const { marks } = decode(token);
    expect(marks.length).toBeGreaterThan(5);
    expect(new Set(marks.map(({ tone }) => tone))).toEqual(new Set(["bad", "warn"]));
    const payloadStart = token.indexOf(".") + 1;
    const at = (mark: { start: number; end: number }) => {
      const before = Math.floor(((mark.start - payloadStart) * 6) / 8);
      const after = Math.ceil(((mark.end - payloadStart) * 6) / 8);
      return faulty.slice(before, after);
    };
    expect(marks.map(at).some((text) => text.includes("ask_join"))).toBe(true);
    expect(marks.map(at).some((text) => text.includes(String(now * 1000)))).toBe(true);
  });

  it("do not paint a whole segment", () => {
    for (const text of [token.slice(0, -4), sign("[1]"), sign("{")])
      for (const { start, end } of decode(text).marks)
        expect(textAt({ start, end }, text)).not.toMatch(/^[^.]{40,}$|^\.?[^.]+\.$/);
  });

  it("are the same whatever stands around the token or breaks it", () => {
    const bare = decode(token).marks;
    const wrapped = fc.oneof(
      fc.constantFrom(
        `Bearer ${token}`,
        `"${token}"`,
        `Authorization: ${token}`,
        `TOKEN=${token};`,
        `\n\n  ${token}\n`,
        `{"token":"${token}"}`,
      ),
      fc
        .array(fc.integer({ min: 1, max: token.length - 1 }), { minLength: 1, maxLength: 6 })
        .map((places) =>
          [...new Set(places)]
            .sort((a, b) => b - a)
            .reduce((text, place) => `${text.slice(0, place)}\n${text.slice(place)}`, token),
        ),
    );
    fc.assert(
      fc.property(wrapped, (text) => {
        const decoded = decode(text);
        expect(decoded.token).toBe(token);
        expect(decoded.marks).toEqual(expect.arrayContaining(bare));
      }),
      { numRuns: 100 },
    );
  });

  it("lie within the token, whatever was pasted", () => {
    const payloads = fc.oneof(
      fc.json(),
      fc
        .dictionary(
          fc.constantFrom("apikey", "exp", "iat", "nbf", "permissions", "roles", "roomId", "é", "version"),
          fc.jsonValue(),
        )
        .map((value) => JSON.stringify(value)),
      fc.string(),
    );
    const around = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => `Bearer ${text}`,
      (text) => `  "${text}"  `,
      (text) => text.slice(0, -7),
      (text) => `${text.slice(0, 30)}\r\n${text.slice(30, 31)}\n${text.slice(31)}`,
      (text) => `https://x.example/?token=${text}&a=1`,
      (text) => `${text}.${text}`,
      (text) => `${text}=`,
    );
    fc.assert(
      fc.property(payloads, around, (payload, wrap) => {
        const reading = readToken(wrap(sign(payload)));
        const decoded = decodeReading(reading, { server: { state: "unavailable", reason: "" }, now });
        if (decoded.kind !== "token") return;
        for (const { start, end } of decoded.marks) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(decoded.token.length);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("marks", () => {
  const marked = (payload: string) => {
    const decoded = decode(sign(payload));
    return decoded.marks.map(({ start, end }) => textAt({ start, end }, decoded.token));
  };
  const inBase64 = (payload: string, part: string) => {
    const at = payload.indexOf(part);
    const segment = Buffer.from(payload).toString("base64url");
    return segment.slice(Math.floor((at * 8) / 6), Math.ceil(((at + part.length) * 8) / 6));
  };

  it("both places of a duplicate name", () => {
    const payload = '{"apikey":"k","exp":1,"permissions":["allow_join"],"exp":2}';
    expect(marked(payload)).toEqual(
      expect.arrayContaining([inBase64(payload, '"exp":1'), inBase64(payload, '"exp":2')]),
    );
  });

  it("a misspelt name with a hyphen, by the path that its row has", () => {
    const payload = '{"apikey":"k","permissions":["allow_join"],"room-id":"x"}';
    const { verdict } = decode(sign(payload));
    const finding = verdict.layers.flatMap(({ findings }) => findings).find(({ code }) => code === "claim-misspelt");
    expect(finding?.path).toBe(formatPath("payload", ["room-id"]));
    expect(marked(payload)).toContain(inBase64(payload, '"room-id":"x"'));
  });
});
