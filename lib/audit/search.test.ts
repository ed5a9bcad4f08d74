/** What a text in the search box means, and that whoever may not see something does not find it either. */
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { reader } from "@/lib/db";
import { setKeyStatus } from "@/lib/keys/set-status";
import { issueForm, openDesk, recorded, refusalOf, type TestKey } from "@/lib/test-desk";
import { batchName, tokenRangeName } from "@/lib/text/numbered";
import { inspectToken } from "@/lib/tokens/inspect";
import { issueToken } from "@/lib/tokens/issue";
import { issueBatch } from "@/lib/tokens/issue-batch";
import { tokenSha256 } from "@/lib/tokens/sign";
import { exportEvents } from "./export";
import { getEvent } from "./get";
import { countChips, countNewer, listEvents } from "./list";
import { AuditFilters, auditAddress, chipAsks, isOffered } from "./schema";
import { readSearch } from "./search";

const desk = await openDesk();

describe("a text", () => {
  it.each([
    ["No. 2,900", 2_900],
    ["no 2900", 2_900],
    ["#2900", 2_900],
    ["token No. 2,900", 2_900],
    ["token 2900", 2_900],
    ["Claim check No. 2,900", 2_900],
    ["ticket 2900", 2_900],
    ["2,900", 2_900],
    ["2900", 2_900],
    ["\u2116 2'900", 2_900],
    ["n\u00b0 2900", 2_900],
    ["N\u00ba 2,900", 2_900],
    ["(No. 2,900)", 2_900],
    ["\u201cNo. 2,900\u201d", 2_900],
    ["`No. 2,900`", 2_900],
    ["'No. 2,900'", 2_900],
    ["**No. 2,900**", 2_900],
    ["No. 2,900:", 2_900],
    ["No. 2,900\u2026", 2_900],
    ["No. \uff12\uff19\uff10\uff10", 2_900],
    ["29,00", undefined],
    ["1.0.5.1", undefined],
    ["10.0.0.5", undefined],
    ["0", undefined],
    ["2147483648", undefined],
    ["29a", undefined],
    ['"2900"', undefined],
  ])("%s is the number %s", (text, number) => {
    expect(readSearch(text).number).toBe(number);
  });

  it.each([
    ["ABCD", "abcd"],
    ["a1b2c3d4", "a1b2c3d4"],
    ["a1b2c3d4-", "a1b2c3d4"],
    ["a1b2c3d4-E5f6", "a1b2c3d4e5f6"],
    ["a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d", "a1b2c3d4e5f64a7b8c9d0e1f2a3b4c5d"],
    ["abc", undefined],
    ["a1b2-c3d4", undefined],
    ["-abcd", undefined],
    ["abcdg", undefined],
  ])("%s is the beginning of an id: %s", (text, prefix) => {
    expect(readSearch(text).idPrefix).toBe(prefix);
  });

  it.each([
    ["tom board", ["tom", "board"]],
    ['"board demo" tom', ["board demo", "tom"]],
    ['say "', ["say"]],
    ["  ", []],
  ])("%s is the words %j", (text, words) => {
    expect(readSearch(text).words).toEqual(words);
  });

  it("of 64 hexadecimal digits is a hash, with an @ an email", () => {
    expect(readSearch("AB".repeat(32)).sha256).toBe("ab".repeat(32));
    expect(readSearch("Ann@Example.com").email).toBe("ann@example.com");
    expect(readSearch("ann@example.com board").email).toBeUndefined();
  });
});

it("no address holds a token, and each holds only what is given", () => {
  const token = `${Buffer.from('{"alg":"HS256"}').toString("base64url")}.e30.c2lnbmF0dXJl`;
  expect(AuditFilters.parse({ q: token }).q).toBeUndefined();
  expect(AuditFilters.parse({ q: `Bearer ${token}` }).q).toBeUndefined();
  expect(auditAddress({ q: "No. 2,900", active: undefined })).toBe("/audit?q=No.+2%2C900");
  expect(auditAddress({})).toBe("/audit");
});

