/** Adding a signing key: every refusal with its words, and a secret that goes in and never comes out. */
import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { closeDatabase, reader } from "@/lib/db";
import { newApiKey, newSecret, openDesk, recorded, refusalOf } from "@/lib/test-desk";
import { writeCredential } from "@/lib/text/credential";
import { createKey } from "./create";
import { fingerprint } from "./fingerprint";
import { openSecrets } from "./open-secrets";
import { openPolicy, readPolicy, writePolicy } from "./policy";

const desk = await openDesk();

beforeEach(() =>
  desk.raw((db) => db.exec("DELETE FROM SecretVersion; DELETE FROM SigningKey; DELETE FROM AuditEvent")),
);

const form = (more: object = {}) => ({
  profile: "videosdk",
  label: "Staging",
  apiKey: newApiKey(),
  secret: newSecret(),
  ...more,
});

const refusal = (input: unknown, actor = desk.admin) => refusalOf(createKey(actor, input));

const kept = async () => ({
  keys: await reader().signingKey.count(),
  secrets: await reader().secretVersion.count(),
  created: await reader().auditEvent.count({ where: { action: "key.created" } }),
});
const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
const nothing = { keys: 0, secrets: 0, created: 0 };

describe("a key", () => {
  it("is kept with its sealed secret, its fingerprint and who added it, and recorded", async () => {
    const given = form({ label: "  Staging  ", maxLifetime: "1d" });
    const { keyId, label, fingerprint: print } = await createKey(desk.admin, given);
    expect(label).toBe("Staging");
    const key = await reader().signingKey.findUniqueOrThrow({ where: { id: keyId }, include: { secrets: true } });
    expect(key).toMatchObject({
      label: "Staging",
      apiKey: given.apiKey,
      profile: "videosdk",
      policy: writePolicy({ ...openPolicy, maxTtlSeconds: 86_400 }),
      createdById: desk.admin.id,
      createdByName: desk.admin.name,
      disabledAt: null,
      secrets: [{ fingerprint: print, retiredAt: null }],
    });
    const [event] = await recorded();
    expect(event).toMatchObject({
      action: "key.created",
      outcome: "ok",
      actorId: desk.admin.id,
      keyId,
      keyLabel: "Staging",
    });
    expect(event?.detail).toEqual({ apiKey: given.apiKey, fingerprint: print });
  });

  it("has no API key with a letter of another alphabet, which looks like another key's", async () => {
    const { extra } = await refusal(form({ apiKey: newApiKey().replace(/.$/, "\u0430") }));
    expect(extra.fields?.apiKey).toMatch(/^A letter in it is from another alphabet.* Copy the API key again/);
    expect(await kept()).toMatchObject({ keys: 0 });
  });

  it("has no limit when none is given", async () => {
    const { keyId } = await createKey(desk.admin, form());
    expect(readPolicy((await reader().signingKey.findUniqueOrThrow({ where: { id: keyId } })).policy)).toEqual(
      openPolicy,
    );
  });

  it("has a secret that opens again, character by character", async () => {
    const secret = `!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~${newSecret().slice(1)}`.replace(/^./, "x");
    const { keyId } = await createKey(desk.admin, form({ secret }));
    expect((await openSecrets(keyId)).map((version) => version.secret)).toEqual([secret]);
  });

  it("may have a secret of exactly 32 bytes", async () => {
    await expect(createKey(desk.admin, form({ secret: newSecret().slice(0, 32) }))).resolves.toBeDefined();
  });
});

