import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Member } from "@/lib/auth/actor";
import { reader } from "@/lib/db";
import { rotateKey } from "@/lib/keys/rotate";
import { setKeyStatus } from "@/lib/keys/set-status";
import { changeRole } from "@/lib/team/change-role";
import { getMember } from "@/lib/team/list";
import { setMemberStatus } from "@/lib/team/set-status";
import { issueForm, openDesk, recorded, refusalOf } from "@/lib/test-desk";
import { formatUtc } from "@/lib/text/instant";
import { issueToken } from "@/lib/tokens/issue";
import { revokeTokens } from "@/lib/tokens/revoke";
import { expireHandovers } from "./expire";
import { listOwnHandovers } from "./list";
import { makeHandover } from "./make";
import { checkHandover, openHandover } from "./open";
import { openToken, proofOf, sealToken } from "./seal";
import { withdrawHandover } from "./withdraw";

const desk = await openDesk();
const key = await desk.addKey();

beforeEach(() => vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => vi.useRealTimers());

/** As the page does it. */
async function handOver(by: Member, some: object = {}, form = issueForm(key)) {
  const { token, number } = await issueToken(by, form);
  const { key: linkKey, sealed, proofHash } = await sealToken(token);
  const made = await makeHandover(by, { number, sealed, proofHash, expiresIn: "1h", ...some });
  return { token, number, linkKey, proof: await proofOf(linkKey), made };
}

/** Whoever has the link knows nobody else to ask. */
const notOpened = `It was not opened; ask ${desk.issuer.name} for another one.`;

const rowOf = (id: string) => reader().handover.findUniqueOrThrow({ where: { id } });

