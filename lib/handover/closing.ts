/** Why a hand-over that nobody has opened does not open: its token was revoked here since, or its key disabled or given another secret. */
import type { Tx } from "@/lib/db";

export type Closing = "revoked" | "disabled" | "changed";

export type ClosableToken = { number: number; keyId: string; secretVersionId: string; revokedAt: Date | null };

/** Of a token's columns what {@link closingsOf} goes by. */
export const closable = { number: true, keyId: true, secretVersionId: true, revokedAt: true } as const;

/** @returns by the tokens' numbers; of those that open nothing */
export async function closingsOf(
  db: Pick<Tx, "signingKey" | "secretVersion">,
  tokens: readonly ClosableToken[],
): Promise<Map<number, Closing>> {
  const idsOf = (name: "keyId" | "secretVersionId") => ({ in: [...new Set(tokens.map((token) => token[name]))] });
  const keys = await db.signingKey.findMany({ where: { id: idsOf("keyId"), disabledAt: null }, select: { id: true } });
  const versions = await db.secretVersion.findMany({
    where: { id: idsOf("secretVersionId"), retiredAt: { not: null } },
    select: { id: true },
  });
  const enabled = new Set(keys.map(({ id }) => id));
  const retired = new Set(versions.map(({ id }) => id));
  const closingOf = ({ keyId, secretVersionId, revokedAt }: ClosableToken): Closing | undefined => {
    if (revokedAt) return "revoked";
    if (!enabled.has(keyId)) return "disabled";
    return retired.has(secretVersionId) ? "changed" : undefined;
  };
  return new Map(
    tokens.flatMap((token) => {
      const closing = closingOf(token);
      return closing ? [[token.number, closing]] : [];
    }),
  );
}
