/**
 * Moves every sealed secret to the current key of SEALING_KEYS (`npm run reseal`), so that an older key can be taken
 * out. Killed and run again it ends the same. Fails, naming the keys, when a secret can be opened by none.
 */
import { groupDigits } from "@/lib/text/group-digits";
import { openDeskHere, plain, runInShell, ShellError } from "./shell";

const counted = (count: number) => `${groupDigits(count)} secret${count === 1 ? "" : "s"}`;

/** @returns what to print @throws ShellError, StartError, SettingsError, MigrationError */
export async function runReseal(words: readonly string[]): Promise<string> {
  if (words.length > 0) throw new ShellError("Nothing more is said to it: npm run reseal");
  const who = await openDeskHere("npm run reseal");
  const { env } = await import("@/lib/env");
  const { resealSecrets } = await import("@/lib/keys/reseal");
  const [current, ...others] = env().SEALING_KEYS;
  const { secrets, resealed, unopenable } = await resealSecrets(who);
  if (unopenable.length > 0)
    throw new ShellError(
      [
        ...(resealed > 0 ? [`${counted(resealed)} sealed anew with ${current?.kid}.`] : []),
        `SEALING_KEYS does not open the secret of ${unopenable.map((label) => `"${plain(label)}"`).join(", ")}. Put back the key that sealed it, and run this again.`,
      ].join("\n"),
    );
  const done =
    resealed > 0
      ? `${counted(resealed)} sealed anew with ${current?.kid}${resealed < secrets ? `; ${counted(secrets - resealed)} had been before` : ""}.`
      : `Nothing to do: ${secrets === 0 ? "there is no secret yet" : `${counted(secrets)}, each sealed with ${current?.kid}`}.`;
  return others.length === 0
    ? done
    : `${done}\nRestart the server if it was started without ${current?.kid}. Then ${others.map(({ kid }) => kid).join(", ")} can be taken out of SEALING_KEYS; keep ${others.length === 1 ? "it" : "them"} with the backups made until now.`;
}

if (process.argv[1] === import.meta.filename) await runInShell(() => runReseal(process.argv.slice(2)));