describe("a link", () => {
  it("hands a token over once: what was sealed is erased, and the second one is told by whom and when", async () => {
    const { token, number, linkKey, proof, made } = await handOver(desk.issuer);
    expect(made.url).toMatch(new RegExp(`^http://localhost:\\d+/h/${made.id}$`));
    const { sealed: kept } = await rowOf(made.id);
    expect(kept).not.toContain(token.split(".")[2]);
    await expect(openToken(kept ?? "", (await sealToken("another")).key)).rejects.toThrow();

    expect(await checkHandover(desk.visitor, made.id)).toMatchObject({ madeBy: desk.issuer.name, forOther: false });
    const { sealed } = await openHandover(desk.visitor, { id: made.id, proof });
    expect(await openToken(sealed, linkKey)).toBe(token);
    expect(await rowOf(made.id)).toMatchObject({ sealed: null, ending: "opened" });

    const second = await refusalOf(openHandover(desk.admin, { id: made.id, proof }));
    expect(second.message).toMatch(/^It was opened on .* UTC, by somebody who had the link, and is erased here\./);
    // The page tells it in the reader's zone.
    expect(second.message).toContain(formatUtc(second.extra.at ?? Number.NaN));
    expect((await refusalOf(checkHandover(desk.visitor, made.id))).message).toBe(second.message);
    // Of a withdrawn one it is not, so that no page takes it for one that was opened from there.
    expect(second.code).toBe("conflict");
    const [opened] = await recorded("handover.opened");
    expect(opened).toMatchObject({
      ...{ tokenNumber: number, actorId: null },
      detail: { link: made.id, madeBy: desk.issuer.name, for: "whoever has the link" },
    });
    expect((await recorded("handover.made")).at(-1)).toMatchObject({
      tokenNumber: number,
      actorId: desk.issuer.id,
      detail: { link: made.id, for: "whoever has the link" },
    });
  });

  it("says to whoever opens it from when on the token is good, and until when", async () => {
    const startsAt = Math.ceil(Date.now() / 60_000) * 60 + 86_400;
    const later = { ...issueForm(key), startsAt: new Date(startsAt * 1000).toISOString() };
    for (const [form, from] of [
      [later, startsAt],
      [issueForm(key), null],
    ] as const) {
      const { number, proof, made } = await handOver(desk.issuer, {}, form);
      const { expiresAt } = await reader().issuedToken.findUniqueOrThrow({ where: { number } });
      const times = { vendor: "VideoSDK", from, until: expiresAt.getTime() / 1000 };
      expect(await openHandover(desk.visitor, { id: made.id, proof })).toMatchObject(times);
    }
  });

  it("is used up once, however many open it at the same time", async () => {
    const { proof, made } = await handOver(desk.issuer);
    const all = await Promise.allSettled([1, 2, 3].map(() => openHandover(desk.visitor, { id: made.id, proof })));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("is not used up by who saw its address alone, and not by looking at it", async () => {
    const { linkKey, proof, made } = await handOver(desk.issuer);
    const wrong = await proofOf((await sealToken("another")).key);
    expect((await refusalOf(openHandover(desk.visitor, { id: made.id, proof: wrong }))).code).toBe("forbidden");
    await checkHandover(desk.visitor, made.id);
    const { sealed } = await openHandover(desk.visitor, { id: made.id, proof });
    expect(await openToken(sealed, linkKey)).toMatch(/^eyJ/);
  });

  it("goes with who made it: once they are disabled it opens no more, and what was sealed is erased", async () => {
    const leaver = await desk.addMember("issuer", "The leaver");
    const [{ number, proof, made }, opened] = [await handOver(leaver), await handOver(leaver)];
    await openHandover(desk.visitor, { id: opened.made.id, proof: opened.proof });
    expect((await getMember(desk.admin, leaver.id))?.leaves.handovers).toBe(1);
    await setMemberStatus(desk.admin, { memberId: leaver.id, disabled: true });
    expect(await rowOf(made.id)).toMatchObject({ sealed: null, ending: "withdrawn", endedByName: desk.admin.name });
    expect((await refusalOf(openHandover(desk.visitor, { id: made.id, proof }))).message).toMatch(/withdrew it/);
    expect((await recorded("handover.withdrawn")).at(-1)).toMatchObject({
      ...{ tokenNumber: number, actorId: desk.admin.id, detail: { link: made.id, madeBy: "The leaver" } },
    });
    expect(await rowOf(opened.made.id)).toMatchObject({ ending: "opened" });
  });

  it("goes with the right to make one: another role withdraws it, one that may hand over leaves it", async () => {
    const maker = await desk.addMember("admin", "The demoted");
    const { made } = await handOver(maker);
    await changeRole(desk.admin, { memberId: maker.id, role: "issuer" });
    expect(await rowOf(made.id)).toMatchObject({ ending: null });
    await changeRole(desk.admin, { memberId: maker.id, role: "auditor" });
    expect(await rowOf(made.id)).toMatchObject({ sealed: null, ending: "withdrawn", endedByName: desk.admin.name });
  });

  it("for one member opens for nobody else", async () => {
    const { proof, made } = await handOver(desk.issuer, { email: desk.support.email.toUpperCase() });
    expect(made.forName).toBe(desk.support.name);
    for (const other of [desk.visitor, desk.admin]) {
      expect(await checkHandover(other, made.id)).toMatchObject({ forName: desk.support.name, forOther: true });
      const { message } = await refusalOf(openHandover(other, { id: made.id, proof }));
      expect(message).toBe(`This is for ${desk.support.name} alone. It was not opened.`);
    }
    await openHandover(desk.support, { id: made.id, proof });
    expect((await rowOf(made.id)).endedByName).toBe(desk.support.name);
    for (const action of ["handover.made", "handover.opened"] as const)
      expect((await recorded(action)).at(-1)?.detail).toMatchObject({ link: made.id, for: desk.support.name });
  });

  it("opens for no longer than it says, nor than the token lives; then it is erased, with an event", async () => {
    const { proof, made, number } = await handOver(desk.issuer, { expiresIn: "7d" });
    const { expiresAt } = await reader().issuedToken.findUniqueOrThrow({ where: { number } });
    expect(made.expiresAt).toBe(expiresAt.getTime() / 1000);
    vi.setSystemTime(expiresAt);
    expect((await refusalOf(openHandover(desk.visitor, { id: made.id, proof }))).message).toMatch(/^Its time is over/);
    expect(await expireHandovers(expiresAt)).toBeGreaterThan(0);
    expect(await rowOf(made.id)).toMatchObject({ sealed: null, ending: "expired" });
    expect((await recorded("handover.expired")).at(-1)).toMatchObject({
      ...{ tokenNumber: number, actorName: "Claimcheck itself", via: "" },
      detail: { link: made.id, madeBy: desk.issuer.name, for: "whoever has the link" },
    });
    expect(await expireHandovers(expiresAt)).toBe(0);
  });

  it("of a token that was revoked since is not opened", async () => {
    const { proof, made, number } = await handOver(desk.issuer);
    await revokeTokens(desk.issuer, { scope: { of: "numbers", numbers: [number] }, upTo: number, reason: "Leaked." });
    expect((await refusalOf(openHandover(desk.visitor, { id: made.id, proof }))).message).toMatch(/was revoked here/);
    expect((await refusalOf(checkHandover(desk.visitor, made.id))).message).toBe(
      `The token was revoked here since. ${notOpened}`,
    );
  });

  it("of a token whose key was disabled since is neither made nor opened; enabled again, it opens", async () => {
    const { proof, made, number } = await handOver(desk.issuer);
    const { sealed, proofHash } = await sealToken("the same token again");
    await setKeyStatus(desk.admin, { keyId: key.id, disabled: true });
    const again = makeHandover(desk.issuer, { number, sealed, proofHash, expiresIn: "1h" });
    expect(await refusalOf(again)).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("was disabled here"),
    });
    for (const refused of [openHandover(desk.visitor, { id: made.id, proof }), checkHandover(desk.visitor, made.id)]) {
      expect((await refusalOf(refused)).message).toBe(
        `The key that signed this token has been disabled since. ${notOpened}`,
      );
    }
    expect(await rowOf(made.id)).toMatchObject({ ending: null });
    await setKeyStatus(desk.admin, { keyId: key.id, disabled: false });
    await openHandover(desk.visitor, { id: made.id, proof });
  });

  it("of a token whose key was given another secret since is neither made nor opened; of a token of the new one it is", async () => {
    const { proof, made, number } = await handOver(desk.issuer);
    const { sealed, proofHash } = await sealToken("the same token again");
    await rotateKey(desk.admin, { keyId: key.id, secret: randomBytes(32).toString("hex") });
    expect(await refusalOf(makeHandover(desk.issuer, { number, sealed, proofHash, expiresIn: "1h" }))).toMatchObject({
      code: "conflict",
      message: "The secret that signed this token was changed here. Issue another one.",
    });
    for (const refused of [openHandover(desk.visitor, { id: made.id, proof }), checkHandover(desk.visitor, made.id)]) {
      expect((await refusalOf(refused)).message).toBe(
        `The secret that signed this token was changed here since. ${notOpened}`,
      );
    }
    expect(await rowOf(made.id)).toMatchObject({ ending: null });
    const next = await handOver(desk.issuer);
    await openHandover(desk.visitor, { id: next.made.id, proof: next.proof });
  });

  it("that does not open is listed as that, with the reason, to whoever made it; it can be withdrawn", async () => {
    const maker = await desk.addMember("issuer");
    const other = await desk.addKey();
    const [revoked, ofKey] = [await handOver(maker), await handOver(maker, {}, issueForm(other))];
    const closings = async () => (await listOwnHandovers(maker)).map(({ id, closing }) => [id, closing]);
    const told = (ofRevoked: string | null, of: string | null) =>
      expect.arrayContaining([
        [revoked.made.id, ofRevoked],
        [ofKey.made.id, of],
      ]);
    expect(await closings()).toEqual(told(null, null));
    const { number } = revoked;
    await revokeTokens(maker, { scope: { of: "numbers", numbers: [number] }, upTo: number, reason: "Leaked." });
    await setKeyStatus(desk.admin, { keyId: other.id, disabled: true });
    expect(await closings()).toEqual(told("revoked", "disabled"));
    await setKeyStatus(desk.admin, { keyId: other.id, disabled: false });
    await rotateKey(desk.admin, { keyId: other.id, secret: randomBytes(32).toString("hex") });
    expect(await closings()).toEqual(told("revoked", "changed"));
    await withdrawHandover(maker, { id: revoked.made.id });
    expect(await closings()).toEqual(told(null, "changed"));
  });

  it("that is none counts against its address", async () => {
    const guesser = { ...desk.visitor, origin: { ...desk.visitor.origin, address: "198.51.100.9" } };
    for (let tries = 0; tries < 8; tries += 1)
      expect((await refusalOf(checkHandover(guesser, "nothing"))).code).toBe("forbidden");
    expect((await refusalOf(checkHandover(guesser, "nothing"))).code).toBe("throttled");
    const { proof, made } = await handOver(desk.issuer);
    await openHandover(guesser, { id: made.id, proof });
  });
});

