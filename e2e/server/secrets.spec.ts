/** A signing secret goes in and never comes out: not in the database, not in the output, not in any answer of a whole run. The token leaves once, in the answer that issued it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expectVerdict, tokenField } from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { issue, issuedToken } from "../stage/issue-form";
import { claimsOf, makeToken } from "../stage/make-token";
import { people, signIn } from "../stage/people";
import { recordAnswers } from "../stage/recording-proxy";
import { addKey, makeKeyPair, openKey, tryToAddKey } from "../stage/signing-keys";

/** The ways in which a text may stand somewhere. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const base64 = [bytes.toString("base64"), bytes.toString("base64url")];
  // Within a longer base64 text, a value begins at any of three offsets.
  const shifted = [1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .slice(4, -4),
  );
  const half = [secret.slice(0, 20), secret.slice(-20)];
  const decoded = Buffer.from(secret, "hex").toString("latin1");
  return [secret, bytes.toString("hex"), encodeURIComponent(secret), ...base64, ...shifted, ...half, decoded];
}

test("a run that adds a key and issues tokens leaves the secret nowhere", async ({ desk, visit, watch }) => {
  watch.allow(/status of 404 .*\/nonsense\)/, "a page that does not exist is asked for");
  const proxy = await recordAnswers(desk.address);
  const page = await visit(`${proxy.address}/sign-in`);
  await signIn(page, people.admin);
  await page.goto("/keys");
  const key = makeKeyPair("Well kept");
  // Refused first, so that refusals are searched too.
  await tryToAddKey(page, { ...key, apiKey: desk.key.apiKey });
  await expect(page.locator("#apiKey-error")).toContainText("is here already");
  await addKey(page, key);
  await page.goto("/issue");
  await page.getByLabel("Signing key").selectOption({ index: 1 });
  const tokens: string[] = [];
  for (const purpose of ["first", "second"]) tokens.push(await issue(page, { purpose, roomId: "2kyv-gzay-64pg" }));
  await issuedToken(page).getByRole("button", { name: "Open in decoder" }).click();
  await expectVerdict(page, /^Valid, and issued here as No\.\s\d+$/);
  for (const pasted of [
    tokens[0] ?? "",
    makeToken(claimsOf(key.apiKey), key.secret),
    makeToken(claimsOf(key.apiKey), `${key.secret}\n`),
    makeToken(claimsOf(key.apiKey), "w".repeat(40)),
  ]) {
    await tokenField(page).fill(pasted);
    await expect(page.getByRole("region", { name: "Verdict" })).not.toContainText("Checking");
  }
  for (const path of ["/", "/audit", "/audit?key=none", "/keys", "/nonsense"]) await page.goto(path);
  await page.goto("/audit?action=token.issued");
  await page.getByRole("table").locator("tbody tr a").first().click();
  await expect(page.getByRole("region", { name: "Ledger" })).toBeVisible();
  await openKey(page, "Well kept");
  await page.getByRole("button", { name: "Disable… Well kept" }).click();
  await page.getByRole("button", { name: "Disable key" }).click();
  await expect(page.getByRole("button", { name: "Enable… Well kept" })).toBeVisible();
  await page.context().close();
  proxy.close();

  const files = ["", "-wal", "-shm"].map((suffix) => desk.database + suffix).filter(existsSync);
  expect(files.length).toBeGreaterThan(1);
  const places = [
    ...files.map((file) => ({ place: file, text: readFileSync(file, "latin1") })),
    { place: "output", text: desk.server.text },
    ...proxy.answers.map(({ path, text }) => ({ place: path, text })),
  ];
  expect(proxy.answers.length).toBeGreaterThan(20);
  // The search would find what is there.
  expect(places.filter(({ text }) => text.includes(key.apiKey)).length).toBeGreaterThan(4);

  const found = (needles: string[]) =>
    places.filter(({ text }) => needles.some((needle) => text.includes(needle))).map(({ place }) => place);
  expect(found(spellings(key.secret))).toEqual([]);
  expect(found(spellings(desk.key.secret))).toEqual([]);
  const { AUTH_SECRET = "", SEALING_KEYS = "" } = Object.fromEntries(
    readFileSync(join(desk.folder, ".env"), "utf8")
      .split("\n")
      .map((line) => line.split(/=(.*)/)),
  ) as Record<string, string>;
  expect(AUTH_SECRET.length).toBeGreaterThanOrEqual(32);
  expect(found([AUTH_SECRET, SEALING_KEYS.replace(/^k1:/, "")])).toEqual([]);
  expect(found(Object.values(people).map(({ password }) => password))).toEqual([]);

  for (const token of tokens) {
    const signature = token.split(".")[2] ?? "";
    const carriers = proxy.answers.filter(({ text }) => text.includes(signature));
    expect(carriers.map(({ path, action }) => ({ path, action }))).toEqual([{ path: "/issue", action: true }]);
    expect(found([signature])).toEqual(["/issue"]);
  }
});
