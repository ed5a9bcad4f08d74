/** Opening secrets inside the server, and knowing beforehand which do not open. */
import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { seal } from "@/lib/seal";
import { openDesk } from "@/lib/test-desk";
import { unopenableSecrets } from "./check-keyring";
import { openSecrets } from "./open-secrets";

const desk = await openDesk();
beforeEach(() => desk.raw((db) => db.exec("DELETE FROM SecretVersion; DELETE FROM SigningKey")));

function addVersion(keyId: string, versionId: string, sealed: string, retired: boolean): void {
  const [created, retiredAt] = [1767225600000, retired ? 1769904000000 : null];
  desk.raw((db) =>
    db
      .prepare(
        "INSERT INTO SecretVersion (id, keyId, sealed, fingerprint, createdAt, retiredAt) VALUES (?, ?, ?, 'aaaaaaaaaaaa', ?, ?)",
      )
      .run(versionId, keyId, sealed, created, retiredAt),
  );
}

describe("opening", () => {
  it("gives one key's secrets, or all, the current ones first", async () => {
    const [first, second] = [await desk.addKey(), await desk.addKey()];
    const old = randomUUID();
    addVersion(second.id, old, await seal("the secret before", old), true);
    expect((await openSecrets(second.id)).map(({ secret, retired }) => ({ secret, retired }))).toEqual([
      { secret: second.secret, retired: false },
      { secret: "the secret before", retired: true },
    ]);
    const all = await openSecrets();
    expect(all.map(({ retired }) => retired)).toEqual([false, false, true]);
    expect(all.find(({ secret }) => secret === first.secret)?.key).toEqual({
      id: first.id,
      label: first.label,
      apiKey: first.apiKey,
      profile: "videosdk",
      disabled: false,
      signsElsewhere: null,
    });
  });

  it("gives nothing for a key that is not there", async () => {
    expect(await openSecrets(randomUUID())).toEqual([]);
  });

  it("refuses a secret that was moved to another row", async () => {
    const [thief, victim] = [await desk.addKey(), await desk.addKey()];
    desk.raw((db) => {
      const sealed = db.prepare("SELECT sealed FROM SecretVersion WHERE keyId = ?").pluck().get(victim.id);
      db.prepare("UPDATE SecretVersion SET sealed = ? WHERE keyId = ?").run(sealed, thief.id);
    });
    await expect(openSecrets(thief.id)).rejects.toThrow("belongs to another row");
  });
});

describe("knowing what does not open", () => {
  it("finds nothing where all do", async () => {
    await desk.addKey();
    expect(await unopenableSecrets()).toEqual([]);
  });

  it("names each key once, also for a retired secret", async () => {
    const [good, bad] = [await desk.addKey(), await desk.addKey()];
    addVersion(bad.id, randomUUID(), "x", true);
    addVersion(bad.id, randomUUID(), await seal("another row's", "elsewhere"), true);
    expect(await unopenableSecrets()).toEqual([bad.label]);
    expect(good.label).not.toBe(bad.label);
  });
});
