/** Takes the password that somebody chooses by a link, and hashes it. Refuses one that is easy to guess, and, before any of that work, more than a few tries with one link. */
import { recordEvent } from "@/lib/audit/record";
import { transaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { limits } from "@/lib/limits";
import type { Visitor } from "./actor";
import { linkHashOf } from "./link-code";
import { hashPassword, passwordWeakness } from "./password";
import { countAttempt } from "./throttle";

/**
 * @param code of a link that is known to open
 * @param personal words that the guesser knows: name, email
 * @returns PHC string
 * @throws AppError `invalid`, or `throttled`
 */
export async function hashNewPassword(
  visitor: Visitor,
  code: string,
  password: string,
  personal: string[],
): Promise<string> {
  const { what, most, seconds } = limits.newPasswords;
  const key = Buffer.from(linkHashOf(code)).toString("base64url");
  const [tries] = await countAttempt([{ limit: "newPasswords", key }]);
  if (tries === most)
    await transaction((tx) =>
      recordEvent(tx, visitor, { action: "limit.reached", outcome: "denied", detail: { what, most, seconds } }),
    );
  const weakness = passwordWeakness(password, personal);
  if (weakness) throw new AppError("invalid", "Choose another password.", { fields: { password: weakness } });
  return hashPassword(password);
}
