/** Pasted text: large, with a secret of ours or a credential in it, and without the server. */
import { randomBytes } from "node:crypto";
import { writeCredential } from "@/lib/text/credential";
import {
  expectVerdict,
  isLoaded,
  isLoadedWhole,
  layer,
  listen,
  paste,
  saySignsElsewhere,
  secretAlarm,
  tokenField,
  verdict,
} from "../stage/decoder";
import { expect, test } from "../stage/fixtures";
import { claimsOf, makeToken } from "../stage/make-token";

const ELSEWHERE = "Signed with your secret, not issued here";

// Where nobody has said so, that is the question that comes first.
test.beforeEach(({ desk }) => saySignsElsewhere(desk.database, "yes"));

test("a large text with one token in it is asked about, and its times go on", async ({ open, desk }) => {
  const page = await open("auditor", "/decode");
  const log = "GET /index.html 200\n".repeat(8_000);
  const now = Math.floor(Date.now() / 1000);
  const token = makeToken(claimsOf(desk.key.apiKey, { exp: now + 25 }), desk.key.secret);
  const requests = await listen(page);
  await paste(page, `${log}token ${token}\n${log}`);
  await expectVerdict(page, "Expires soon");
  expect(requests.filter((request) => request.postData() === JSON.stringify([{ token }]))).toHaveLength(1);
  await expect(layer(page, "Signature")).toContainText("Right, by the secret of “Staging”.");
  await expect(layer(page, "Ledger")).toContainText("Not in the ledger.");
  await expect(verdict(page).getByRole("heading")).toHaveText("Expired", { timeout: 30_000 });
  await expect(verdict(page)).toContainText("The token expired");
});

for (const [what, textOf] of [
  ["an .env file", (secret: string, token: string) => `VIDEOSDK_SECRET=${secret}\nVIDEOSDK_TOKEN=${token}\n`],
  ["source code", (secret: string, token: string) => `const secret = '${secret}';\nconst token = "${token}";`],
  ["a log", (secret: string, token: string) => `12:01 signing with ${secret}\n12:02 gave out ${token}\n`],
  ["JSON", (secret: string, token: string) => JSON.stringify({ secret, token })],
  ["YAML", (secret: string, token: string) => `secret: ${secret}\ntoken: ${token}\n`],
  ["HAR", (secret: string, token: string) => JSON.stringify({ log: { text: JSON.stringify({ secret, token }) } })],
  ["a text without a token", (secret: string) => `here it is: ${secret}`],
  ["the secret alone", (secret: string) => secret],
  ["a large log", (secret: string, token: string) => `${"GET / 200\n".repeat(12_000)}${secret} ${token}\n`],
] as const) {
  test(`a secret of ours in pasted text comes before everything else: ${what}`, async ({ open, desk }) => {
    const page = await open("auditor", "/decode");
    const { apiKey, secret } = desk.key;
    const requests = await listen(page);
    await paste(page, textOf(secret, makeToken(claimsOf(apiKey), secret)));
    await expect(secretAlarm(page)).toContainText(what === "the secret alone" ? "This is" : "stands in this text");
    await expect(verdict(page)).toContainText("Regenerate the secret in VideoSDK's dashboard");
    await expect(verdict(page)).toHaveAttribute("data-tone", "bad");
    // Whoever looks on does not read it.
    if (!what.startsWith("a large")) await expect(page.locator(".token-layer")).not.toContainText(secret);
    for (const request of requests) expect(request.postData() ?? "").not.toContain(secret);
  });
}

