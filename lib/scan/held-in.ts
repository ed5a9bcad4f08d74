/** Tells whether a short text holds a token or a secret, in whatever way it is written: what is searched for, which becomes an address, and what everybody will read. Browser-safe; says what it is, and not where. */
import { findTokens } from "@/lib/jwt/find-tokens";
import { holdsNoSecret } from "@/lib/profiles/no-secret";
import { canDigest } from "./digest";
import { recogniseSecrets } from "./flag-secrets";
import { otherReadings } from "./other-readings";
import { secretCandidates } from "./secret-candidates";

export type Held<Known> =
  /** One of those that are known. */
  | { what: "known secret"; secret: Known }
  | { what: "token"; token: string }
  /** By its looks, as a piece of a token has them too. */
  | { what: "secret" };

/** Fewer characters are no secret, however they are written: `MIN_SECRET_BYTES` of lib/keys/schema.ts. */
export const SHORTEST_SECRET = 32;

/** Two of them have as many digits as a secret, and are ids. */
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** @returns the text, also with its full-width letters as plain ones, and each in the other ways that it may be meant */
function readingsOf(text: string): string[] {
  const plain = text.normalize("NFKC");
  return [text, ...(plain === text ? [] : [plain])].flatMap((each) => [
    each,
    ...otherReadings(each.replace(UUID, " ")).map((reading) => reading.text),
  ]);
}

/** By its looks alone. */
export const looksHeld = (text: string): boolean => readingsOf(text).some((reading) => !holdsNoSecret(reading));

/** Which of the known secrets stands in it; none where the browser cannot hash. */
async function knownSecretIn<Known extends { fingerprint: string }>(
  text: string,
  known: readonly Known[],
): Promise<Known | undefined> {
  if (text.length < SHORTEST_SECRET || known.length === 0 || !canDigest()) return undefined;
  const candidates = [text, text.normalize("NFKC")].flatMap((each) => [...secretCandidates(each).keys()]);
  const { secrets } = await recogniseSecrets(new Set(candidates), known);
  const [found] = secrets.values();
  return found;
}

/** @param known by the fingerprint of each */
export async function heldIn<Known extends { fingerprint: string }>(
  text: string,
  known: readonly Known[],
): Promise<Held<Known> | undefined> {
  const secret = await knownSecretIn(text, known);
  if (secret) return { what: "known secret", secret };
  const [token] = readingsOf(text).flatMap(findTokens);
  if (token) return { what: "token", token: token.token };
  return looksHeld(text) ? { what: "secret" } : undefined;
}
