/** A team's templates from the proposal to the end: who may do what, what is refused and why, what is recorded, and that nothing of it changes what was issued. */

import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Member } from "@/lib/auth/actor";
import { staleTemplate } from "@/lib/composer/prepare";
import { endCredential } from "@/lib/credentials/end";
import { reader } from "@/lib/db";
import { endEndpoint } from "@/lib/endpoints/end";
import { openPolicy, writePolicy } from "@/lib/keys/policy";
import { videosdk } from "@/lib/profiles/videosdk/profile";
import { MOST_PROPOSALS, MOST_TEMPLATES } from "@/lib/sizes";
import { issueForm, newSecret, openDesk, recorded, refusalOf } from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { answerProposal } from "./answer";
import { changeTemplate } from "./change";
import { createTemplate } from "./create";
import { deleteTemplate } from "./delete";
import { getTemplate } from "./get";
import { hideTemplate } from "./hide";
import { findTemplateInForce, templatesInForce } from "./in-force";
import { listTemplates } from "./list";
import { moveTemplate } from "./move";

const desk = await openDesk();
const { admin, issuer } = desk;
const own = { profile: "videosdk" };
const builtIn = videosdk.templates.map(({ id }) => id);

const kiosk = {
  ...own,
  ...{ name: "Kiosk", note: "One room, one tablet" },
  ...{ permissions: ["allow_join"], roles: ["rtc"], roomId: "2kyv-gzay-64pg", participantId: "", expiresIn: "24h" },
};
/** Of a name of its own. */
let made = 0;
const another = (more: object = {}) => {
  made += 1;
  return { ...kiosk, name: `Kiosk ${made}`, ...more };
};

const inForce = async () => ((await templatesInForce()).get("videosdk") ?? []).map(({ id }) => id);
const last = async () => (await recorded()).at(-1);
const setPolicy = (keyId: string, policy: object) =>
  desk.raw((db) =>
    db.prepare("UPDATE SigningKey SET policy = ? WHERE id = ?").run(writePolicy({ ...openPolicy, ...policy }), keyId),
  );

/** Each test by an issuer of its own: what one saves is counted. */
let proposer: Member;
beforeEach(async () => {
  desk.raw((db) => db.exec("DELETE FROM Template; DELETE FROM TemplateArrangement;"));
  proposer = await desk.addMember("issuer", "The proposer");
});