describe("a secret that another key has too", () => {
  it("is refused beside a box to tick, with the other key's name and never the secret, and saves nothing", async () => {
    const { secret } = form();
    await createKey(desk.admin, form({ label: "Production", secret }));
    const before = await kept();
    const { code, extra, message } = await refusal(form({ secret }));
    expect(code).toBe("conflict");
    expect(extra.fields).toEqual({ sharesSecret: expect.stringMatching(/^"Production" has this secret too\. /) });
    expect(JSON.stringify([message, extra])).not.toContain(secret);
    expect(await kept()).toEqual(before);
  });

  it("is saved once that is confirmed, and the record says so", async () => {
    const { secret } = form();
    await createKey(desk.admin, form({ label: "Production", secret }));
    const given = form({ secret, sharesSecret: true });
    await createKey(desk.admin, given);
    expect(await kept()).toEqual({ keys: 2, secrets: 2, created: 2 });
    const event = (await recorded()).at(-1);
    expect(event?.detail).toEqual({
      apiKey: given.apiKey,
      fingerprint: fingerprint(secret),
      sharesSecretWith: "Production",
    });
  });

  it("is asked about also in capitals, with a character more or with one less, as a slip leaves it", async () => {
    const { secret } = form();
    await createKey(desk.admin, form({ label: "Production", secret }));
    for (const slip of [secret.toUpperCase(), `${secret}0`, `0${secret}`, secret.slice(1), secret.slice(0, -1)]) {
      const { extra } = await refusal(form({ secret: slip }));
      expect(extra.fields?.sharesSecret, slip).toMatch(
        /^"Production" has this secret too, but for its capitals or a character at an end\. /,
      );
    }
    expect(await kept()).toMatchObject({ keys: 1 });
    await createKey(desk.admin, form({ secret: secret.toUpperCase(), sharesSecret: true }));
  });

  it("is the secret itself, not one with the same fingerprint; and a needless tick says nothing", async () => {
    const given = form();
    await createKey(desk.admin, form());
    desk.raw((db) => db.prepare("UPDATE SecretVersion SET fingerprint = ?").run(fingerprint(given.secret)));
    await createKey(desk.admin, { ...given, sharesSecret: true });
    const event = (await recorded()).at(-1);
    expect(event?.detail).not.toHaveProperty("sharesSecretWith");
    await createKey(desk.admin, form());
  });
});

describe("the secret", () => {
  it("is in no file of the database, in no row and in no answer, in any of its forms", async () => {
    const { secret, ...given } = form();
    const answer = await createKey(desk.admin, { ...given, secret });
    const bytes = Buffer.from(secret);
    const forms = [
      secret,
      bytes.toString("base64").slice(0, -4),
      bytes.toString("base64url").slice(0, -4),
      bytes.toString("hex"),
    ];
    const hidden = (text: string) => forms.every((form) => !text.includes(form) && !text.includes(form.slice(0, 16)));
    expect(hidden(JSON.stringify(answer))).toBe(true);
    expect(hidden(JSON.stringify(await reader().secretVersion.findMany()))).toBe(true);
    expect(hidden(JSON.stringify(await recorded()))).toBe(true);
    const look = () => {
      const files = readdirSync(desk.folder);
      for (const file of files) expect(hidden(readFileSync(join(desk.folder, file), "latin1")), file).toBe(true);
      return files;
    };
    expect(look()).toContain("desk.db-wal");
    // Closing moves the journal into the file itself.
    await closeDatabase();
    expect(readFileSync(desk.file, "latin1")).toContain(given.apiKey);
    look();
  });

  it("is named by twelve digits of its hash, always the same, and none of them its own", () => {
    for (let round = 0; round < 100; round++) {
      const secret = newSecret();
      const print = fingerprint(secret);
      expect(print).toMatch(/^[0-9a-f]{12}$/);
      expect(print).toBe(createHash("sha256").update(secret).digest("hex").slice(0, 12));
      expect(secret).not.toContain(print);
      expect(fingerprint(secret)).toBe(print);
    }
    expect(fingerprint("a")).not.toBe(fingerprint("b"));
  });
});

describe("a vendor", () => {
  it.each([undefined, "", "constructor", "nobody"])(
    "that this desk does not know (%j) is refused, and nothing is kept",
    async (profile) => {
      expect((await refusal(form({ profile }))).extra.fields).toEqual({ profile: "Choose whose key it is." });
      expect(await kept()).toEqual(nothing);
    },
  );
});

