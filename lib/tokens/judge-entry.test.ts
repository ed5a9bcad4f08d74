/** That the ledger's page and the decoder say the same of a token, whatever became of it. */
import { afterEach, expect, it, vi } from "vitest";
import { now } from "@/lib/clock";
import { decodeReading } from "@/lib/decoder/decode";
import type { Verdict } from "@/lib/decoder/verdict";
import { readToken } from "@/lib/jwt/read";
import { rotateKey } from "@/lib/keys/rotate";
import { setKeyStatus } from "@/lib/keys/set-status";
import { findToken } from "@/lib/ledger/find";
import { issueForm, newSecret, openDesk, type TestKey } from "@/lib/test-desk";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { inspectToken } from "./inspect";
import { issueToken } from "./issue";
import { judgeEntry } from "./judge-entry";
import { revokeTokens } from "./revoke";

const desk = await openDesk();
afterEach(() => {
  vi.useRealTimers();
});

const said = ({ word, title, tone, lead, vendor, answer, times }: Verdict) => ({
  ...{ word, title, tone, lead, vendor, answer, times },
});

const inTheMeantime: Record<string, (key: TestKey, number: number) => Promise<unknown>> = {
  Valid: async () => undefined,
  Revoked: (_, number) =>
    revokeTokens(desk.admin, { scope: { of: "numbers", numbers: [number] }, upTo: number, reason: "Lost." }),
  "Key disabled here": ({ id }) => setKeyStatus(desk.admin, { keyId: id, disabled: true, note: "Leaked." }),
  "Bad signature": ({ id }) => rotateKey(desk.admin, { keyId: id, secret: newSecret() }),
  Expired: async () => vi.useFakeTimers({ now: Date.now() + 24 * 3_600_000, toFake: ["Date"] }),
  "Not valid yet": async () => undefined,
};

it.each(Object.entries(inTheMeantime))("of one that is %s", async (word, happens) => {
  const key = await desk.addKey();
  const startsAt = word === "Not valid yet" ? { startsAt: new Date(Date.now() + 3_600_000).toISOString() } : {};
  const { token, number } = await issueToken(desk.issuer, { ...issueForm(key), roomId: "2kyv-gzay-64pg", ...startsAt });
  await happens(key, number);
  const inspection = await inspectToken(desk.admin, { token });
  const decoded = decodeReading(readToken(token), {
    server: { state: "answered", inspection },
    now: epochSeconds(now()),
  });
  const entry = await findToken(desk.admin, number);
  if (decoded.kind !== "token" || !entry) throw new Error("It is not there.");
  expect(decoded.verdict.word).toBe(word);
  expect(said((await judgeEntry(entry)).verdict)).toEqual(said(decoded.verdict));
});

it.each([
  ["before its key got another secret, whoever held it could use it, and it is over", true],
  ["after that, it is over, too, and was refused from then on", false],
])("of one that ended %s", async (_, before) => {
  const key = await desk.addKey();
  const { number } = await issueToken(desk.issuer, issueForm(key));
  const entry = await findToken(desk.admin, number);
  if (!entry) throw new Error("It is not there.");
  const [first, second] = [1, 2].map((times) => new Date((entry.expiresAt + times * 60) * 1000));
  if (before) vi.useFakeTimers({ now: first, toFake: ["Date"] });
  const rotated = Math.floor(now().getTime() / 1000);
  desk.raw((db) => db.prepare("UPDATE SecretVersion SET retiredAt = ? WHERE keyId = ?").run(now().getTime(), key.id));
  vi.useFakeTimers({ now: second, toFake: ["Date"] });
  expect(await judgeEntry(entry)).toMatchObject({
    verdict: { word: "Expired", answer: { why: "expired" } },
    cutShortAt: before ? null : rotated,
  });
});