describe("saving a filled form", () => {
  it("is a template in force when an admin does it, with what it fills in", async () => {
    const { templateId, state } = await createTemplate(await desk.addMember("admin"), kiosk);
    expect(state).toBe("accepted");
    expect(await inForce()).toEqual([...builtIn, templateId]);
    expect(await findTemplateInForce(videosdk, templateId)).toEqual({
      id: templateId,
      ...{ name: "Kiosk", help: "One room, one tablet", expiresIn: "24h", version: 1 },
      // An empty participant is left to whoever issues.
      given: { permissions: ["allow_join"], roles: ["rtc"], roomId: "2kyv-gzay-64pg" },
    });
    expect(await last()).toMatchObject({
      action: "template.created",
      detail: {
        ...{ template: templateId, name: "Kiosk", version: 1 },
        changed: {
          ...{ name: [null, "Kiosk"], note: [null, "One room, one tablet"], expiresIn: [null, "24h"] },
          ...{ permissions: [null, "allow_join"], roles: [null, "rtc"], roomId: [null, "2kyv-gzay-64pg"] },
        },
      },
    });
  });

  it("is a proposal when an issuer does it: nothing can be issued from it", async () => {
    const { templateId, state } = await createTemplate(proposer, kiosk);
    expect(state).toBe("proposed");
    expect(await inForce()).toEqual(builtIn);
    expect(await findTemplateInForce(videosdk, templateId)).toBeUndefined();
    expect(await last()).toMatchObject({ action: "template.proposed", actorName: "The proposer" });
  });

  it("is the same one when its answer got lost and it is sent again, for a minute and by whoever saved it", async () => {
    const first = await createTemplate(proposer, kiosk);
    const events = await reader().auditEvent.count();
    expect(await createTemplate(proposer, kiosk)).toEqual(first);
    expect(await reader().auditEvent.count()).toBe(events);
    const twin = { name: "There is a proposal of this name already. Choose another one." };
    expect((await refusalOf(createTemplate(issuer, kiosk))).extra.fields).toEqual(twin);
    expect((await refusalOf(createTemplate(proposer, { ...kiosk, note: "Two rooms" }))).extra.fields).toEqual(twin);
    desk.raw((db) => db.exec("UPDATE Template SET createdAt = createdAt - 61000"));
    expect((await refusalOf(createTemplate(proposer, kiosk))).extra.fields).toEqual(twin);
  });

  it.each(["auditor", "support"] as const)("is denied to %s, and recorded", async (role) => {
    expect((await refusalOf(createTemplate(desk[role], kiosk))).code).toBe("forbidden");
    expect(await last()).toMatchObject({ action: "access.denied", detail: { verb: "template.propose" } });
  });

  it.each([
    ["no name", { name: " " }, { name: "Give it a name, such as Kiosk." }],
    ["a long name", { name: "x".repeat(41) }, { name: "Use at most 40 characters." }],
    ["no note", { note: "" }, { note: "Say in a few words what it is good for." }],
    ["a lifetime that can't be read", { expiresIn: "soon" }, { expiresIn: expect.stringMatching(/./) }],
    ["an unknown permission", { permissions: ["allow_all"] }, { "permissions.0": expect.stringMatching(/no such/) }],
    [
      "permissions that exclude each other",
      { permissions: ["ask_join", "allow_mod"] },
      { permissions: expect.stringMatching(/ask_join/) },
    ],
    ["nothing permitted", { permissions: [] }, { permissions: expect.stringMatching(/./) }],
    ["a secret in its note", { note: `use ${newSecret()}` }, { note: expect.stringMatching(/secret/) }],
    ["a token in its name", { name: "eyJhbGciOiJIUzI1NiJ9.eyJ" }, { name: expect.stringMatching(/secret/) }],
    [
      "a built-in one's name",
      { name: "  moderator" },
      { name: "There is a template of this name already. Choose another one." },
    ],
    ["no vendor", { profile: "nobody" }, { form: "There is no such vendor." }],
  ])("is refused with %s", async (_, change, fields) => {
    const { code, extra } = await refusalOf(createTemplate(proposer, { ...kiosk, ...change }));
    expect(code).toBe("invalid");
    expect(extra.fields).toEqual(fields);
    expect(await inForce()).toEqual(builtIn);
  });

  it("is refused with a secret of this desk in it, whatever it looks like", async () => {
    const key = await desk.addKey();
    const { extra } = await refusalOf(createTemplate(proposer, another({ note: key.secret.toUpperCase() })));
    expect(Object.keys(extra.fields ?? {})).toEqual(["note"]);
    expect(JSON.stringify(await recorded())).not.toContain(key.secret.slice(0, 32));
  });

  it("is refused under a name that a proposal has, whatever its capitals", async () => {
    await createTemplate(proposer, kiosk);
    const { extra } = await refusalOf(createTemplate(admin, { ...kiosk, name: "KIOSK" }));
    expect(extra.fields).toEqual({ name: "There is a proposal of this name already. Choose another one." });
  });

  it("is refused under a name that reads as another one's does", async () => {
    await createTemplate(admin, { ...kiosk, name: "Room 11" });
    // A Cyrillic "о", a character that nobody sees, a full-width "M".
    const names = [
      "M\u043ederator",
      "Moder\u200cator",
      "\uff2doderator",
      "Moderator.",
      "P\u0430rticip\u0430nt",
      "Room-11",
    ];
    for (const name of names)
      expect((await refusalOf(createTemplate(proposer, { ...kiosk, name }))).extra.fields, name).toEqual({
        name: expect.stringMatching(/^"(?:Moderator|Participant|Room 11)" reads the same\. Choose another one\.$/),
      });
    for (const name of ["Room 1.1", "Room 12", "Moderators"]) await createTemplate(admin, { ...kiosk, name });
  });

  it("stands under one that it had before such were refused", async () => {
    const { templateId } = await createTemplate(admin, kiosk);
    await createTemplate(admin, another());
    desk.raw((db) => db.exec("UPDATE Template SET name = 'kiosk.' WHERE name <> 'Kiosk'"));
    const change = { ...kiosk, templateId, state: "accepted", version: 1 };
    expect(await changeTemplate(admin, { ...change, note: "Two rooms" })).toEqual({ templateId, version: 2 });
    expect((await refusalOf(changeTemplate(admin, { ...change, name: "KIOSK", version: 2 }))).extra.fields).toEqual({
      name: '"kiosk." reads the same. Choose another one.',
    });
  });

  it("ends where a form can show no more, and one's own list is full", async () => {
    const fill = (count: number, state: string, createdById: string) =>
      desk.raw((db) => {
        const row = db.prepare(
          "INSERT INTO Template VALUES (?, 'videosdk', ?, 'x', '{}', 1, ?, 0, ?, 'x', NULL, NULL, NULL)",
        );
        for (let index = 0; index < count; index += 1)
          row.run(`${state}-${index}`, `${state} ${index}`, state, createdById);
      });
    fill(MOST_PROPOSALS, "declined", proposer.id);
    expect((await refusalOf(createTemplate(proposer, another()))).message).toMatch(/20 proposals of yours/);
    const { templateId } = await createTemplate(issuer, another());
    fill(MOST_TEMPLATES, "accepted", admin.id);
    const someone = await desk.addMember("admin");
    expect((await refusalOf(createTemplate(someone, another()))).message).toMatch(/100 templates already/);
    expect((await refusalOf(answerProposal(admin, { templateId, version: 1, accepted: true }))).code).toBe("conflict");
  });

  it("is counted, so that nobody fills the log with it", async () => {
    for (let index = 0; index < 60; index += 1)
      expect((await refusalOf(createTemplate(proposer, { ...kiosk, name: "Guest" }))).code).toBe("invalid");
    expect((await refusalOf(createTemplate(proposer, another()))).code).toBe("throttled");
  });
});

