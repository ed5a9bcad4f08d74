/** Reading a token again, and what one issued last: for who may issue, from the ledger, without the token. */
import { describe, expect, it } from "vitest";
import { newJti } from "@/lib/composer/new-jti";
import { issueTokenInput } from "@/lib/composer/schema";
import { setKeyStatus } from "@/lib/keys/set-status";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { issueForm, openDesk, recorded, refusalOf } from "@/lib/test-desk";
import { issueToken } from "./issue";
import { listRecent } from "./list-recent";
import { readAgain } from "./read-again";

const desk = await openDesk();
const key = await desk.addKey();
const wish = {
  ...{ permissions: ["allow_join", "allow_mod"], roles: ["rtc"], template: "moderator" },
  ...{ roomId: "2kyv-gzay-64pg", participantId: "lxvdplwt", expiresIn: "2h", purpose: "Tuesday's demo" },
};
const issueOne = (more: object = {}, actor = desk.issuer, with_ = key) =>
  issueToken(actor, { ...issueForm(with_), ...wish, ...more, jti: newJti() });
const setPolicy = (keyId: string, policy: object) =>
  desk.raw((db) => db.prepare("UPDATE SigningKey SET policy = ? WHERE id = ?").run(JSON.stringify(policy), keyId));

describe("a token again", () => {
  it("is what was asked for, but for the purpose, which is told apart", async () => {
    const { number, claims } = await issueOne();
    const again = await readAgain(desk.issuer, { number });
    expect(again).toEqual({
      number,
      keyLabel: key.label,
      values: { ...wish, keyId: key.id, purpose: "", customClaims: "" },
      purpose: wish.purpose,
      said: [],
    });
    const form = issueTokenInput(videosdk).parse({ ...again?.values, jti: newJti() });
    const { iat, exp, jti, ...same } = (await issueToken(desk.issuer, { ...again?.values, jti: form.jti })).claims;
    expect(claims).toMatchObject(same);
    expect([iat, exp, jti].every(Boolean)).toBe(true);
  });

  it("has its custom claims again, and starts now with the lifetime that it had from its start on", async () => {
    const startsAt = new Date(Date.now() + 3_600_000).toISOString();
    const customClaims = '{"team":"red","seats":{"left":2}}';
    const { number, claims } = await issueOne({ startsAt, customClaims, template: "" });
    expect(claims).toMatchObject({ nbf: Math.floor(Date.parse(startsAt) / 1000), team: "red" });
    const again = await readAgain(desk.issuer, { number });
    expect(again?.values).toMatchObject({ expiresIn: "2h" });
    expect(JSON.parse(String(again?.values.customClaims))).toEqual(JSON.parse(customClaims));
    expect(again?.values.startsAt ?? "").toBe("");
    expect(again?.said).toEqual(["It starts now; that one did later than it was issued."]);
  });

  it("takes no custom claim for one of the vendor's that is misspelt", async () => {
    const custom = { role: "crawler", room: "Blue room", meetingId: "b", participant: { name: "Tom" }, room_id: "c" };
    const wished = { roomId: "", participantId: "", roles: [], template: "", customClaims: JSON.stringify(custom) };
    const { number, claims } = await issueOne(wished);
    expect(claims).toMatchObject(custom);
    const again = await readAgain(desk.issuer, { number });
    expect(again?.values).toMatchObject({ roomId: "", participantId: "", roles: [] });
    expect(JSON.parse(String(again?.values.customClaims))).toEqual(custom);
    const { iat, exp, jti, ...same } = (await issueToken(desk.issuer, { ...again?.values, jti: newJti() })).claims;
    expect(claims).toEqual({ ...same, iat: claims.iat, exp: claims.exp, jti: claims.jti });
  });

  it("can be anybody's, and is never read for who may not issue, which is recorded", async () => {
    const { number } = await issueOne({}, desk.admin);
    expect((await readAgain(desk.issuer, { number }))?.number).toBe(number);
    const before = (await recorded("access.denied")).length;
    expect((await refusalOf(readAgain(desk.auditor, { number }))).code).toBe("forbidden");
    expect(await recorded("access.denied")).toHaveLength(before + 1);
  });

  it("is undefined for a number that no token has, and refused for what is no number", async () => {
    expect(await readAgain(desk.issuer, { number: 999_999 })).toBeUndefined();
    for (const number of [0, -1, 1.5, "1", undefined])
      expect((await refusalOf(readAgain(desk.issuer, { number }))).code).toBe("invalid");
  });

  it("says which key was disabled since, and leaves it to the form to say what to do", async () => {
    const other = await desk.addKey();
    const { number } = await issueOne({}, desk.issuer, other);
    await setKeyStatus(desk.admin, { keyId: other.id, disabled: true });
    const again = await readAgain(desk.issuer, { number });
    expect(again?.values.keyId).toBe(other.id);
    expect(again?.said).toEqual([`Its key, “${other.label}”, is disabled here: choose another one.`]);
  });

  it("chooses no key when its own is gone", async () => {
    const other = await desk.addKey();
    const { number } = await issueOne({}, desk.issuer, other);
    desk.raw((db) => {
      db.prepare("DELETE FROM SecretVersion WHERE keyId = ?").run(other.id);
      db.prepare("DELETE FROM SigningKey WHERE id = ?").run(other.id);
    });
    const again = await readAgain(desk.issuer, { number });
    expect(again?.values.keyId).toBe("");
    expect(again?.said).toEqual([`Its key, “${other.label}”, is gone: choose the key that signs.`]);
  });

  it("says that its key no longer allows all of it, to whom it does not", async () => {
    const other = await desk.addKey();
    const { number } = await issueOne({}, desk.issuer, other);
    setPolicy(other.id, { issuer: { permissions: ["allow_join"] } });
    expect((await readAgain(desk.issuer, { number }))?.said).toEqual([
      `“${other.label}” does not allow all of it now: change what is marked.`,
    ]);
    expect((await readAgain(desk.admin, { number }))?.said).toEqual([]);
  });
});