test("a secret in a file to which Windows PowerShell appended is seen, too", async ({ open, desk }) => {
  const page = await open("auditor", "/decode");
  const { apiKey, secret } = desk.key;
  const appended = Buffer.from(`TOKEN=${makeToken(claimsOf(apiKey), secret)}\r\n`, "utf16le");
  for (const port of ["3000", "443"]) {
    const buffer = Buffer.concat([Buffer.from(`PORT=${port}\r\nVIDEOSDK_SECRET=${secret}\r\n`), appended]);
    const named = { name: `${port}.env`, mimeType: "text/plain", buffer };
    await page.locator("input[type=file]").first().setInputFiles(named);
    await expect(secretAlarm(page)).toContainText("stands in this text");
    await expect(verdict(page)).toContainText("It stands in line 2.");
    await tokenField(page).fill("");
    await expect(secretAlarm(page)).toBeHidden();
  }
});

test("in a text a token ends before what is plainly none of it; of all else it is a part, in a command as alone", async ({
  open,
  desk,
}) => {
  const page = await open("auditor", "/decode");
  const token = makeToken(claimsOf(desk.key.apiKey), desk.key.secret);
  for (const text of [`Here: _${token}_ ok?`, `[-${token}-]`, `<!-- ${token}-->`]) {
    await paste(page, text);
    await expectVerdict(page, ELSEWHERE);
  }
  const command = `curl -H "Authorization: ${token}-x" https://api.videosdk.live/v2/rooms`;
  for (const text of [`${token}_`, `Authorization: ${token}-x`, command, `Here, see ${token}x, ok?`]) {
    await paste(page, text);
    await expectVerdict(page, "Malformed", "Copy the whole token again");
  }
});

for (const [what, write] of [
  ["as it is", (setting: string) => setting],
  ["in base64", (setting: string) => `.env: ${Buffer.from(setting).toString("base64")}`],
] as const) {
  test(`a credential beside a token comes before what is said of that: ${what}`, async ({ open, desk }) => {
    const page = await open("auditor", "/decode");
    const written = write(`CLAIMCHECK_CREDENTIAL=${writeCredential(randomBytes(32))}\n`);
    await paste(page, `${written}\nTOKEN=${makeToken(claimsOf(desk.key.apiKey), desk.key.secret)}\n`);
    await expectVerdict(
      page,
      "A credential stands in this text",
      /It stands in line 1\..*An admin ends the credential at Programs\..*VideoSDK accepts the token until/,
    );
    await expect(verdict(page)).toContainText("Tell an admin.");
    await expect(verdict(page)).toHaveAttribute("data-tone", "bad");
    await expect(page.locator(".token-layer")).toContainText("•••");
    await expect(page.locator(".token-layer")).not.toContainText(written.trim().slice(-40));
  });
}

test("a credential beside a token that raises an alarm comes behind that, and behind a secret of ours", async ({
  open,
  desk,
}) => {
  await saySignsElsewhere(desk.database, "no");
  const page = await open("admin", "/decode");
  const token = makeToken(claimsOf(desk.key.apiKey), desk.key.secret);
  const credential = writeCredential(randomBytes(32));
  await paste(page, `TOKEN=${token}\nC=${credential}\n`);
  await expectVerdict(page, ELSEWHERE, "A credential stands in this text. It stands in line 2.");
  await expect(verdict(page)).toContainText("If not, regenerate the secret");
  await expect(verdict(page).getByRole("link", { name: /^Open case/ })).toBeVisible();
  await expect(page.locator(".token-layer")).not.toContainText(credential);
  await paste(page, `TOKEN=${token}\nC=${credential}\nS=${desk.key.secret}\n`);
  await expectVerdict(page, "The secret of “Staging” stands in this text", "A credential stands in this text.");
});

test("below a credential the reasons stand that the head has no room for, and the next line of a cut token is not shown", async ({
  open,
  desk,
}) => {
  const page = await open("auditor", "/decode");
  const cut = makeToken(claimsOf(desk.key.apiKey), desk.key.secret).slice(0, -1);
  for (const held of [writeCredential(randomBytes(32)), desk.key.secret]) {
    await paste(page, `TOKEN=${cut}\nH=${held}\n`);
    await expect(verdict(page)).toContainText("stands in this text");
    await expect(layer(page, "Form")).toContainText("Copy the whole token again");
    await paste(page, `${cut}\n${held}`);
    await expect(verdict(page)).toContainText("stands in this text");
    await expect(page.locator(".token-layer")).toContainText("•••");
    await expect(page.locator(".token-layer")).not.toContainText(held.slice(-20));
  }
});