describe("a proposal", () => {
  it("is in force once an admin accepts what they have seen", async () => {
    const { templateId } = await createTemplate(proposer, kiosk);
    await answerProposal(admin, { templateId, version: 1, accepted: true });
    expect(await inForce()).toContain(templateId);
    expect(await last()).toMatchObject({
      action: "template.changed",
      actorName: admin.name,
      detail: { template: templateId, name: "Kiosk", version: 1, changed: { state: ["proposed", "accepted"] } },
    });
    const { message } = await refusalOf(answerProposal(admin, { templateId, version: 1, accepted: false }));
    expect(message).toBe("The admin was faster: it is accepted already.");
  });

  it("is not accepted when it was changed since", async () => {
    const { templateId } = await createTemplate(proposer, kiosk);
    await changeTemplate(proposer, {
      ...{ ...kiosk, templateId, version: 1, state: "proposed" },
      permissions: ["allow_join", "allow_mod"],
    });
    expect((await refusalOf(answerProposal(admin, { templateId, version: 1, accepted: true }))).code).toBe("conflict");
    expect(await inForce()).not.toContain(templateId);
  });

  it("is declined with a word on why, which its proposer reads, and is proposed anew by a change", async () => {
    const { templateId } = await createTemplate(proposer, kiosk);
    await answerProposal(admin, { templateId, version: 1, accepted: false, note: "Too long." });
    expect(await last()).toMatchObject({ detail: { changed: { state: ["proposed", "declined"] }, note: "Too long." } });
    const read = async () => (await listTemplates(proposer))[0]?.proposals;
    expect(await read()).toMatchObject([
      { id: templateId, state: "declined", isOwn: true, answer: { by: admin.name, note: "Too long." } },
    ]);
    const change = { ...kiosk, templateId, version: 1, expiresIn: "8h" };
    // By who has read that.
    const { code, message } = await refusalOf(changeTemplate(proposer, { ...change, state: "proposed" }));
    expect([code, message]).toEqual([
      "conflict",
      `Nothing was saved. ${admin.name} declined it meanwhile: reload the page to read why. What you typed is kept.`,
    ]);
    expect(await read()).toMatchObject([{ state: "declined", version: 1, answer: { note: "Too long." } }]);
    const { version } = await changeTemplate(proposer, { ...change, state: "declined" });
    expect(version).toBe(2);
    expect(await read()).toMatchObject([{ state: "proposed", version: 2, answer: null }]);
    expect(await last()).toMatchObject({
      detail: { changed: { expiresIn: ["24h", "8 h"], state: ["declined", "proposed"] } },
    });
  });

  it("is its proposer's and the admins' alone", async () => {
    const { templateId } = await createTemplate(proposer, kiosk);
    expect((await listTemplates(issuer))[0]?.proposals).toEqual([]);
    expect(await getTemplate(issuer, templateId)).toBeUndefined();
    expect((await listTemplates(admin))[0]?.proposals).toMatchObject([
      { id: templateId, by: "The proposer", isOwn: false },
    ]);
    expect(await getTemplate(proposer, templateId)).toMatchObject({ mayChange: true });
    for (const work of [
      changeTemplate(issuer, { ...kiosk, templateId, version: 1, state: "proposed" }),
      deleteTemplate(issuer, { templateId }),
      answerProposal(proposer, { templateId, version: 1, accepted: true }),
    ])
      expect((await refusalOf(work)).code).toBe("forbidden");
    await deleteTemplate(proposer, { templateId });
    expect(await last()).toMatchObject({
      action: "template.deleted",
      detail: { changed: { state: ["proposed", null] } },
    });
  });
});