describe("what one issued last", () => {
  it("is one's own, newest first, the same thing once, and a few of them", async () => {
    const member = await desk.addMember("issuer");
    expect(await listRecent(member)).toEqual({ lastKeyId: undefined, tokens: [] });
    const first = await issueOne({ roomId: "aaaa-aaaa-aaaa", template: "moderator" }, member);
    await issueOne({ roomId: "bbbb-bbbb-bbbb" }, member);
    await issueOne({ roomId: "bbbb-bbbb-bbbb", purpose: "Another purpose" }, member);
    // The same again for the next participant.
    const next = { roomId: "bbbb-bbbb-bbbb", purpose: "Another purpose", participantId: "second" };
    const same = await issueOne(next, member);
    await issueOne({ roomId: "cccc-cccc-cccc" }, desk.admin);
    const { lastKeyId, tokens } = await listRecent(member);
    expect(lastKeyId).toBe(key.id);
    expect(tokens).toEqual([
      {
        ...{ number: same.number, kind: "Moderator", keyLabel: key.label },
        ...{ purpose: "Another purpose", room: "bbbb-bbbb-bbbb", subject: "second" },
      },
      expect.objectContaining({ room: "bbbb-bbbb-bbbb", purpose: wish.purpose }),
      expect.objectContaining({ number: first.number, room: "aaaa-aaaa-aaaa", purpose: wish.purpose }),
    ]);
    for (const roomId of ["dddd-dddd-dddd", "eeee-eeee-eeee"]) await issueOne({ roomId }, member);
    expect((await listRecent(member)).tokens).toHaveLength(3);
  });

  it("is nothing for who may not issue", async () => {
    expect((await refusalOf(listRecent(desk.auditor))).code).toBe("forbidden");
  });
});
