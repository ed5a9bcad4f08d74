/** A program of somebody else's: a client that is generated from the API's reference compiles, strictly, and issues. Its generator wants another TypeScript than this project, and so is installed apart. */
import { execFile } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ledger } from "../stage/database";
import { expect, test } from "../stage/fixtures";
import { addCredential, keyIdOf } from "../stage/programs";

const exec = promisify(execFile);

const CLIENT = `
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

const { DESK, CREDENTIAL, KEY } = process.env;
const api = createClient<paths>({ baseUrl: DESK ?? "", headers: { authorization: \`Bearer \${CREDENTIAL}\` } });

const { data, error } = await api.POST("/api/v1/tokens", {
  body: { keyId: KEY ?? "", template: "participant", roomId: "made-by-a-client", expiresIn: "5m" },
});
if (error) throw new Error(error.detail);
// One token was asked for, and no batch.
const issued = data as components["schemas"]["IssuedToken"];
const inspected = await api.POST("/api/v1/tokens/inspect", { body: { token: issued.token } });
const listed = await api.GET("/api/v1/tokens", { params: { query: { room: "made-by-a-client" } } });
// @ts-expect-error what the reference does not know does not compile
await api.POST("/api/v1/tokens/inspect", { body: { text: "" } });
console.log(
  JSON.stringify({
    number: issued.number,
    word: inspected.data?.report.verdict.word,
    listed: listed.data?.tokens.map(({ number }) => number),
  }),
);
`;

test("a client that openapi-typescript generates compiles and issues a token", async ({ desk, folder }) => {
  test.setTimeout(300_000);
  for (const name of ["package.json", "package-lock.json"])
    copyFileSync(join(import.meta.dirname, "api-client", name), join(folder, name));
  await exec("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
  writeFileSync(join(folder, "openapi.json"), await (await fetch(`${desk.address}/api/openapi.json`)).text());
  const bin = (name: string, ...args: string[]) => exec(join(folder, "node_modules/.bin", name), args, { cwd: folder });
  await bin("openapi-typescript", "openapi.json", "--output", "api.d.ts");
  writeFileSync(join(folder, "client.ts"), CLIENT);
  // It names no type of Node's but `process.env`.
  writeFileSync(join(folder, "node.d.ts"), "declare const process: { env: Record<string, string | undefined> };");
  const options = ["--strict", "--module", "nodenext", "--target", "es2022", "--lib", "es2022,dom", "--skipLibCheck"];
  await bin("tsc", ...options, "client.ts", "node.d.ts");
  const { value } = addCredential(desk);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...{ DESK: desk.address, CREDENTIAL: value, KEY: keyIdOf(desk) },
  };
  const { stdout } = await exec(process.execPath, ["client.js"], { cwd: folder, env });
  const { number } = ledger(desk.database).at(-1) ?? {};
  expect(JSON.parse(stdout)).toEqual({ number, word: "Expires soon", listed: [number] });
});