describe("a template in force", () => {
  it("that is gone while it is changed takes nothing along that was typed", async () => {
    const { templateId } = await createTemplate(admin, kiosk);
    await deleteTemplate(admin, { templateId });
    const change = { ...kiosk, templateId, version: 1, state: "accepted", note: "One tablet" };
    const { code, message } = await refusalOf(changeTemplate(admin, change));
    expect([code, message]).toEqual([
      "not_found",
      "Nothing was saved. There is no such template any more. What you typed stands here until you leave.",
    ]);
    // Of a list, the page that is loaded anew shows what there is.
    expect((await refusalOf(deleteTemplate(admin, { templateId }))).message).toMatch(/Reload the page\.$/);
  });

  it("is changed by an admin alone, by who has seen it as it is", async () => {
    const { templateId } = await createTemplate(issuer, kiosk);
    await answerProposal(admin, { templateId, version: 1, accepted: true });
    const change = { ...kiosk, templateId, version: 1, state: "accepted", name: "Tablet", note: "One tablet" };
    // Who proposed it had it open while it was theirs.
    const denials = async () => (await recorded("access.denied")).length;
    const before = await denials();
    const late = await refusalOf(changeTemplate(issuer, { ...change, state: "proposed" }));
    expect([late.code, late.message]).toEqual([
      "conflict",
      expect.stringMatching(/accepted: from now on only an admin .* What you typed stands here until you leave\.$/),
    ]);
    const withdrawn = await refusalOf(deleteTemplate(issuer, { templateId }));
    // Nothing was.
    expect([withdrawn.code, withdrawn.message]).toEqual([
      "conflict",
      expect.stringMatching(/changes or deletes it\.$/),
    ]);
    // Another admin had it open as a proposal, and has not read where it holds by now.
    expect((await refusalOf(changeTemplate(admin, { ...change, state: "proposed" }))).code).toBe("conflict");
    expect(await denials()).toBe(before);
    expect((await refusalOf(changeTemplate(proposer, change))).code).toBe("forbidden");
    expect(await denials()).toBe(before + 1);
    expect(await getTemplate(issuer, templateId)).toMatchObject({ mayChange: false });
    await changeTemplate(admin, change);
    expect(await last()).toMatchObject({
      action: "template.changed",
      detail: {
        name: "Tablet",
        version: 2,
        changed: { name: ["Kiosk", "Tablet"], note: ["One room, one tablet", "One tablet"] },
      },
    });
    const { code, message } = await refusalOf(changeTemplate(admin, change));
    expect([code, message]).toEqual([
      "conflict",
      expect.stringMatching(/Somebody else changed.*What you typed stands here until then/),
    ]);
    const events = await reader().auditEvent.count();
    await changeTemplate(admin, { ...change, version: 2 });
    expect(await reader().auditEvent.count()).toBe(events);
  });

  it("is issued from, is kept with its name and version of then, and is gone without a trace in what was issued", async () => {
    const key = await desk.addKey();
    const { templateId } = await createTemplate(admin, kiosk);
    const form = () => ({
      ...issueForm(key),
      roles: ["rtc"],
      roomId: kiosk.roomId,
      expiresIn: "24h",
      template: templateId,
    });
    const { number } = await issueToken(issuer, form());
    await changeTemplate(admin, {
      ...{ ...kiosk, templateId, version: 1, state: "accepted" },
      ...{ name: "Tablet", expiresIn: "8h" },
    });
    // What it filled in before is not what it fills in now.
    const stale = await refusalOf(issueToken(issuer, form()));
    expect(stale.extra.fields).toEqual({
      template:
        "This is not what the template fills in now. Choose the template again, or issue it as it stands, from none: what you typed is kept.",
    });
    const next = await issueToken(issuer, { ...form(), expiresIn: "8h" });
    await deleteTemplate(admin, { templateId });
    const gone = await refusalOf(issueToken(issuer, { ...form(), expiresIn: "8h" }));
    expect(gone.extra.fields).toEqual({
      template:
        "There is no such template any more. Choose another one, or issue it as it stands, from none: what you typed is kept.",
    });
    const rows = await reader().issuedToken.findMany({
      where: { number: { in: [number, next.number] } },
      orderBy: { number: "asc" },
    });
    expect(rows.map((row) => [row.templateId, row.templateName, row.templateVersion])).toEqual([
      [templateId, "Kiosk", 1],
      [templateId, "Tablet", 2],
    ]);
  });

  it("that changes while a token is under way issues none", async () => {
    const key = await desk.addKey();
    const { templateId } = await createTemplate(admin, kiosk);
    const form = { ...issueForm(key), roles: ["rtc"], roomId: kiosk.roomId, expiresIn: "24h", template: templateId };
    const sign = await import("@/lib/tokens/sign");
    const signing = vi.spyOn(sign, "signToken");
    signing.mockImplementationOnce((...given) => {
      desk.raw((db) => db.prepare("UPDATE Template SET version = 2 WHERE id = ?").run(templateId));
      signing.mockRestore();
      return sign.signToken(...given);
    });
    const { code, extra } = await refusalOf(issueToken(issuer, form));
    expect([code, extra.fields]).toEqual(["conflict", { template: staleTemplate.changed }]);
  });

  it("that an endpoint gives, or a credential is bound to, is not deleted until that has ended", async () => {
    const key = await desk.addKey();
    const { templateId } = await createTemplate(admin, another());
    const { actor: endpoint } = await desk.addEndpoint(key, {
      name: "Kiosk app",
      template: templateId,
      expiresIn: "5m",
      // As the template says.
      ...{ roomFrom: "fixed" as const, room: kiosk.roomId },
    });
    const { actor: program } = await desk.addProgram({ name: "CI", templateIds: [templateId] });
    const vendors = await listTemplates(admin);
    expect(vendors[0]?.templates.find(({ id }) => id === templateId)?.usedBy).toEqual([
      { kind: "endpoint", id: endpoint.id, label: "Kiosk app" },
      { kind: "credential", id: program.id, label: "CI" },
    ]);
    const [seen] = await listTemplates(desk.issuer);
    expect(seen?.templates.find(({ id }) => id === templateId)?.usedBy).toEqual([]);
    // Whoever changes it is told whom that reaches; nobody else is.
    expect((await getTemplate(admin, templateId))?.usedBy.map(({ label }) => label)).toEqual(["Kiosk app", "CI"]);
    expect((await getTemplate(desk.issuer, templateId))?.usedBy).toEqual([]);
    const { code, message } = await refusalOf(deleteTemplate(admin, { templateId }));
    expect([code, message]).toEqual([
      "conflict",
      expect.stringContaining("the endpoint “Kiosk app”, the credential “CI”"),
    ]);
    // Of both kinds all are named: whoever took it out of the policy alone would be refused once more.
    setPolicy(key.id, { templates: [templateId] });
    expect((await refusalOf(deleteTemplate(admin, { templateId }))).message).toMatch(
      /names this template\. Take it out there first\. It is used by the endpoint “Kiosk app”, the credential “CI”\. Give/,
    );
    setPolicy(key.id, {});
    await endEndpoint(admin, { endpointId: endpoint.id });
    await endCredential(admin, { credentialId: program.id });
    await deleteTemplate(admin, { templateId });
  });

  it.each([
    ["its own part", (id: string) => ({ templates: [id] })],
    ["the part for issuers", (id: string) => ({ issuer: { ...openPolicy, templates: [id] } })],
  ])("that %s of a key's policy names is not deleted, and says where it is used", async (_, policy) => {
    const key = await desk.addKey();
    const { templateId } = await createTemplate(admin, another());
    setPolicy(key.id, policy(templateId));
    const { code, message } = await refusalOf(deleteTemplate(admin, { templateId }));
    expect(code).toBe("conflict");
    expect(message).toBe(
      `Nothing was deleted: the policy of the key “${key.label}” names this template. Take it out there first.`,
    );
    const listed = (await listTemplates(admin))[0]?.templates.find(({ id }) => id === templateId);
    expect(listed?.usedBy).toEqual([{ kind: "key", id: key.id, label: key.label }]);
    setPolicy(key.id, {});
    await deleteTemplate(admin, { templateId });
    expect(await inForce()).toEqual(builtIn);
  });
});