describe("on a desk", () => {
  let key: TestKey;
  let token: string;
  const of = async (q: string, actor = desk.auditor, more: object = {}) =>
    (await listEvents(actor, { q, ...more })).events.map(({ action, tokenNumber }) =>
      `${action} ${tokenNumber ?? ""}`.trim(),
    );

  beforeAll(async () => {
    key = await desk.addKey();
    const form = (purpose: string, more: object) => ({ ...issueForm(key), purpose, ...more });
    await issueToken(
      desk.issuer,
      form("Board demo, second take", { roomId: "2kyv-gzay-64pg", participantId: "guest-7" }),
    );
    ({ token } = await issueToken(
      desk.admin,
      form("Nurse call, Zürich 会議", { roomId: "ward-7b", permissions: ["allow_join", "allow_mod"], expiresIn: "8d" }),
    ));
    await inspectToken(desk.auditor, { token });
    await setKeyStatus(desk.admin, { keyId: key.id, disabled: true });
    await refusalOf(issueToken(desk.issuer, form("refused", {})));
  });

  it("a token is found by its number with all that happened to it, by its id in any case, and by its hash", async () => {
    const jti = (await reader().issuedToken.findUniqueOrThrow({ where: { number: 2 } })).jti;
    const digits = Buffer.from(jti).toString("hex");
    expect(await of("No. 2")).toEqual(["token.inspected 2", "token.issued 2"]);
    for (const text of [digits, digits.slice(0, 9).toUpperCase(), tokenSha256(token)])
      expect(await of(text)).toEqual(["token.inspected 2", "token.issued 2"]);
  });

  it("a number that no token has is a word", async () => {
    // API keys are random, and one may hold these digits.
    expect(await of("64", desk.auditor, { action: "token.issued" })).toEqual(["token.issued 1"]);
    expect((await listEvents(desk.auditor, { q: "2" })).number).toBe(2);
    expect((await listEvents(desk.auditor, { q: "64" })).number).toBeUndefined();
  });

  it.each([
    ["part of a room, in any case", "WARD-7", ["token.inspected 2", "token.issued 2"]],
    ["words of a purpose in any order", "take board", ["token.issued 1"]],
    ["without its accents", "zurich", ["token.issued 2"]],
    ["words together in quotes", '"second take"', ["token.issued 1"]],
    ["words that do not stand so", '"take second"', []],
    ["a long word and a short one", "demo 7", ["token.issued 1"]],
    ["two characters of another script", "会議", ["token.issued 2"]],
    ["a token's number and a word of it", "1 board", ["token.issued 1"]],
    ["as tickets print it, in any order", "Zürich No. 2", ["token.issued 2"]],
    ["as people say it, in any order", "Zürich token 2", ["token.issued 2"]],
    ["a token's number and a word of no event", "1 nowhere", []],
    ["a number that stands in the text, and a word", "7 take", ["token.issued 1"]],
    ["a percent sign, for itself", "%", []],
    ["an underscore, for itself", "_", []],
    ["a zero, which nothing stored has", "ward-7b\0", []],
    ["a zero in quotes", '"ward\0-7b"', []],
    ["what is SQL or FTS elsewhere", `zzz" OR "ward`, []],
  ])("%s", async (_, q, expected) => {
    expect(await of(q)).toEqual(expected);
  });

  it("a member's events are found by their email, a key's by its API key and by what pages clip that to", async () => {
    expect(await of(desk.issuer.email)).toEqual(["token.refused", "token.issued 1"]);
    const clipped = key.apiKey.slice(0, 13);
    for (const text of [key.apiKey, clipped, clipped.replace("-", "").toUpperCase()])
      expect(await of(text)).toEqual([
        "token.refused",
        "key.disabled",
        "token.inspected 2",
        "token.issued 2",
        "token.issued 1",
        "key.created",
      ]);
  });

  it.each([
    ["tokens alone", { tokens: "1" }, [2, 1]],
    ["mine", { tokens: "1", member: "me" }, [2]],
    ["active", { active: "1" }, [2, 1]],
    ["that end within a day", { ends: "24h" }, [1]],
    ["that end within an hour", { ends: "1h" }, []],
    ["that end in 1 to 24 hours", { ends: "1h-24h" }, [1]],
    ["that end in 1 to 7 days", { ends: "24h-7d" }, []],
    ["that end after 7 days", { ends: "7d-" }, [2]],
    ["with a long word, found by its end too", { q: "2kyv-gzay-64pg" }, [1]],
    ["with a word that ends in marks", { q: "nurse\u0323\u0323\u0323\u0323\u0323" }, [2]],
    ["with another long word that ends the same", { q: "2kyv-gzbz-64pg" }, []],
    ["of moderators", { can: "moderate" }, [2]],
    ["that REST takes", { can: "rest" }, [2, 1]],
    ["longer than 7 days", { long: "1" }, [2]],
    ["longer than 7 days, with words", { long: "1", q: "nurse" }, [2]],
    ["longer than 7 days, with other words", { long: "1", q: "board" }, []],
    ["of a room, active", { room: "2kyv-gzay-64pg", active: "1" }, [1]],
    ["of a room with a zero", { room: "ward-7b\0" }, []],
    ["of two kinds that exclude each other", { long: "1", ends: "24h" }, []],
    ["tokens that are an action of another kind", { tokens: "1", action: "key.created" }, []],
  ])("%s", async (_, filters, numbers) => {
    const { events } = await listEvents(desk.admin, filters);
    expect(events.map(({ tokenNumber }) => tokenNumber)).toEqual(numbers);
  });

  it("refused and signed elsewhere are of many actions, and of one", async () => {
    expect((await listEvents(desk.auditor, { outcome: "refused" })).events.map(({ action }) => action)).toEqual([
      "token.refused",
    ]);
    expect((await listEvents(desk.auditor, { elsewhere: "1" })).events).toEqual([]);
  });

  it("the chips count what they lead to", async () => {
    const some: Partial<AuditFilters>[] = [
      {},
      { tokens: "1" },
      { active: "1" },
      { member: "me" },
      { q: "ward-7" },
      { key: key.id },
      // Asks for nothing, and finds it all.
      { q: '"' },
    ];
    for (const asked of some)
      for (const who of [desk.admin, desk.issuer]) {
        const { openCases, ...counts } = await countChips(who, asked);
        expect(openCases).toBe(false);
        expect(Object.keys(counts)).toEqual(
          Object.keys(chipAsks).filter((chip) => isOffered(chip as keyof typeof chipAsks, asked)),
        );
        for (const [chip, counted] of Object.entries(counts)) {
          const { events } = await listEvents(who, { ...asked, ...chipAsks[chip as keyof typeof chipAsks] });
          expect(counted, `${chip} of ${JSON.stringify(asked)}`).toBe(events.length);
        }
      }
    // Words that no index has would be read one by one, for each chip.
    expect(await countChips(desk.admin, { q: "7b" })).toEqual({ openCases: false });
  });

  it("an issuer sees the ledger and their own other events, wherever they look", async () => {
    const seen = ["token.refused", "token.issued 2", "token.issued 1"];
    const all = async (filters: object) =>
      (await listEvents(desk.issuer, filters)).events.map(({ action, tokenNumber }) =>
        `${action} ${tokenNumber ?? ""}`.trim(),
      );
    expect(await all({})).toEqual(seen);
    expect(await all({ key: key.id })).toEqual(seen);
    expect(await all({ q: "2" })).toEqual(["token.issued 2"]);
    expect(await all({ q: "ward-7" })).toEqual(["token.issued 2"]);
    expect(await all({ member: desk.admin.id })).toEqual(["token.issued 2"]);
    expect(await all({ action: "key.disabled" })).toEqual([]);
    expect(await countNewer(desk.issuer, { after: 1 })).toBe(3);
    expect((await countChips(desk.issuer, {})).refused).toBe(1);
    const others = await desk.addMember("issuer");
    expect((await countChips(others, {})).refused).toBe(0);
    expect(await of("refused", others)).toEqual([]);
    expect((await getEvent(desk.issuer, 2))?.tokenNumber).toBe(1);
    const denial = await refusalOf(getEvent(desk.issuer, 1));
    expect(denial.code).toBe("forbidden");
    expect(await recorded("access.denied")).toMatchObject([
      { actorId: desk.issuer.id, detail: { verb: "audit.read" } },
    ]);
    expect(await getEvent(desk.issuer, 5).catch(() => "refused")).toBe("refused");
    // Next to it is what they may see.
    expect((await getEvent(desk.issuer, 3))?.newer).toBe(6);
  });

  it("pages lead back to where they came from", async () => {
    const { events } = await listEvents(desk.auditor, { before: "5" });
    expect(events[0]?.sequence).toBe(4);
    const page = await listEvents(desk.auditor, { before: "5" });
    expect(page.previous).toBe(4);
    const newer = await listEvents(desk.auditor, { after: "4" });
    expect(newer.events.at(-1)?.sequence).toBe(5);
    expect(newer.previous).toBeUndefined();
    expect(newer.next).toBe(5);
  });

  it("days are those of the reader's zone", async () => {
    const today = new Date().toISOString().slice(0, 10);
    const { events } = await listEvents(desk.auditor, { from: today, to: today });
    const there = await listEvents(desk.auditor, { from: today, to: today, zone: "Pacific/Kiritimati" });
    // 14 hours ahead: of what happens now in UTC, that day there has what is before 10 o'clock.
    expect(there.events.length).toBe(new Date().getUTCHours() < 10 ? events.length : 0);
  });

  it("an export is what the filters show, in either format, counted and recorded before it begins", async () => {
    const taken = await exportEvents(desk.auditor, { format: "jsonl", tokens: "1" });
    expect(taken.events).toBe(2);
    expect((await recorded("audit.exported")).at(-1)).toMatchObject({
      actorId: desk.auditor.id,
      detail: { format: "jsonl", events: 2, filters: ["tokens=1"] },
    });
    let text = "";
    for await (const piece of taken.text) text += piece;
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map((line) => line.token)).toEqual([2, 1]);
    expect(lines[0]).toMatchObject({ purpose: "Nurse call, Zürich 会議", kind: "Moderator + REST", room: "ward-7b" });
    for (const part of token.split(".")) expect(text).not.toContain(part);
  });

  it("an export's cells are no formulas", async () => {
    await setKeyStatus(desk.admin, { keyId: key.id, disabled: false });
    await issueToken(desk.issuer, { ...issueForm(key), purpose: "=1+1" });
    const { text } = await exportEvents(desk.admin, { format: "csv", q: '"=1+1"' });
    let csv = "";
    for await (const piece of text) csv += piece;
    expect(csv).toContain(`"'=1+1"`);
    expect(csv).not.toContain('"=1+1"');
  });

  it("an issuer exports nothing, and what is no format is refused", async () => {
    expect((await refusalOf(exportEvents(desk.issuer, { format: "csv" }))).code).toBe("forbidden");
    expect((await refusalOf(exportEvents(desk.admin, { format: "xlsx" }))).code).toBe("invalid");
    expect(await recorded("audit.exported")).toHaveLength(2);
  });

  it("what stands in quotes is looked for as it stands, also a number with what it is of", () => {
    const { words } = readSearch('for "Support ticket 4711 for Ada" token 12');
    expect(words).toEqual(["for", "Support ticket 4711 for Ada", "12"]);
  });

  it("a batch is found by its name with its tokens, and tokens by the range that is printed of them", async () => {
    const rows = Array.from({ length: 3 }, (_, index) => ({ participantId: `pupil-${index}` }));
    const issued = await issueBatch(desk.admin, { ...issueForm(key), requestId: randomUUID(), rows });
    const numbers = issued.rows.map(({ number }) => number);
    const [first = 0, , last = 0] = numbers;
    await issueToken(desk.issuer, issueForm(key));
    const tokens = numbers.toReversed().map((number) => `token.issued ${number}`);
    for (const text of [batchName(1), "batch 1"]) expect(await of(text)).toEqual(["batch.issued", ...tokens]);
    expect(await of("Batch 1", desk.issuer)).toEqual(tokens);
    for (const text of [tokenRangeName(first, last), `${first} to ${last}`]) expect(await of(text)).toEqual(tokens);
    // What lies between them in the log, and is not of them.
    expect(await of(tokenRangeName(1, 2))).toEqual(["token.issued 2", "token.issued 1"]);
    expect(await of(tokenRangeName(2, first))).toHaveLength(first - 1);
    const page = await listEvents(desk.auditor, { q: "Batch 1" });
    expect(page.issued).toEqual({ batch: 1, first, last });
    const [{ sequence = 0 } = {}] = page.events;
    expect(await of("Batch 1", desk.auditor, { before: String(sequence) })).toEqual(tokens);
    const oldest = page.events.at(-1)?.sequence;
    expect(await of("Batch 1", desk.auditor, { after: String(oldest) })).toEqual([
      "batch.issued",
      ...tokens.slice(0, -1),
    ]);
    expect((await countChips(desk.auditor, { q: "Batch 1" })).tokens).toBe(3);
    // A range is of those that there are.
    expect((await listEvents(desk.auditor, { q: `No. ${first} to ${last + 99}` })).issued).toEqual({
      first,
      last: last + 1,
    });
    // Of what was not issued, they are words.
    for (const q of ["Batch 2", `No. ${last + 2} to ${last + 9}`])
      expect((await listEvents(desk.auditor, { q })).issued).toBeUndefined();
  });

  // The last: what it adds no counter knows.
  it("a chip counts exactly, or more than a thousand, or not at all", async () => {
    const copies = (text: string, action: string, count: number) =>
      desk.raw((db) => {
        const last = db.prepare<[], { last: number }>("SELECT max(sequence) AS last FROM AuditEvent").get()?.last ?? 0;
        const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)";
        db.prepare(`${numbers} INSERT INTO EventText (rowid, text) SELECT ? + i, ? FROM n`).run(count, last, text);
        db.prepare(
          `${numbers} INSERT INTO AuditEvent (sequence, at, action, body)
           SELECT ? + i, e.at, ?, e.body FROM n, AuditEvent e WHERE e.sequence = 1`,
        ).run(count, last, action);
      });
    copies("a crowd", "auth.sign_in_failed", 3);
    copies("a crowd", "auth.signed_out", 700);
    expect(await countChips(desk.admin, { q: "crowd" })).toMatchObject({ refused: 3, tokens: 0 });
    // More than are looked at: of what is among those there may be more.
    copies("a crowd", "auth.signed_out", 700);
    expect(await countChips(desk.admin, { q: "crowd" })).toEqual({ openCases: false });
    copies("a throng", "auth.sign_in_failed", 1_100);
    expect(await countChips(desk.admin, { q: "throng" })).toEqual({ openCases: false, refused: 1_001 });
  });
});
