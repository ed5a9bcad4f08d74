/** Refuses a secret or a token in what everybody will read, however it is written: by its looks, and by comparing with every secret of this desk. */
import { reader, type Tx } from "@/lib/db";
import { AppError, type FieldErrors } from "@/lib/errors";
import { inSlices } from "@/lib/in-slices";
import { LIKE_A_SECRET_SAID } from "@/lib/profiles/no-secret";
import { heldIn, SHORTEST_SECRET } from "@/lib/scan/held-in";

/** Fewer are no piece of a token either: `{"` in base64url, and a claim's name. */
const SHORTEST_HELD = 11;

type Fingerprints = { fingerprint: string }[];

const fingerprintsOf = ({ secretVersion }: Pick<Tx, "secretVersion">): Promise<Fingerprints> =>
  secretVersion.findMany({ distinct: ["fingerprint"], select: { fingerprint: true } });

/** What it holds, if anything. @param others fingerprints of secrets that are about to be kept */
export async function heldInText(
  text: string,
  { db = reader(), others = [] }: { db?: Pick<Tx, "secretVersion">; others?: readonly string[] } = {},
) {
  if (text.length < SHORTEST_HELD) return undefined;
  const kept = text.length < SHORTEST_SECRET ? [] : await fingerprintsOf(db);
  return heldIn(text, [...kept, ...others.map((fingerprint) => ({ fingerprint }))]);
}

/**
 * @param texts by the name of their field
 * @param more `others`: fingerprints of secrets that are about to be kept; `told`: what came of it, to whoever asked
 * @throws AppError `invalid`, by field
 */
export async function confirmNoSecret(
  texts: Record<string, string | undefined>,
  {
    others = [],
    told = "Nothing was saved; what you typed is kept.",
  }: { others?: readonly string[]; told?: string } = {},
): Promise<void> {
  const fields: FieldErrors = {};
  for (const [name, text = ""] of Object.entries(texts))
    if (await heldInText(text, { others })) fields[name] = LIKE_A_SECRET_SAID;
  if (Object.keys(fields).length > 0) throw new AppError("invalid", told, { fields });
}

/** So many short texts are looked through together: what holds nothing as one holds nothing in any of its lines. */
const TEXTS_AT_ONCE = 64;

/**
 * The same for thousands of short texts, such as the cells of a table.
 * @throws AppError `invalid`, which says what it looks like and not where: each of them everybody would read
 */
export async function confirmNoSecretIn(texts: ReadonlySet<string>): Promise<void> {
  const long = [...texts].filter((text) => text.length >= SHORTEST_HELD);
  const kept = await fingerprintsOf(reader());
  await inSlices(long, TEXTS_AT_ONCE, async (some) => {
    for (const text of (await heldIn(some.join("\n"), kept)) ? some : [])
      if (await heldIn(text, kept)) throw new AppError("invalid", `Nothing was issued. ${LIKE_A_SECRET_SAID}`);
  });
}
