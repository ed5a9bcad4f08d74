/**
 * Starts Claimcheck on a database of its own, made anew each time, with a made-up team, and prints how to sign in
 * (`npm run demo`). Never touches the real database.
 */

import { randomInt } from "node:crypto";
import { join } from "node:path";
import { groupDigits } from "@/lib/text/group-digits";
import { checkNode } from "../lib/start/check-node";
import { StartError } from "../lib/start/start-error";

/** Without the characters that look alike. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

function randomPassword(): string {
  const group = () => Array.from({ length: 4 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join("");
  return Array.from({ length: 4 }, group).join("-");
}

async function prepare(): Promise<string> {
  checkNode(process.versions.node);
  const root = join(import.meta.dirname, "..");
  // Before anything loads the driver, which another Node's installation does not have.
  const { ensureInstall } = await import("../lib/start/ensure-install");
  ensureInstall(root);
  const { loadEnv } = await import("../lib/start/load-env");
  loadEnv();
  const { databaseFile } = await import("../lib/database-file");
  const { DEMO_DATABASE_URL, recreateDemoDatabase } = await import("./demo-database");
  const file = databaseFile(DEMO_DATABASE_URL);
  if (process.env.DATABASE_URL && databaseFile(process.env.DATABASE_URL) === file) {
    throw new StartError(`DATABASE_URL: ${file} is the demo's, which is deleted at each start. Choose another place.`);
  }
  process.env.DATABASE_URL = DEMO_DATABASE_URL;

  const { env, SettingsError } = await import("../lib/env");
  try {
    env();
  } catch (error) {
    throw error instanceof SettingsError ? new StartError(error.message) : error;
  }
  // First, because its output is long, and what is printed below must not scroll away.
  const { ensureBuild } = await import("../lib/start/ensure-build");
  ensureBuild(root);

  recreateDemoDatabase(file);
  const { ensureDatabase } = await import("../lib/start/ensure-database");
  await ensureDatabase(DEMO_DATABASE_URL);
  const { fillDemo } = await import("./demo-fill");
  const { demoMembers } = await import("./demo-team");
  const password = randomPassword();
  const { tokens } = await fillDemo(new Date(), password);
  // The server opens it anew: looking at the file closes a handle of it, and with that the locks of all that are open.
  const { closeDatabase } = await import("../lib/db");
  await closeDatabase();
  const oneOfEachRole = demoMembers.slice(0, 4);
  return [
    `The demo: a made-up team, keys that VideoSDK does not know, and ${groupDigits(tokens)} tokens of 90 days, in ${file}.`,
    "What you do in it is gone at its next start.",
    `Sign in with the password ${password} as`,
    ...oneOfEachRole.map(({ email, name, role }) => `  ${email.padEnd(20)} ${name}, ${role}`),
  ].join("\n");
}

try {
  console.log(await prepare());
  await import("../server");
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
}
