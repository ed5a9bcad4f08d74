/** The texts that are measured: a token as people paste it, two large ones, and a log with a thousand tokens. */
import { randomBytes, randomUUID } from "node:crypto";
import { CompactSign, SignJWT } from "jose";

const secret = randomBytes(32);
const now = Math.floor(Date.now() / 1000);
const base = {
  apikey: randomUUID(),
  permissions: ["allow_join"],
  version: 2,
  roomId: "2kyv-gzay-64pg",
  iat: now,
  exp: now + 7200,
};

export const sign = (claims: Record<string, unknown>) =>
  new SignJWT(claims).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(secret);

/** @param bytes roughly, of payload */
export function tokenOf(bytes: number): Promise<string> {
  const members: Record<string, string> = {};
  for (let size = 0, index = 0; size < bytes; index += 1, size += 80)
    members[`member_${index}`] = randomBytes(30).toString("hex");
  return sign({ ...base, jti: randomUUID(), ...members });
}

/** 10 MB of log lines with a thousand tokens in them. */
export async function logWithTokens(): Promise<string> {
  const tokens = await Promise.all(Array.from({ length: 1000 }, () => sign({ ...base, jti: randomUUID() })));
  const filler = `2026-11-24T03:00:00.000Z INFO request id=${"0123456789abcdef".repeat(6)} path=/v2/rooms status=200\n`;
  const between = filler.repeat(Math.floor(10_000_000 / 1000 / filler.length) - 3);
  return tokens.map((token) => `${between}GET /v2/rooms authorization: ${token}\n`).join("");
}

const fill = (bytes: number, unit: (index: number) => string) => {
  const units: string[] = [];
  for (let size = 0; size < bytes; size += units.at(-1)?.length ?? bytes) units.push(unit(units.length));
  return units.join(",");
};

/** Payloads that a hostile token may hold. @param bytes roughly */
export const hostileShapes: Record<string, (bytes: number) => string> = {
  nested: (bytes) => `{"a":${"[".repeat(bytes / 2)}${"]".repeat(bytes / 2)}}`,
  "nested as deep as is read": (bytes) => `{"a":[${fill(bytes, () => `${"[".repeat(98)}${"]".repeat(98)}`)}]}`,
  "one long string": (bytes) => `{"roomId":"${"r".repeat(bytes)}"}`,
  "many claims": (bytes) => `{${fill(bytes, (index) => `"claim${index}":${index}`)}}`,
  "many duplicates": (bytes) => `{${fill(bytes, (index) => `"k${index % 7}":${index}`)}}`,
  "many findings": (bytes) => `{"permissions":[${fill(bytes, (index) => `"x${index}"`)}]}`,
};

export const signText = (payload: string) =>
  new CompactSign(new TextEncoder().encode(payload)).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(secret);
