/** What a guesser would try is refused as a secret; what was drawn at random is not. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isGuessable } from "./guessable-secret";

const API_KEY = randomUUID();
const KEY = { apiKey: API_KEY, label: "Staging" };
const hash = (algorithm: string, text: string) => createHash(algorithm).update(text).digest();

describe("guessable:", () => {
  it.each<[string, string]>([
    ["the hash of nothing", hash("sha256", "").toString("hex")],
    ["the hash of a common password", hash("sha256", "password").toString("hex")],
    ["in capitals", hash("sha256", "password").toString("hex").toUpperCase()],
    ["in base64", hash("sha256", "password").toString("base64")],
    ["in base64url", hash("sha256", "qwerty").toString("base64url")],
    ["of another", hash("sha256", "test").toString("hex")],
    ["of a third", hash("sha256", "letmein").toString("hex")],
    ["by another function", hash("sha512", "password").toString("base64")],
    ["by a short one", hash("md5", "password").toString("hex")],
    ["by an old one", hash("sha1", "admin").toString("hex")],
    ["of one with its line's end, as echo gives it", hash("sha256", "password\n").toString("hex")],
    ["of one with a capital", hash("sha256", "Password1").toString("hex")],
    ["of one with a digit and a sign", hash("sha256", "Password123!").toString("hex")],
    ["of one with a year", hash("sha256", "letmein2024").toString("hex")],
    ["of a product's name with a digit", hash("sha256", "claimcheck1").toString("hex")],
    ["two short ones", hash("md5", "password").toString("hex") + hash("md5", "123456").toString("hex")],
    ["an example in base64", Buffer.from("a-string-secret-at-least-256-bits-long").toString("base64")],
    ["what counts up in base64", Buffer.from("abcdefghijklmnopqrstuvwxyz012345").toString("base64")],
    ["of a product's name", hash("sha256", "videosdk").toString("hex")],
    ["of this one's", hash("sha256", "claimcheck").toString("hex")],
    ["of what every tutorial prints", hash("sha256", "hello world").toString("hex")],
    ["of what stands in the place of a secret", hash("sha256", "my-secret-key").toString("hex")],
    ["of an account's name with digits", hash("sha256", "admin123").toString("hex")],
    ["of its key's label", hash("sha256", "Staging").toString("hex")],
    ["of that in small letters", hash("sha512", "staging").toString("base64")],
    ["of a digit", hash("sha256", "1").toString("hex")],
    ["a short one filled up", `${hash("sha1", "password").toString("hex")}${"0".repeat(24)}`],
    ["half of a long one", hash("sha512", "password").toString("hex").slice(0, 64)],
    ["words in hexadecimal", Buffer.from("letmein monkey dragon qwerty").toString("hex")],
    ["words in base64", Buffer.from("letmein monkey dragon qwerty").toString("base64")],
    ["a song", "wearethechampionsmyfriendsandwellkeeponfighting"],
    ["filler", "Loremipsumdolorsitametconsecteturadipiscing"],
    ["a line with its capitals", "ToBeOrNotToBeThatIsTheQuestionWhether"],
    ["a line with a year", "allthatglittersisnotgoldsaidtheking2024"],
    ["in German", "allesistgutwennmannurwillundschlafenkann"],
    ["in Spanish", "vivalarevolucionhastalavictoriasiempre"],
    ["with strokes", "the-rain-in-spain-stays-mainly-in-the-plain"],
  ])("%s", (_, secret) => {
    expect(isGuessable(secret, KEY)).toBe(true);
  });

  it.each([API_KEY, API_KEY.toUpperCase(), API_KEY.replaceAll("-", ""), `${API_KEY}\n`])(
    "the hash of its API key: %j",
    (text) => {
      for (const algorithm of ["sha256", "sha512", "md5"])
        expect(isGuessable(hash(algorithm, text).toString("hex"), KEY)).toBe(true);
      expect(isGuessable(hash("sha256", text).toString("base64"), KEY)).toBe(true);
      expect(isGuessable(hash("sha256", text).toString("hex"), { ...KEY, apiKey: randomUUID() })).toBe(false);
    },
  );
});

it("what was drawn at random is none of it, in hexadecimal, base64 or letters, and as VideoSDK gives it", () => {
  const letters = (count: number) =>
    [...randomBytes(count)].map((byte) => String.fromCharCode(97 + (byte % 26))).join("");
  for (let count = 0; count < 5; count++) {
    const bytes = randomBytes(32);
    const texts = [
      bytes.toString("hex"),
      bytes.toString("hex").toUpperCase(),
      bytes.toString("base64"),
      bytes.toString("base64url"),
    ];
    for (const secret of [...texts, randomBytes(16).toString("hex"), randomBytes(64).toString("base64"), letters(40)])
      expect([secret, isGuessable(secret, KEY)]).toEqual([secret, false]);
  }
});