describe("refused beside its field, and nothing is kept:", () => {
  const secret = newSecret();
  const apiKey = newApiKey();
  it.each([
    ["no label", { label: "  " }, "label", "Give it a label, such as Staging."],
    ["a long label", { label: "x".repeat(61) }, "label", "Use at most 60 characters."],
    ["no API key", { apiKey: "" }, "apiKey", "Paste the API key from VideoSDK's dashboard."],
    ["no secret", { secret: "" }, "secret", "Paste the secret from VideoSDK's dashboard."],
    ["the API key twice", { apiKey: apiKey + apiKey }, "apiKey", "It stands there twice. Paste it once."],
    ["a long API key", { apiKey: "x".repeat(513) }, "apiKey", "Use at most 512 characters."],
    ["a long secret", { secret: "x".repeat(513) }, "secret", "Use at most 512 characters."],
    [
      "a secret of 31 bytes",
      { secret: "x".repeat(31) },
      "secret",
      "It has 31 bytes; HS256 needs at least 32 (RFC 7518 §3.2). Is it whole?",
    ],
    [
      "quotes around the API key",
      { apiKey: `"${apiKey}"` },
      "apiKey",
      "There are quotes around it. Paste the value alone.",
    ],
    [
      "quotes around the secret",
      { secret: `'${secret}'` },
      "secret",
      "There are quotes around it. Paste the value alone.",
    ],
    ["one quote in front", { secret: `\`${secret}` }, "secret", "There are quotes around it. Paste the value alone."],
    [
      "a line break after the secret",
      { secret: `${secret}\n` },
      "secret",
      /^There is white space around it.*Remove it/,
    ],
    ...[`${secret}",`, `${secret};`, `(${secret})`, `${secret}\\n`].map((pasted): [string, object, string, RegExp] => [
      `what a line of code has around the secret: ${pasted.replace(secret, "…")}`,
      { secret: pasted },
      "secret",
      /^There is a bracket, a punctuation mark or a line break in letters around it\. |^There are quotes around it/,
    ]),
    ...["**…**", "|…|", "%…%", "…:", "…\\", "….", "…%0A", "…%0d%0a"].map((around): [string, object, string, RegExp] => [
      `what a document has around the secret: ${around}`,
      { secret: around.replace("…", secret) },
      "secret",
      /^There is a bracket, a punctuation mark or a line break in letters around it\. /,
    ]),
    ...["´…´", "「…」", "•…", "…é"].map((around): [string, object, string, RegExp] => [
      `what no secret has: ${around}`,
      { secret: around.replace("…", secret) },
      "secret",
      /^A sign in it is none that a secret has/,
    ]),
    ["its name in front of the API key", { apiKey: `apiKey=${apiKey}` }, "apiKey", /^There is its name in front of it/],
    [
      "its name in front of the secret",
      { secret: `VIDEOSDK_SECRET: ${secret}`.replace(" ", "") },
      "secret",
      /^There is its name in front/,
    ],
    ...[
      "VIDEOSDK_KEY=",
      "VIDEOSDK_SECRET_KEY=",
      "SECRET_KEY=",
      "apiSecret=",
      "secretKey:",
      "--secret=",
      "?secret=",
    ].map((name): [string, object, string, RegExp] => [
      `its name in front of the secret, whatever it is: ${name}`,
      { secret: name + secret },
      "secret",
      /^There is its name in front of it/,
    ]),
    [
      "where code reads the secret",
      { secret: `process.env.SECRET=${secret}` },
      "secret",
      /^There is its name in front/,
    ],
    ...["0x…", "…&", "#…", "$…", "~…~", "@…", "…!", "?…", "…\\u000a", "$env:KEY=…", "secret(…"].map(
      (around): [string, object, string, RegExp] => [
        `anything around what is a whole secret: ${around}`,
        { secret: around.replace("…", () => secret) },
        "secret",
        /^There is something before or after it\. Paste the value alone\.$/,
      ],
    ),
    ...["…&", "#…", ">…", "-…", "+…", "@…!"].map((around): [string, object, string, RegExp] => [
      `anything around what is a whole API key: ${around}`,
      { apiKey: around.replace("…", () => apiKey) },
      "apiKey",
      /^There is something before or after it\. Paste the value alone\.$/,
    ]),
    ["a space before the secret", { secret: ` ${secret}` }, "secret", /^There is white space around it/],
    ["a tab after the API key", { apiKey: `${apiKey}\t` }, "apiKey", /^There is white space around it/],
    ["a no-break space after the secret", { secret: `${secret}\u00a0` }, "secret", /^There is white space around it/],
    ["a byte order mark before the secret", { secret: `\ufeff${secret}` }, "secret", /^There is white space around it/],
    [
      "white space inside the secret",
      { secret: `${secret.slice(0, 32)} ${secret.slice(32)}` },
      "secret",
      /^There is white space inside it/,
    ],
    [
      "curly quotes around the secret",
      { secret: `“${secret}”` },
      "secret",
      "There are quotes around it. Paste the value alone.",
    ],
    [
      "a curly quote before the API key",
      { apiKey: `’${apiKey}` },
      "apiKey",
      "There are quotes around it. Paste the value alone.",
    ],
    [
      "a zero-width space after the secret",
      { secret: `${secret}\u200b` },
      "secret",
      /^Character 65 cannot be seen \(U\+200B\)/,
    ],
    [
      "a zero-width joiner in the API key",
      { apiKey: `\u200d${apiKey}` },
      "apiKey",
      /^Character 1 cannot be seen \(U\+200D\)/,
    ],
    [
      "an override of direction in the label",
      { label: "Staging\u202egnitset" },
      "label",
      /^Character 8 cannot be seen \(U\+202E\)/,
    ],
    ["a secret of one character", { secret: "a".repeat(32) }, "secret", /^This was not drawn at random/],
    ["a secret that repeats itself", { secret: "deadbeef".repeat(8) }, "secret", /^This was not drawn at random/],
    [
      "a credential as secret",
      { secret: writeCredential(randomBytes(32)) },
      "secret",
      /^This is a credential of a desk such as this one\./,
    ],
    [
      "a token as secret",
      { secret: `eyJhbGciOiJIUzI1NiJ9.${secret}.c2ln` },
      "secret",
      /^This is a token, not the secret\./,
    ],
    ["the hash of a password", { secret: hashOf("password") }, "secret", /^This can be guessed: .* hash of a common/],
    ["the API key as secret", { apiKey, secret: apiKey }, "secret", /^This is an API key, not the secret\./],
    [
      "the API key with another name",
      { apiKey, secret: apiKey.replaceAll("-", "_") },
      "secret",
      /^The API key stands in it, or a part of it, which everybody can read/,
    ],
    [
      "the hash of the API key",
      { apiKey, secret: hashOf(apiKey) },
      "secret",
      /^This can be guessed: .* or of the API key/,
    ],
    [
      "the address of the dashboard as secret",
      { secret: "https://app.videosdk.live/api-keys" },
      "secret",
      /^This is an address or a path, not the secret\./,
    ],
    ...[
      "app.videosdk.live/api-keys/my-project-one",
      "/home/maya/projects/desk/.env.staging",
      "~/projects/videosdk-desk/.env.production",
    ].map((address): [string, object, string, RegExp] => [
      `${address} as secret`,
      { secret: address },
      "secret",
      /^This is an address or a path/,
    ]),
    [
      "a repository's address as secret",
      { secret: "git@github.com:team/videosdk-backend.git" },
      "secret",
      /^This is an address or a path, not the secret\./,
    ],
    ["another UUID as secret", { secret: newApiKey() }, "secret", /^This is an API key, not the secret\./],
    ["the secret as API key", { apiKey: secret }, "apiKey", /^This looks like the secret\./],
    ["a lifetime that is none", { maxLifetime: "soon" }, "maxLifetime", /./],
    ["a lifetime of zero", { maxLifetime: "0h" }, "maxLifetime", "A duration must be longer than zero."],
  ])("%s", async (_, change, field, message) => {
    const { code, message: told, extra } = await refusal(form(change));
    expect(code).toBe("invalid");
    expect(told).toMatch(/Nothing was saved/);
    expect(Object.keys(extra.fields ?? {})).toEqual([field]);
    expect(extra.fields?.[field]).toMatch(message);
    expect(await kept()).toEqual(nothing);
  });

  it("an answer that is none, where the other key's secret is asked about, in words", async () => {
    expect((await refusal(form({ sharesSecret: "no" }))).extra.fields).toEqual({
      sharesSecret: "Tick it, or leave it as it is.",
    });
  });

  it("several at once, each beside its own", async () => {
    const { extra } = await refusal({
      profile: "videosdk",
      label: "",
      apiKey: " x",
      secret: "short",
      maxLifetime: "soon",
    });
    expect(Object.keys(extra.fields ?? {}).sort()).toEqual(["apiKey", "label", "maxLifetime", "secret"]);
  });

  it.each([[undefined], [null], ["text"], [[]], [{}], [{ label: 1, apiKey: 2, secret: 3 }]])(
    "what is no form at all: %j",
    async (input) => {
      expect((await refusal(input)).code).toBe("invalid");
      expect(await kept()).toEqual(nothing);
    },
  );

  it("no message repeats what was pasted as secret", async () => {
    const pasted = "a-short-secret-of-somebody";
    expect(JSON.stringify(await refusal(form({ secret: pasted })))).not.toContain(pasted);
    expect((await refusal(form({ secret: pasted }))).extra.fields?.secret).not.toContain(pasted);
  });
});

