/** A vendor's name, claims and error numbers stand in its own folder, in words that people read, and in tests; nowhere else. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

const files = ["app", "components", "lib"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name))),
);
const isTest = (file: string) => /\.test\.tsx?$|^lib\/test-[a-z]+\.ts$/.test(file);
const elsewhere = [...files, "server.ts"].filter((file) => !isTest(file) && !file.startsWith("lib/profiles/"));

/** What looks like a comment within a string is none. */
const withoutComments = (text: string) =>
  text.replace(/("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, "$1");

/** But for the name as people read it. 4096 is a power of two and no error, 4_000 a round number. */
const VENDORS =
  /(?!VideoSDK\b)[Vv][Ii][Dd][Ee][Oo][ _-]?[Ss][Dd][Kk]|zujonow|allow_join|ask_join|allow_mod|crawler|["'`]rtc["'`]|\brtc:|apikey|\b(?:roomId|participantId)\b|\be?4(?!_000)_?0(?!96)\d\d\b/g;
const found = (text: string) => withoutComments(text).match(VENDORS) ?? [];

it("the search sees what it looks for, and leaves comments and prose alone", () => {
  const text = `
    const profile = "videosdk"; // not "crawler" here
    /* apikey
       4008 */
    const names = ['rtc', "allow_mod", "roomId"]; const url = "https://example.com/apikey";
    say("VideoSDK answers 4002."); slice(0, 4096); const most = 4_000; const year = 24053;
    accept("image/*", videoSdkOnly, VIDEOSDK, "video sdk", { rtc: 1 }, 4_003, "e4004", "see //", "crawler"); /* */
  `;
  expect(found(text)).toEqual([
    ...["videosdk", "'rtc'", "allow_mod", "roomId", "apikey", "4002"],
    ...["videoSdk", "VIDEOSDK", "video sdk", "rtc:", "4_003", "e4004", "crawler"],
  ]);
  expect(elsewhere.length).toBeGreaterThan(150);
  expect(elsewhere).toContain("server.ts");
  const own = files.filter((file) => file.startsWith("lib/profiles/videosdk/") && !isTest(file));
  expect(new Set(own.flatMap((file) => found(readFileSync(join(ROOT, file), "utf8")))).size).toBeGreaterThan(7);
});

it("who reads a token as text knows no vendor, not by name either, in sentences and comments", () => {
  const readers = elsewhere.filter((file) => file.startsWith("lib/jwt/"));
  expect(readers.length).toBeGreaterThan(15);
  expect(readers.filter((file) => /videosdk/i.test(readFileSync(join(ROOT, file), "utf8")))).toEqual([]);
});

it("no vendor outside lib/profiles", () => {
  const offences = elsewhere.flatMap((file) =>
    found(readFileSync(join(ROOT, file), "utf8")).map((word) => `${file}: ${word}`),
  );
  expect(offences).toEqual([]);
});
