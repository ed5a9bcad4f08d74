/** Sealed secrets move to the keyring's current key: all in one commit, recorded, and what cannot be opened is named. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { decodeProtectedHeader } from "jose";
import { beforeEach, expect, it } from "vitest";
import { reader } from "@/lib/db";
import { env } from "@/lib/env";
import { createKey } from "@/lib/keys/create";
import { resealSecrets } from "@/lib/keys/reseal";
import { openDesk, recorded, refusalOf } from "@/lib/test-desk";
import { killProgram, runProgram, startProgram } from "./test-database";

const OLD = `old:${randomBytes(32).toString("base64url")}`;
const NEW = `new:${randomBytes(32).toString("base64url")}`;
const desk = await openDesk({ SEALING_KEYS: OLD });
const program = join(import.meta.dirname, "reseal.ts");
const labels = ["Staging", "Live", "Course"];

const settingsWith = (SEALING_KEYS: string) => ({
  AUTH_SECRET: env().AUTH_SECRET,
  DATABASE_URL: `file:${desk.file}`,
  LOG_LEVEL: "silent",
  SEALING_KEYS,
});

function reseal(keyring: string, ...words: string[]) {
  const { stdout, stderr, status } = runProgram(desk.folder, [program, ...words], settingsWith(keyring));
  return { stdout: stdout.trim(), stderr: stderr.trim(), status };
}

const sealed = () => reader().secretVersion.findMany({ select: { id: true, sealed: true }, orderBy: { id: "asc" } });
const kids = async () => (await sealed()).map((version) => decodeProtectedHeader(version.sealed).kid);

beforeEach(async () => {
  desk.raw((db) => db.exec("DELETE FROM SecretVersion; DELETE FROM SigningKey; DELETE FROM AuditEvent"));
  for (const label of labels)
    await createKey(desk.admin, {
      ...{ profile: "videosdk", label, maxTtlSeconds: null },
      ...{ apiKey: crypto.randomUUID(), secret: randomBytes(32).toString("hex") },
    });
});

it("moves every secret to the current key, once; the old key opens none of them any more, and is not needed", async () => {
  const first = reseal(`${NEW},${OLD}`);
  expect(first).toMatchObject({ status: 0, stderr: "" });
  expect(first.stdout).toBe(
    "3 secrets sealed anew with new.\nRestart the server if it was started without new. Then old can be taken out of SEALING_KEYS; keep it with the backups made until now.",
  );
  expect(await kids()).toEqual(["new", "new", "new"]);
  const after = await sealed();
  expect(await recorded("secrets.resealed")).toMatchObject([
    { outcome: "ok", via: "shell", actorName: "Claimcheck itself", detail: { secrets: 3 } },
  ]);
  expect(reseal(NEW)).toEqual({ stdout: "Nothing to do: 3 secrets, each sealed with new.", stderr: "", status: 0 });
  expect(await sealed()).toEqual(after);
  expect(await recorded("secrets.resealed")).toHaveLength(1);
});

it("names what no key opens, moves the others, and fails", async () => {
  const [first] = await sealed();
  const foreign = (await sealed())[1]?.sealed ?? "";
  desk.raw((db) => db.prepare("UPDATE SecretVersion SET sealed = ? WHERE id = ?").run(foreign, first?.id));
  const label = (await reader().secretVersion.findFirst({ where: { id: first?.id ?? "" }, include: { key: true } }))
    ?.key.label;
  const outcome = reseal(`${NEW},${OLD}`);
  expect(outcome).toEqual({
    status: 1,
    stdout: "",
    stderr: `2 secrets sealed anew with new.\nSEALING_KEYS does not open the secret of "${label}". Put back the key that sealed it, and run this again.`,
  });
  expect((await kids()).toSorted()).toEqual(["new", "new", "old"]);
  expect(await recorded("secrets.resealed")).toMatchObject([{ detail: { secrets: 2, unopenable: [label] } }]);
});

it("killed at any moment it has moved all or none, and run again it ends the same", { timeout: 60_000 }, async () => {
  const ended = new Set<string>();
  for (const afterMs of [0, 200, 400, 600, 800, 1_000, 1_200, 1_600]) {
    const child = startProgram(desk.folder, [program], settingsWith(`${NEW},${OLD}`));
    await killProgram(child, () => true, afterMs);
    const now = await kids();
    expect(new Set(now).size).toBe(1);
    expect(await recorded("secrets.resealed")).toHaveLength(now[0] === "new" ? 1 : 0);
    ended.add(String(now[0]));
    if (now[0] === "new") break;
  }
  expect(reseal(`${NEW},${OLD}`).status).toBe(0);
  expect(await kids()).toEqual(["new", "new", "new"]);
  expect(await recorded("secrets.resealed")).toHaveLength(1);
  expect(ended).toContain("old");
});

it("is the server's shell alone: no member may, and no word more is taken", async () => {
  expect((await refusalOf(resealSecrets(desk.admin))).code).toBe("forbidden");
  expect(reseal(`${NEW},${OLD}`, "now")).toMatchObject({
    status: 1,
    stderr: "Nothing more is said to it: npm run reseal",
  });
  expect(await kids()).toEqual(["old", "old", "old"]);
});
