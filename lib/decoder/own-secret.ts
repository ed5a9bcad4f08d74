/** Checks a token with a secret that the person gives, and says what is not so: a mistake of who signed, or of who pasted. In the browser; asks nobody. */
import { isSignedWith } from "@/lib/jwt/hmac";
import type { Profile } from "@/lib/profiles/profile";
import { strayCharacters } from "@/lib/text/stray-characters";
import { mistakeWords } from "./inspection-findings";
import { type Misuse, misusedSecrets } from "./misused-secret";

/** Longer is no secret of anybody's, and every mistake would be tried with it. */
const MOST_CHARACTERS = 512;

/**
 * @param token compact JWS
 * @returns undefined when it is signed with just this secret
 * @throws TypeError where Web Crypto is missing
 */
export async function whyNotSignedWith(profile: Profile, token: string, secret: string): Promise<string | undefined> {
  if (await isSignedWith(token, secret)) return undefined;
  const misuse = await misuseOf(profile, token, secret);
  if (misuse) {
    const { how, remedy } = mistakeWords(profile)[misuse];
    return `This secret made the signature, ${how}. ${remedy}`;
  }
  const stray = secret === "" ? undefined : strayCharacters(secret);
  return `This secret did not make the signature.${stray ? ` ${stray}` : ""}`;
}

async function misuseOf(profile: Profile, token: string, secret: string): Promise<Misuse | undefined> {
  if (secret === "" || secret.length > MOST_CHARACTERS || /\p{Cs}/u.test(secret)) return undefined;
  // The table has these names and no others.
  for (const misuse of Object.keys(misusedSecrets) as Misuse[])
    for (const key of misusedSecrets[misuse](secret, profile)) if (await isSignedWith(token, key)) return misuse;
  return undefined;
}