describe("withdrawing", () => {
  it("finds each that is open, however many came after it", async () => {
    const maker = await desk.addMember("issuer");
    const { made, number } = await handOver(maker, { expiresIn: "7d" });
    desk.raw((db) =>
      db
        .prepare(
          `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
           INSERT INTO Handover (id, tokenNumber, proofHash, createdAt, createdById, createdByName, expiresAt, ending, endedAt)
           SELECT 'old' || i, ?, x'00', ? + i, ?, 'The issuer', ? + i, 'expired', ? FROM n`,
        )
        .run(number, Date.now() + 1, maker.id, Date.now() + 1, Date.now()),
    );
    const listed = await listOwnHandovers(maker);
    expect(listed.at(-1)).toMatchObject({ id: made.id, state: "open" });
    expect(listed).toHaveLength(21);
  });

  it("erases it; by its maker or an admin, once", async () => {
    const { number, proof, made } = await handOver(desk.issuer);
    const other = await desk.addMember("issuer");
    expect((await refusalOf(withdrawHandover(other, { id: made.id }))).code).toBe("forbidden");
    await withdrawHandover(desk.issuer, { id: made.id });
    await withdrawHandover(desk.admin, { id: made.id });
    expect(await rowOf(made.id)).toMatchObject({ sealed: null, endedByName: desk.issuer.name });
    expect((await recorded("handover.withdrawn")).filter(({ tokenNumber }) => tokenNumber === number)).toHaveLength(1);
    expect((await refusalOf(openHandover(desk.visitor, { id: made.id, proof }))).message).toMatch(/withdrew it/);
    expect((await listOwnHandovers(desk.issuer))[0]).toMatchObject({ id: made.id, state: "withdrawn" });
    expect(JSON.stringify(await listOwnHandovers(desk.issuer))).not.toContain("sealed");
  });

  it("comes too late for one that was opened", async () => {
    const { proof, made } = await handOver(desk.issuer);
    await openHandover(desk.visitor, { id: made.id, proof });
    expect((await refusalOf(withdrawHandover(desk.issuer, { id: made.id }))).code).toBe("conflict");
  });
});

