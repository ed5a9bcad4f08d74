/** Changing a key: what is given changes, what is not stays, and both are recorded. */
import { beforeEach, describe, expect, it } from "vitest";
import { reader } from "@/lib/db";
import { issueForm, newSecret, openDesk, recorded, refusalOf, type TestKey } from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { changeKey } from "./change";
import { readPolicy, seenOf, writePolicy } from "./policy";

const desk = await openDesk();
let key: TestKey;
beforeEach(async () => {
  key = await desk.addKey("24h");
  desk.raw((db) => db.exec("DELETE FROM AuditEvent"));
});

const change = (input: object) => changeKey(desk.admin, { keyId: key.id, ...input });
const open = {
  maxLifetime: "",
  defaultLifetime: "",
  permissions: ["allow_join"],
  roles: ["rtc"],
  require: [],
  templates: [],
};
const row = () => reader().signingKey.findUniqueOrThrow({ where: { id: key.id } });

describe("changing a key", () => {
  it("changes what is given, keeps what is not, and records both with before and after", async () => {
    expect(await change({ label: " Production ", maxLifetime: "2h", signsElsewhere: "no" })).toEqual({
      keyId: key.id,
      changed: ["label", "maxTtlSeconds", "signsElsewhere"],
    });
    expect(await row()).toMatchObject({ label: "Production", signsElsewhere: "no", apiKey: key.apiKey });
    expect(readPolicy((await row()).policy).maxTtlSeconds).toBe(7200);
    expect(await recorded()).toMatchObject([
      {
        action: "key.changed",
        actorId: desk.admin.id,
        keyId: key.id,
        keyLabel: "Production",
        detail: {
          changed: { label: [key.label, "Production"], maxTtlSeconds: [86400, 7200], signsElsewhere: [null, "no"] },
        },
      },
    ]);
    // An absent lifetime is none that was taken away.
    await change({ label: "Live" });
    expect(readPolicy((await row()).policy).maxTtlSeconds).toBe(7200);
    expect((await row()).signsElsewhere).toBe("no");
    expect(await change({ maxLifetime: "" })).toMatchObject({ changed: ["maxTtlSeconds"] });
    expect(readPolicy((await row()).policy).maxTtlSeconds).toBeNull();
  });

  it("keeps the rest of the policy", async () => {
    const policy = { ...readPolicy((await row()).policy), require: ["room" as const], permissions: ["allow_join"] };
    desk.raw((db) => db.prepare("UPDATE SigningKey SET policy = ? WHERE id = ?").run(writePolicy(policy), key.id));
    await change({ maxLifetime: "1h" });
    expect(readPolicy((await row()).policy)).toEqual({ ...policy, maxTtlSeconds: 3600 });
  });

  it("changes the whole policy, what holds for issuers too, and tells each limit before and after", async () => {
    const limits = { maxLifetime: "24h", defaultLifetime: "1h", permissions: ["allow_join"], roles: ["rtc"] };
    const issuer = { ...limits, maxLifetime: "2h", require: ["room"], templates: ["participant"] };
    const { changed } = await change({ ...limits, require: ["purpose"], templates: [], issuer });
    expect(readPolicy((await row()).policy)).toEqual({
      ...{ maxTtlSeconds: 86_400, defaultTtlSeconds: 3_600, permissions: ["allow_join"], roles: ["rtc"] },
      ...{ require: ["purpose"], templates: null },
      issuer: {
        ...{ maxTtlSeconds: 7_200, defaultTtlSeconds: 3_600, permissions: ["allow_join"], roles: ["rtc"] },
        ...{ require: ["room"], templates: ["participant"] },
      },
    });
    const [event] = await recorded("key.changed");
    expect(event?.detail).toMatchObject({
      changed: {
        permissions: [null, ["allow_join"]],
        require: [[], ["purpose"]],
        issuerMaxTtlSeconds: [null, 7_200],
        issuerTemplates: [null, ["Participant"]],
      },
    });
    expect(changed).not.toContain("templates");
    await change({ issuer: null });
    expect(readPolicy((await row()).policy).issuer).toBeUndefined();
  });

  it("tells of issuers nothing that is as it was for everybody", async () => {
    const all = { permissions: ["allow_join", "ask_join", "allow_mod"], roles: ["rtc", "crawler", "*"] };
    expect(await change({ issuer: { ...open, ...all, maxLifetime: "2h" } })).toMatchObject({
      changed: ["issuerMaxTtlSeconds"],
    });
    expect(await change({ issuer: null })).toMatchObject({ changed: ["issuerMaxTtlSeconds"] });
  });

  it("holds from the next token on", async () => {
    await change({ maxLifetime: "1h" });
    const refused = await refusalOf(issueToken(desk.issuer, issueForm(key)));
    expect(refused.extra.fields).toHaveProperty("expiresIn");
  });

  it("that changes nothing is no event", async () => {
    expect(await change({ label: key.label, maxLifetime: "1d" })).toEqual({ keyId: key.id, changed: [] });
    expect(await recorded()).toEqual([]);
  });

  it.each([
    ["label", { label: "" }],
    ["label", { label: "x".repeat(61) }],
    ["label", { label: newSecret() }],
    ["maxLifetime", { maxLifetime: "soon" }],
    ["signsElsewhere", { signsElsewhere: "perhaps" }],
    ["permissions", { permissions: [] }],
    ["issuer.roles", { roles: ["rtc"], issuer: { ...open, roles: ["crawler"] } }],
  ])("names the field %s of %j, and changes nothing", async (field, input) => {
    const before = await row();
    const refused = await refusalOf(change({ label: "Another", ...input }));
    expect(refused.code).toBe("invalid");
    expect(Object.keys(refused.extra.fields ?? {})).toEqual([field]);
    expect(await row()).toEqual(before);
  });

  it("is refused over a label or a policy that is not the one that was seen, and nothing is lost of either", async () => {
    const look = async () => {
      const { label, policy } = await row();
      return seenOf({ label, policy: readPolicy(policy) });
    };
    const seen = await look();
    await change({ permissions: ["allow_join", "ask_join"] });
    const late = await refusalOf(change({ seen, permissions: ["allow_join", "allow_mod"] }));
    expect(late).toMatchObject({ code: "conflict", message: expect.stringContaining("somebody else changed") });
    expect(readPolicy((await row()).policy).permissions).toEqual(["allow_join", "ask_join"]);
    await change({ seen: await look(), permissions: ["allow_join", "allow_mod"] });
    expect(readPolicy((await row()).policy).permissions).toEqual(["allow_join", "allow_mod"]);
    const named = await look();
    await change({ label: "Theirs", seen: named });
    // The very same once more is no other one's.
    expect(await change({ label: "Theirs", seen: named })).toMatchObject({ changed: [] });
    expect((await refusalOf(change({ label: "Mine", seen: named }))).code).toBe("conflict");
    expect((await row()).label).toBe("Theirs");
  });

  it("is refused to others, and for a key that is gone", async () => {
    for (const actor of [desk.issuer, desk.auditor])
      expect((await refusalOf(changeKey(actor, { keyId: key.id, label: "Mine" }))).code).toBe("forbidden");
    expect((await refusalOf(changeKey(desk.admin, { keyId: "gone", label: "Mine" }))).code).toBe("not_found");
    expect((await row()).label).toBe(key.label);
  });
});
