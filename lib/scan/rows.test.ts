/** The list of found tokens: the most dangerous first, each with whose it is, and which of them a check would tell more of. */
import { describe, expect, it } from "vitest";
import type { LedgerMatch } from "./ledger-match";
import { isOfKind, kinds, revocableIn, scanRows, toCheck } from "./rows";
import type { ScannedToken } from "./scan";
import type { Checked, ScanState } from "./scan-state";

const NOW = 1_795_500_000;
const unchecked: ScanState = { word: "Signature not checked", tone: "mute", reason: "" };
const keys = [{ id: "k1", label: "Staging", apiKey: "ours" }];

let start = 0;
const found = (name: string, more: Partial<ScannedToken> = {}): ScannedToken => {
  start += 100;
  return {
    ...{ range: { start, end: start + 90 }, line: start, column: 1, further: { count: 0, lines: [] } },
    ...{
      sha256: name,
      lasting: unchecked,
      joins: true,
      moderates: false,
      callsRest: false,
      refused: false,
      checkable: true,
    },
    ...{ apiKey: "ours", expiresAt: NOW + 3600 },
    ...more,
  };
};
const match = (sha256: string): LedgerMatch => ({
  ...{ sha256, number: 7, actorName: "Ada", keyLabel: "As it was called", purpose: "", event: 1 },
  ...{ issuedAt: NOW, expiresAt: NOW + 3600, revokedAt: null, secretRetired: false, keyDisabled: false },
});
const phase = (word: ScanState["word"], tone: ScanState["tone"], alarm?: ScanState["alarm"]): Checked => ({
  phases: [{ from: 0, state: { word, tone, reason: "", ...(alarm && { alarm }) } }],
  bySecretOfOurs: alarm !== undefined,
});

function rowsOf(tokens: ScannedToken[], issued: string[] = [], checks: Record<string, Checked> = {}) {
  const answers = new Map(
    tokens.map(({ sha256 = "" }) => [sha256, issued.includes(sha256) ? match(sha256) : ("absent" as const)]),
  );
  return scanRows(tokens, { answers, checks: new Map(Object.entries(checks)), keys }, NOW);
}
const namesOf = (rows: ReturnType<typeof rowsOf>) => rows.map(({ token }) => token.sha256);

describe("the order", () => {
  it("is by danger, whatever the order in the text", () => {
    const elsewhere = "Signed with your secret, not issued here";
    const tokens = [
      found("expired moderator", { expiresAt: NOW, moderates: true }),
      found("joins only"),
      found("ours", { moderates: true, callsRest: true }),
      found("asked about"),
      found("moderator", { moderates: true }),
      found("both", { moderates: true, callsRest: true }),
      found("never ends", { expiresAt: undefined, moderates: true }),
      found("altered, over", { expiresAt: NOW - 1 }),
      found("stolen"),
      found("no token", { lasting: { word: "Malformed", tone: "bad", reason: "" }, expiresAt: undefined }),
    ];
    const rows = rowsOf(tokens, ["ours"], {
      stolen: phase(elsewhere, "bad", "elsewhere"),
      "altered, over": phase("Altered after issuing", "bad", "altered"),
      "asked about": phase(elsewhere, "warn", "elsewhere"),
    });
    expect(namesOf(rows)).toEqual([
      ...["stolen", "altered, over", "asked about", "both", "ours", "never ends", "moderator", "joins only"],
      ...["expired moderator", "no token"],
    ]);
  });

  it("is that of the text among equals", () => {
    expect(namesOf(rowsOf([found("first"), found("second"), found("third")]))).toEqual(["first", "second", "third"]);
  });
});

describe("those that can be revoked at once", () => {
  const revocable = (count: number) => {
    const tokens = Array.from({ length: count }, (_, index) => found(`of ${count}, ${index}`));
    const { first, words } = revocableIn(
      rowsOf(
        tokens,
        tokens.map(({ sha256 = "" }) => sha256),
      ),
    );
    return [first.length, words];
  };

  it("are all of them, or the first of more, and that is said", () => {
    expect(revocable(1)).toEqual([1, "the one that is active here"]);
    expect(revocable(900)).toEqual([900, "those that are active here"]);
    expect(revocable(1_175)).toEqual([900, "the first 900 of 1,175 that are active here"]);
  });

  it("are none that were revoked or have expired, or that were issued elsewhere", () => {
    const tokens = [found("active"), found("revoked"), found("expired", { expiresAt: NOW }), found("elsewhere")];
    const answers = new Map<string, LedgerMatch | "absent">([
      ["active", match("active")],
      ["revoked", { ...match("revoked"), revokedAt: NOW }],
      ["expired", { ...match("expired"), expiresAt: NOW }],
      ["elsewhere", "absent"],
    ]);
    const { first, words } = revocableIn(scanRows(tokens, { answers, checks: new Map(), keys }, NOW));
    expect([first.map(({ sha256 }) => sha256), words]).toEqual([["active"], "the one that is active here"]);
  });
});

describe("whose a token is", () => {
  it("is told by the ledger, else by the key that it bears, never as if it were somebody else's", () => {
    const tokens = [
      found("issued"),
      found("not issued"),
      found("foreign", { apiKey: "theirs" }),
      found("none", { apiKey: undefined }),
    ];
    const rows = new Map(rowsOf(tokens, ["issued"]).map((row) => [row.token.sha256, row]));
    expect([...rows].map(([name, { keyLabel }]) => [name, keyLabel]).sort()).toEqual([
      ["foreign", undefined],
      ["issued", "As it was called"],
      ["none", undefined],
      ["not issued", "Staging"],
    ]);
    const kindsOf = (name: string) => kinds.filter((kind) => isOfKind(kind, rows.get(name) as never));
    expect(kindsOf("issued")).toEqual(["all", "active", "issued"]);
    expect(kindsOf("not issued")).toEqual(["all", "active", "not-issued"]);
    expect(kindsOf("foreign")).toEqual(["all", "active", "others"]);
  });

  it("is not known before the ledger was asked", () => {
    const rows = scanRows([found("a")], { answers: new Map(), checks: new Map(), keys }, NOW);
    expect(kinds.filter((kind) => isOfKind(kind, rows[0] as never))).toEqual(["all", "active"]);
    expect(toCheck(rows)).toEqual([]);
  });
});

it("a check is offered for what bears our key and is not in the ledger, once, the most dangerous first", () => {
  const tokens = [
    found("plain"),
    found("issued"),
    found("moderator", { moderates: true }),
    found("foreign", { apiKey: "theirs" }),
    found("cut", { checkable: false }),
    // Whose it is stands in what cannot be read here.
    found("unread", { apiKey: undefined, lasting: { word: "Malformed", tone: "bad", reason: "" } }),
    found("keyless", { apiKey: undefined }),
    found("checked"),
  ];
  const rows = rowsOf(tokens, ["issued"], { checked: phase("Bad signature", "bad") });
  expect(namesOf(toCheck(rows))).toEqual(["moderator", "plain", "unread"]);
});
