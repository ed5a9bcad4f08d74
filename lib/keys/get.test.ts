/** One key, whole: what is known of it, and never its secret. */
import { describe, expect, it } from "vitest";
import { issueForm, openDesk } from "@/lib/test-desk";
import { issueToken } from "@/lib/tokens/issue";
import { changeKey } from "./change";
import { fingerprint } from "./fingerprint";
import { getKey } from "./get";
import { setKeyStatus } from "./set-status";

const desk = await openDesk();

describe("a key", () => {
  it("is told with its policy, who added it, and what was issued with it", async () => {
    const key = await desk.addKey("24h");
    const fresh = await getKey(desk.auditor, key.id);
    expect(fresh).toMatchObject({
      ...{ id: key.id, label: key.label, apiKey: key.apiKey, profile: "videosdk", disabled: false },
      ...{ policy: { maxTtlSeconds: 86_400 }, signsElsewhere: null, createdByName: desk.admin.name },
      ...{ issuedTokens: 0, lastIssuedAt: null },
      secret: { fingerprint: expect.stringMatching(/^[0-9a-f]+$/), since: fresh?.createdAt },
    });
    await changeKey(desk.admin, { keyId: key.id, label: "Production", signsElsewhere: "yes" });
    const { claims } = await issueToken(desk.issuer, issueForm(key));
    await setKeyStatus(desk.admin, { keyId: key.id, disabled: true });
    expect(await getKey(desk.issuer, key.id)).toMatchObject({
      ...{ label: "Production", signsElsewhere: "yes", disabled: true, issuedTokens: 1 },
    });
    expect(Math.floor(((await getKey(desk.issuer, key.id))?.lastIssuedAt?.getTime() ?? 0) / 1000)).toBe(claims.iat);
  });

  it("names the current secret, not a retired one", async () => {
    const key = await desk.addKey();
    desk.raw((db) =>
      db
        .prepare(
          // rowid: in front of the current one, where SQLite comes to it first.
          "INSERT INTO SecretVersion (rowid, id, keyId, sealed, fingerprint, createdAt, retiredAt) VALUES (-1, 'old', ?, 'x', 'aaaaaaaaaaaa', 1577836800000, 1609459200000)",
        )
        .run(key.id),
    );
    expect((await getKey(desk.admin, key.id))?.secret?.fingerprint).toBe(fingerprint(key.secret));
  });

  it("never brings its secret along, sealed or not", async () => {
    const key = await desk.addKey();
    const told = JSON.stringify(await getKey(desk.admin, key.id));
    const sealed = desk.raw((db) => db.prepare("SELECT * FROM SecretVersion WHERE keyId = ?").get(key.id)) as object;
    const values = Object.values(sealed).filter((value) => typeof value === "string" && value.length > 40);
    expect(values.length).toBeGreaterThan(0);
    for (const value of [key.secret, ...values]) expect(told).not.toContain(value);
  });

  it("that is not there is not found", async () => {
    expect(await getKey(desk.admin, "no such key")).toBeUndefined();
  });
});
