import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { plainText } from "@/lib/text/said";
import { checkTimes } from "./times";

// Many runs, and perhaps a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const NOW = Date.UTC(2026, 10, 24, 12, 0, 0) / 1000;
const HOUR = 3600;
const check = (claims: Record<string, unknown>, clockToleranceSeconds = 0) =>
  checkTimes(claims, { now: NOW, clockToleranceSeconds });
const codes = (claims: Record<string, unknown>, clockToleranceSeconds = 0) =>
  check(claims, clockToleranceSeconds).findings.map((each) => each.code);
const message = (claims: Record<string, unknown>, code: string) => {
  const finding = check(claims).findings.find((each) => each.code === code);
  return finding ? plainText(finding) : "";
};

test("a good token has no findings", () => {
  expect(check({ iat: NOW - 60, nbf: NOW - 60, exp: NOW + HOUR })).toEqual({
    state: "valid",
    findings: [],
    meant: {},
    createdAt: NOW - 60,
    notBefore: NOW - 60,
    expiresAt: NOW + HOUR,
  });
});

describe("RFC 7519 §4.1.4 exp", () => {
  test("expires on the second, later by the clock tolerance", () => {
    expect(check({ exp: NOW + 1 }).state).toBe("valid");
    expect(check({ exp: NOW }).state).toBe("expired");
    expect(check({ exp: NOW - 59 }, 60).state).toBe("valid");
    expect(check({ exp: NOW - 60 }, 60).state).toBe("expired");
    expect(message({ exp: NOW - 7085 }, "expired")).toMatch(
      /^The token expired at 2026-11-24 10:01:55 UTC, 1 h 58 min ago\.$/,
    );
  });
  test("without exp it never expires", () => {
    expect(check({}).state).toBe("never-expires");
    expect(check({}).findings).toMatchObject([{ code: "exp-missing", severity: "warning", path: "payload" }]);
  });
  test("milliseconds are read as seconds: practically never", () => {
    const result = check({ exp: (NOW + HOUR) * 1000 });
    expect(result).toMatchObject({ state: "never-expires", meant: { exp: NOW + HOUR } });
    expect(result.expiresAt).toBeUndefined();
    expect(result.findings.map((each) => each.code)).toEqual(["exp-in-milliseconds"]);
    expect(message({ exp: 1795525200000 }, "exp-in-milliseconds")).toContain(
      "as seconds this is the year 58867, so the token practically never expires; meant is probably 2026-11-24 13:00 UTC",
    );
  });
  test("more than a hundred years ahead is never, whatever the year", () => {
    const year = 365 * 24 * HOUR;
    expect(check({ exp: NOW + 100 * year })).toMatchObject({
      state: "valid",
      expiresAt: NOW + 100 * year,
      findings: [],
    });
    const result = check({ exp: NOW + 400 * year });
    expect(result).toMatchObject({
      state: "never-expires",
      findings: [{ code: "exp-far-ahead", severity: "warning", path: "payload.exp" }],
    });
    expect(result.expiresAt).toBeUndefined();
    expect(result.findings[0]?.message).toBe("`exp` is in the year 2426: the token practically never expires.");
  });
  test("the year 52320", () => {
    expect(message({ exp: Date.UTC(2020, 4, 1) }, "exp-in-milliseconds")).toContain("the year 52300");
    expect(message({ exp: 1_588_899_600_000 }, "exp-in-milliseconds")).toContain("the year 52320");
  });
  test("micro- and nanoseconds", () => {
    expect(check({ exp: (NOW + HOUR) * 1e6 })).toMatchObject({
      meant: { exp: NOW + HOUR },
      findings: [{ code: "exp-in-microseconds" }],
    });
    expect(check({ exp: (NOW + HOUR) * 1e9 })).toMatchObject({
      meant: { exp: NOW + HOUR },
      findings: [{ code: "exp-in-nanoseconds" }],
    });
  });
  test("texts are unreadable, and what was meant is said", () => {
    expect(check({ exp: String(NOW + HOUR) })).toMatchObject({
      state: "unreadable",
      meant: { exp: NOW + HOUR },
      findings: [{ code: "exp-as-text", severity: "error" }],
    });
    for (const text of [
      "2026-11-24T13:00:00Z",
      "2026-11-24 13:00:00",
      "2026-11-24T14:00:00+01:00",
      "Tue, 24 Nov 2026 13:00:00 GMT",
    ]) {
      expect([text, check({ exp: text })]).toMatchObject([
        text,
        { state: "unreadable", meant: { exp: NOW + HOUR }, findings: [{ code: "exp-as-date" }] },
      ]);
    }
    for (const value of ["2h", "", null, true, [], {}]) {
      expect(check({ exp: value })).toMatchObject({
        state: "unreadable",
        findings: [{ code: "exp-not-a-number", severity: "error" }],
      });
    }
  });
  test("lengths of time, negative numbers and fractions", () => {
    expect(codes({ exp: 7200 })).toEqual(["exp-not-an-instant", "expired"]);
    expect(message({ exp: 7200 }, "exp-not-an-instant")).toContain("a length of time (2 h)");
    expect(codes({ exp: -5 })).toEqual(["exp-negative", "expired"]);
    expect(check({ exp: NOW + 0.5 })).toMatchObject({
      state: "valid",
      findings: [{ code: "exp-fraction", severity: "note" }],
    });
    expect(check({ exp: Number.POSITIVE_INFINITY })).toMatchObject({
      state: "never-expires",
      findings: [{ code: "exp-out-of-range" }],
    });
    expect(check({ exp: 1e30 })).toMatchObject({ state: "never-expires", findings: [{ code: "exp-out-of-range" }] });
  });
  test("before or equal to iat, in whatever unit iat is", () => {
    expect(codes({ iat: NOW - 10, exp: NOW - 20 })).toEqual(["expired", "exp-before-iat"]);
    expect(codes({ iat: NOW - 10, exp: NOW - 10 })).toEqual(["expired", "exp-equals-iat"]);
    expect(codes({ iat: (NOW - 10) * 1000, exp: NOW + 10 })).toEqual(["iat-in-milliseconds"]);
  });
});