describe("the vendor's own", () => {
  const hide = (templateId: string, hidden: boolean, who = admin) => hideTemplate(who, { ...own, templateId, hidden });

  it("can be hidden, and nothing is issued from it then", async () => {
    const key = await desk.addKey();
    const form = () => ({ ...issueForm(key), roles: ["rtc"], template: "participant" });
    await hide("participant", true);
    expect(await inForce()).toEqual(builtIn.filter((id) => id !== "participant"));
    expect(await last()).toMatchObject({
      action: "template.changed",
      detail: { template: "participant", name: "Participant", changed: { state: ["shown", "hidden"] } },
    });
    const { extra } = await refusalOf(issueToken(issuer, form()));
    expect(extra.fields).toEqual({ template: expect.stringMatching(/^There is no such template any more/) });
    // Admins see it among the others, to show it again.
    const hidden = async (who: Member) => (await listTemplates(who))[0]?.templates.filter((each) => each.hidden).length;
    expect([await hidden(admin), await hidden(issuer)]).toEqual([1, 0]);
    const events = await reader().auditEvent.count();
    await hide("participant", true);
    expect(await reader().auditEvent.count()).toBe(events);
    await hide("participant", false);
    expect((await issueToken(issuer, form())).number).toBeGreaterThan(0);
  });

  it("that a key's policy names can't be hidden, and says where it is used", async () => {
    const [one, other] = [await desk.addKey(), await desk.addKey()];
    for (const key of [one, other]) setPolicy(key.id, { templates: ["guest"] });
    const { message } = await refusalOf(hide("guest", true));
    expect(message).toBe(
      `Nothing was hidden: the policies of the keys “${one.label}”, “${other.label}” name this template. Take it out there first.`,
    );
  });

  it("is hidden by admins alone, and no other one is", async () => {
    expect((await refusalOf(hide("guest", true, issuer))).code).toBe("forbidden");
    const { templateId } = await createTemplate(admin, another());
    expect((await refusalOf(hide(templateId, true))).code).toBe("not_found");
  });
});