describe("what is here already", () => {
  it("the same API key is refused, naming the key that has it", async () => {
    const first = form({ label: "First" });
    await createKey(desk.admin, first);
    const { code, extra } = await refusal(form({ label: "Second", apiKey: first.apiKey }));
    expect(code).toBe("conflict");
    expect(extra.fields).toEqual({ apiKey: 'This API key is here already, as "First".' });
    expect(await kept()).toEqual({ keys: 1, secrets: 1, created: 1 });
  });

  it("the same API key twice at once is kept once", async () => {
    const apiKey = newApiKey();
    const results = await Promise.allSettled([
      createKey(desk.admin, form({ apiKey })),
      createKey(desk.admin, form({ apiKey })),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await kept()).toEqual({ keys: 1, secrets: 1, created: 1 });
  });

  it("another key's API key is refused as secret, also when it does not look like one", async () => {
    const unusual = `live_${newApiKey()}`;
    await createKey(desk.admin, form({ label: "First", apiKey: unusual }));
    const { code, extra } = await refusal(form({ secret: unusual }));
    expect(code).toBe("invalid");
    expect(extra.fields).toEqual({ secret: 'This is the API key of "First", not a secret.' });
    expect(await kept()).toEqual({ keys: 1, secrets: 1, created: 1 });
  });
});

describe("who may", () => {
  it.each(["issuer", "auditor"] as const)(
    "an %s may not, and the attempt is recorded without what was typed",
    async (role) => {
      const given = form();
      expect((await refusal(given, desk[role])).code).toBe("forbidden");
      expect(await kept()).toEqual(nothing);
      const [event] = await recorded();
      expect(event).toMatchObject({ action: "access.denied", outcome: "denied", actorId: desk[role].id });
      expect(JSON.stringify(event)).not.toContain(given.secret);
    },
  );
});