describe("is refused:", () => {
  it.each([
    ["9m", "Choose 10 minutes to 7 days."],
    ["8d", "Choose 10 minutes to 7 days."],
    ["soon", expect.stringContaining("Write it like 1d 12h.")],
  ])("a link for %s", async (expiresIn, said) => {
    const { extra } = await refusalOf(handOver(desk.issuer, { expiresIn }));
    expect(extra.fields).toEqual({ expiresIn: said });
  });

  it("another's token, of an issuer; and anybody's, of who issues none", async () => {
    const { number } = await issueToken(desk.admin, issueForm(key));
    const sealed = await sealToken("x".repeat(40));
    const input = { number, ...sealed, expiresIn: "1h" };
    expect((await refusalOf(makeHandover(desk.issuer, input))).code).toBe("forbidden");
    expect((await refusalOf(makeHandover(desk.auditor, input))).code).toBe("forbidden");
  });

  it.each([
    ["that is no member's", "nobody@example.com", "No member of the team has this email."],
    ["that is none", "nobody", "Enter an email address, such as maya@example.com."],
    ["that is too long", `${"x".repeat(500)}@example.com`, "Use an email of at most 254 characters."],
  ])("an email %s", async (_, email, said) => {
    const { extra } = await refusalOf(handOver(desk.issuer, { email }));
    expect(extra.fields).toEqual({ email: said });
  });

  it("a token that was not sealed", async () => {
    const { token } = await issueToken(desk.issuer, issueForm(key));
    const { extra } = await refusalOf(handOver(desk.issuer, { sealed: token }));
    expect(extra.fields).toEqual({ sealed: "The token was not sealed. Reload the page." });
  });
});