describe("the order", () => {
  const move = (templateId: string, before: string | null, who = admin) =>
    moveTemplate(who, { ...own, templateId, before });

  it("is the admins', over the vendor's own and the team's, and is kept when one more comes", async () => {
    const { templateId } = await createTemplate(admin, another());
    expect(await move(templateId, "developer")).toEqual({ position: 4 });
    const order = ["participant", "moderator", "guest", templateId, "developer", "server"];
    expect(await inForce()).toEqual(order);
    expect(await last()).toMatchObject({ action: "template.changed", detail: { changed: { position: [6, 4] } } });
    const { templateId: next } = await createTemplate(admin, another());
    expect(await inForce()).toEqual([...order, next]);
    await move("participant", null);
    expect((await inForce()).at(-1)).toBe("participant");
    const events = await reader().auditEvent.count();
    await move("participant", null);
    expect(await reader().auditEvent.count()).toBe(events);
  });

  it("is refused to others, and of what is not there", async () => {
    expect((await refusalOf(move("guest", null, issuer))).code).toBe("forbidden");
    for (const [id, before] of [
      ["nobody", null],
      ["guest", "nobody"],
      ["guest", "guest"],
    ] as const)
      expect((await refusalOf(move(id, before))).code).toBe("not_found");
  });
});