test("a browser that translates the page leaves it as it is, and the verdict the one on what stands there", async ({
  open,
  desk,
}) => {
  const page = await open("auditor", "/decode");
  await isLoaded(page);
  // As Chrome and Edge do.
  const translate = () =>
    page.evaluate(() => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const all: Node[] = [];
      for (let text = texts.nextNode(); text; text = texts.nextNode())
        if (text.textContent?.trim() && !text.parentElement?.closest("[translate=no], script, style")) all.push(text);
      for (const text of all) {
        const [outer, inner] = [document.createElement("font"), document.createElement("font")];
        text.parentNode?.replaceChild(outer, text);
        outer.append(inner);
        inner.append(text);
      }
    });
  const claims = claimsOf(desk.key.apiKey);
  for (const [token, heading] of [
    [makeToken(claims, desk.key.secret), ELSEWHERE],
    [makeToken(claims, "x".repeat(64)), "Bad signature"],
  ] as const) {
    await translate();
    await paste(page, token);
    await expectVerdict(page, heading);
  }
});

test("a token that its builder padded is refused in a link and in a log as it is alone", async ({ open, desk }) => {
  const page = await open("auditor", "/decode");
  const token = makeToken(claimsOf(desk.key.apiKey), desk.key.secret);
  const link = (each: string) => `https://a.example/join?token=${encodeURIComponent(each)}&mic=true`;
  for (const put of [(each: string) => each, link, (each: string) => `Open ${link(each)} please`]) {
    await paste(page, put(`${token}=`));
    await expectVerdict(page, "Malformed", "it ends with the padding");
    await paste(page, put(token));
    await expectVerdict(page, ELSEWHERE);
  }
  await paste(page, `Use ==${token}== today`);
  await expectVerdict(page, ELSEWHERE);
});

test("a secret of ours inside of a token's payload is said first too", async ({ open, desk }) => {
  const page = await open("auditor", "/decode");
  const { apiKey, secret } = desk.key;
  await tokenField(page).fill(makeToken(claimsOf(apiKey, { note: secret }), secret));
  await expectVerdict(page, "The secret of “Staging” stands in this token", "VideoSDK accepts the token until");
  await expect(verdict(page)).toHaveAttribute("data-tone", "bad");
});

test("without the server the decoder goes on, and says what it could not check", async ({ open, desk, watch }) => {
  watch.allow(/ERR_CONNECTION_REFUSED/, "the server is gone");
  const page = await open("auditor", "/decode");
  await isLoadedWhole(page);
  const token = makeToken(claimsOf(desk.key.apiKey), desk.key.secret);
  await desk.server.kill();
  await tokenField(page).fill(token);
  await expectVerdict(page, "Signature not checked", "The server could not be reached");
  // What a worker reads otherwise is read all the same, though the worker's script can't be loaded now.
  const clear = page.getByRole("button", { name: "Clear" });
  const large = makeToken({ ...claimsOf(desk.key.apiKey), note: "n".repeat(120_000) }, desk.key.secret);
  await tokenField(page).fill(large);
  await expect(verdict(page)).toContainText("more than any server takes in a header");
  await clear.click();
  await page.locator('input[type="file"]').setInputFiles({
    name: "server.log",
    mimeType: "text/plain",
    buffer: Buffer.from(`${token}\n${"no token here\n".repeat(10_000)}${large}\n`),
  });
  await expect(page.getByRole("table", { name: "Tokens found" }).locator("tbody tr")).toHaveCount(2);
  await clear.click();
  await tokenField(page).fill(token);
  await expectVerdict(page, "Signature not checked");
  await desk.start();
  await verdict(page).getByRole("button", { name: "Check again" }).click();
  await expectVerdict(page, ELSEWHERE);
});