describe("RFC 7519 §4.1.5 nbf", () => {
  test("is valid from that second on, earlier by the clock tolerance", () => {
    expect(check({ nbf: NOW, exp: NOW + HOUR }).state).toBe("valid");
    expect(check({ nbf: NOW + 1, exp: NOW + HOUR }).state).toBe("not-yet");
    expect(check({ nbf: NOW + 60, exp: NOW + HOUR }, 60).state).toBe("valid");
    expect(codes({ nbf: NOW + 61, exp: NOW + HOUR }, 60)).toEqual(["not-yet-valid"]);
  });
  test("not before exp: never valid", () => {
    expect(codes({ nbf: NOW + HOUR, exp: NOW + HOUR })).toEqual(["not-yet-valid", "nbf-after-exp"]);
    // Whoever waited for it would wait for ever.
    const remedyFor = (exp: number) =>
      check({ nbf: NOW + HOUR, exp }).findings.find(({ code }) => code === "not-yet-valid")?.remedy;
    expect(remedyFor(NOW + HOUR)).toMatch(/^It is over before that: set `nbf` before `exp`/);
    expect(remedyFor(NOW + HOUR + 1)).toMatch(/^Wait until then/);
  });
  test("unreadable, in milliseconds", () => {
    expect(check({ nbf: "soon", exp: NOW + HOUR }).state).toBe("unreadable");
    const milliseconds = check({ nbf: NOW * 1000, exp: NOW + HOUR });
    expect(milliseconds).toMatchObject({ state: "not-yet", meant: { nbf: NOW } });
    expect(milliseconds.findings.find(({ code }) => code === "not-yet-valid")?.remedy).toBe(
      `\`nbf\` counts seconds: write ${NOW}.`,
    );
  });
});

describe("RFC 7519 §4.1.6 iat", () => {
  const future = (ahead: number, clockToleranceSeconds = 0) =>
    check({ iat: NOW + ahead, exp: NOW + 48 * HOUR }, clockToleranceSeconds).findings[0];
  test("a little ahead is a fast clock", () => {
    expect(future(20, 60)).toMatchObject({ code: "iat-clock-skew", severity: "note" });
    expect(future(5)).toMatchObject({ code: "iat-clock-skew", severity: "note" });
    expect(future(6)).toMatchObject({ code: "iat-clock-skew", severity: "warning" });
    expect(future(120)).toMatchObject({ code: "iat-clock-skew", severity: "warning" });
  });
  test("whole hours ahead, less a short age, is local time written as UTC", () => {
    expect(future(5.5 * HOUR - 40)?.message).toContain("probably local time of UTC+05:30 written as if it were UTC");
    expect(future(5.75 * HOUR)?.message).toContain("UTC+05:45");
    expect(future(HOUR - 200)?.message).toContain("UTC+01:00");
    expect(future(14 * HOUR)?.message).toContain("UTC+14:00");
    expect(future(2 * HOUR)).toMatchObject({ code: "iat-local-time", severity: "warning", path: "payload.iat" });
  });
  test("other leads have no cause to name", () => {
    for (const ahead of [0.4 * HOUR, 2.2 * HOUR, 2.25 * HOUR, 15 * HOUR, 1000 * HOUR])
      expect(codes({ iat: NOW + ahead, exp: NOW + 2000 * HOUR })).toEqual(["iat-in-future"]);
  });
  test("VideoSDK's libraries don't refuse an odd iat, so neither is it an error here", () => {
    for (const iat of ["1", null, NOW * 1000, NOW + 5000, -1, 5]) {
      expect(check({ iat, exp: NOW + HOUR }).findings.map((each) => each.severity)).not.toContain("error");
    }
  });
});

test("any claims at any time: never throws, and the state agrees with the findings", () => {
  const value = fc.oneof(fc.jsonValue(), fc.double(), fc.integer({ min: NOW - 5000, max: NOW + 5000 }), fc.string());
  fc.assert(
    fc.property(
      fc.record({ exp: value, nbf: value, iat: value }, { requiredKeys: [] }),
      fc.double({ noNaN: true, min: -1e15, max: 1e15 }),
      fc.nat(1000),
      (claims, now, clockToleranceSeconds) => {
        const { state, findings } = checkTimes(claims, { now, clockToleranceSeconds });
        const has = (code: string) => findings.some((each) => each.code === code);
        if (state === "expired") expect(has("expired")).toBe(true);
        if (state === "not-yet") expect(has("not-yet-valid")).toBe(true);
        if (state === "valid") expect(has("expired") || has("not-yet-valid") || has("exp-missing")).toBe(false);
        for (const each of findings) expect([each.layer, each.path?.startsWith("payload")]).toEqual(["time", true]);
      },
    ),
    { numRuns: 2000 },
  );
});
