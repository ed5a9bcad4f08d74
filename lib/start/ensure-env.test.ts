/** Making the secrets of a first start, and leaving alone what is there. */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseSettings } from "@/lib/env";
import { ensureEnv } from "./ensure-env";
import { StartError } from "./start-error";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "claimcheck-env-"));
  file = join(folder, ".env");
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = () => readFileSync(file, "utf8");
const values = () => parseEnv(read()) as Record<string, string>;
const mode = () => (statSync(file).mode & 0o777).toString(8);

describe("without a file", () => {
  it("makes one with both secrets, valid, readable by its owner only", () => {
    expect(ensureEnv(file, {})).toEqual(["AUTH_SECRET", "SEALING_KEYS"]);
    expect(mode()).toBe("600");
    const settings = parseSettings(values());
    expect(settings.AUTH_SECRET).toHaveLength(43);
    expect(settings.SEALING_KEYS).toHaveLength(1);
    expect(read()).toMatch(/^# Made by Claimcheck/);
  });

  it("makes other secrets each time", () => {
    ensureEnv(file, {});
    const first = values();
    rmSync(file);
    ensureEnv(file, {});
    expect(values().AUTH_SECRET).not.toBe(first.AUTH_SECRET);
    expect(values().SEALING_KEYS).not.toBe(first.SEALING_KEYS);
  });

  it("makes none when the environment has both", () => {
    expect(ensureEnv(file, { AUTH_SECRET: "a", SEALING_KEYS: "b" })).toEqual([]);
    expect(existsSync(file)).toBe(false);
  });
});

describe("with a file", () => {
  it("changes nothing the second time", () => {
    ensureEnv(file, {});
    const before = read();
    expect(ensureEnv(file, {})).toEqual([]);
    expect(read()).toBe(before);
  });

  it("fills only what is missing and keeps every other line as it stands", () => {
    const kept = "# mine\nPORT=4000\n\nAUTH_SECRET=chosen by somebody, and long enough  # really\nHOST='::1'";
    writeFileSync(file, kept);
    expect(ensureEnv(file, {})).toEqual(["SEALING_KEYS"]);
    expect(read().startsWith(`${kept}\nSEALING_KEYS=k1:`)).toBe(true);
    expect(values()).toMatchObject({ PORT: "4000", HOST: "::1" });
  });

  it("fills a blank line where it stands", () => {
    writeFileSync(file, 'AUTH_SECRET=\nPORT=4000\nSEALING_KEYS=""\n# the end\n');
    expect(ensureEnv(file, {})).toEqual(["AUTH_SECRET", "SEALING_KEYS"]);
    expect(
      read()
        .split("\n")
        .map((line) => line.split("=")[0]),
    ).toEqual(["AUTH_SECRET", "PORT", "SEALING_KEYS", "# the end", ""]);
    expect(() => parseSettings(values())).not.toThrow();
  });

  it("takes a commented-out line for a comment", () => {
    writeFileSync(file, "# AUTH_SECRET=\n#SEALING_KEYS=k0:old\n");
    ensureEnv(file, {});
    expect(read()).toMatch(/^# AUTH_SECRET=\n#SEALING_KEYS=k0:old\nAUTH_SECRET=.+\nSEALING_KEYS=k1:.+\n$/);
  });

  it("closes it to others once it holds a secret", () => {
    writeFileSync(file, "PORT=4000\n");
    chmodSync(file, 0o644);
    ensureEnv(file, {});
    expect(mode()).toBe("600");
  });

  it("makes what .env.example becomes when it is copied", () => {
    writeFileSync(file, readFileSync(join(import.meta.dirname, "../../.env.example"), "utf8"));
    ensureEnv(file, {});
    expect(() => parseSettings(values())).not.toThrow();
  });
});

describe("a value that stands there and is not read", () => {
  const SEALED = "k1:2pQ0y6kq3mXQ8s1Z4vT7w9bA5cD6eF7gH8iJ9kL0mN1";
  it.each([
    ["a blank line below, of an example that was added", `SEALING_KEYS=${SEALED}\nPORT=4000\nSEALING_KEYS=\n`, 1],
    ["a blank line below, and one above", `SEALING_KEYS=\nSEALING_KEYS=${SEALED}\nSEALING_KEYS=\n`, 2],
    ["a quote above that is closed far below", `NOTE="don\nSEALING_KEYS=${SEALED}\nOTHER="x"\n`, 2],
    ["another quote above", `NOTE='don\nSEALING_KEYS=${SEALED}\nOTHER=it's\n`, 2],
    ["a line without a value above", `as said\nSEALING_KEYS=${SEALED}\n`, 2],
    ["line ends of an old kind", `PORT=4000\rSEALING_KEYS=${SEALED}\r`, 2],
    ["a colon", `SEALING_KEYS: ${SEALED}\n`, 1],
    ["another setting before it in its line", `PORT=4000 SEALING_KEYS=${SEALED}\n`, 1],
  ])("is refused and left as it is: %s", (_, text, line) => {
    writeFileSync(file, text);
    expect(() => ensureEnv(file, {})).toThrow(StartError);
    expect(() => ensureEnv(file, {})).toThrow(`.env has SEALING_KEYS in line ${line}, but no value`);
    expect(read()).toBe(text);
    expect(readdirSync(folder)).toEqual([".env"]);
  });

  it("is taken where a mark of UTF-8 stands in front of it", () => {
    writeFileSync(file, `\ufeffSEALING_KEYS=${SEALED}\n`);
    expect(ensureEnv(file, {})).toEqual(["AUTH_SECRET"]);
    expect(values().SEALING_KEYS).toBe(SEALED);
    expect(read().match(/SEALING_KEYS/g)).toHaveLength(1);
  });

  it("is not looked for in what is no UTF-8, which writing would change", () => {
    for (const bytes of [
      Buffer.from(`\ufeffSEALING_KEYS=${SEALED}\n`, "utf16le"),
      Buffer.from(`SEALING_KEYS=${SEALED}\n`, "utf16le"),
      Buffer.from("PURPOSE=caf\u00e9\n", "latin1"),
    ]) {
      writeFileSync(file, bytes);
      expect(() => ensureEnv(file, {})).toThrow(/\.env is not UTF-8 text/);
      expect(readFileSync(file)).toEqual(bytes);
    }
  });

  it("is not made where the new line would not be read either", () => {
    for (const text of ['NOTE="don\nSEALING_KEYS=\nAUTH_SECRET=a"\n', "SEALING_KEYS=\nSEALING_KEYS=\n"]) {
      writeFileSync(file, text);
      expect(() => ensureEnv(file, { AUTH_SECRET: "given" })).toThrow(
        /could not be read once SEALING_KEYS stood in it/,
      );
      expect(read()).toBe(text);
    }
  });
});

describe("what cannot be written", () => {
  it("leaves what was there, and nothing beside it", () => {
    writeFileSync(file, "PORT=4000\n");
    // In the way of the file that is to take its place.
    mkdirSync(`${file}.new/occupied`, { recursive: true });
    expect(() => ensureEnv(file, {})).toThrow(StartError);
    expect(() => ensureEnv(file, {})).toThrow(
      /^\S+\.env cannot be written \(\w+\), and AUTH_SECRET and SEALING_KEYS must be kept there\. /,
    );
    expect(read()).toBe("PORT=4000\n");
    rmSync(`${file}.new`, { recursive: true });
    expect(ensureEnv(file, {})).toHaveLength(2);
    expect(readdirSync(folder)).toEqual([".env"]);
  });
});

it("a link to a file that is not there, as of a place that is not mounted yet, stays one, and stops the start", () => {
  symlinkSync(join(folder, "elsewhere/settings"), file);
  expect(() => ensureEnv(file, {})).toThrow(StartError);
  expect(() => ensureEnv(file, {})).toThrow(/is a link to a file that is not there/);
  expect(lstatSync(file).isSymbolicLink()).toBe(true);
  expect(readdirSync(folder)).toEqual([".env"]);
});

it("a link to a file elsewhere stays one", () => {
  mkdirSync(join(folder, "elsewhere"));
  const target = join(folder, "elsewhere/settings");
  writeFileSync(target, "PORT=4000\n");
  symlinkSync(target, file);
  ensureEnv(file, {});
  expect(lstatSync(file).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, "utf8")).toMatch(/^PORT=4000\nAUTH_SECRET=.+\nSEALING_KEYS=/);
});
