/** Opens sealed secrets for signing and verifying, inside the server only. Callers hold them no longer than the act takes. */
import { onceForNow, reader, readRows } from "@/lib/db";
import { open } from "@/lib/seal";
import { wholeEpochSeconds } from "@/lib/text/epoch-seconds";
import { type Policy, readPolicy } from "./policy";
import { type SignsElsewhere, signsElsewhereOf } from "./schema";

export type OpenSecret = {
  versionId: string;
  secret: string;
  retired: boolean;
  /** Seconds since 1970; absent while it is current. */
  retiredAt?: number;
  key: {
    id: string;
    label: string;
    apiKey: string;
    profile: string;
    disabled: boolean;
    signsElsewhere: SignsElsewhere;
  };
};

/** @param keyId one key's secrets, or those of all keys; current ones first */
export async function openSecrets(keyId?: string): Promise<OpenSecret[]> {
  const versions = await reader().secretVersion.findMany({
    where: keyId ? { keyId } : {},
    include: {
      key: {
        select: { id: true, label: true, apiKey: true, profile: true, disabledAt: true, signsElsewhere: true },
      },
    },
    orderBy: { createdAt: "desc" },
  });
  const opened = versions.map((version) => ({
    versionId: version.id,
    secret: open(version.sealed, version.id),
    retired: version.retiredAt !== null,
    ...(version.retiredAt ? { retiredAt: wholeEpochSeconds(version.retiredAt) } : {}),
    key: {
      id: version.key.id,
      label: version.key.label,
      apiKey: version.key.apiKey,
      profile: version.key.profile,
      disabled: version.key.disabledAt !== null,
      signsElsewhere: signsElsewhereOf(version.key.signsElsewhere),
    },
  }));
  return opened.sort((a, b) => Number(a.retired) - Number(b.retired));
}

/** A key as whoever issues with it must know it. */
export type IssuingKey = {
  id: string;
  label: string;
  apiKey: string;
  profile: string;
  disabled: boolean;
  signsElsewhere: SignsElsewhere;
  policy: Policy;
};

type CurrentSecretRow = {
  label: string;
  apiKey: string;
  profile: string;
  disabledAt: number | null;
  signsElsewhere: string | null;
  policy: string;
  versionId: string;
  sealed: string;
};

/** @returns the key and the secret that signs for it; undefined when there is no such key */
export const openCurrentSecret = (keyId: string): Promise<{ key: IssuingKey; secret: OpenSecret } | undefined> =>
  onceForNow(`current secret ${keyId}`, () => openSecretOf(keyId));

async function openSecretOf(keyId: string): Promise<{ key: IssuingKey; secret: OpenSecret } | undefined> {
  const [row] = await readRows<CurrentSecretRow>(
    `SELECT k."label", k."apiKey", k."profile", k."disabledAt", k."signsElsewhere", k."policy", v."id" AS "versionId", v."sealed"
     FROM "SecretVersion" v JOIN "SigningKey" k ON k."id" = v."keyId" WHERE v."keyId" = ? AND v."retiredAt" IS NULL`,
    keyId,
  );
  if (!row) return undefined;
  const { label, apiKey, profile, disabledAt, versionId, sealed } = row;
  const [signsElsewhere, policy] = [signsElsewhereOf(row.signsElsewhere), readPolicy(row.policy)];
  const key = { id: keyId, label, apiKey, profile, disabled: disabledAt !== null, signsElsewhere, policy };
  return { key, secret: { versionId, secret: open(sealed, versionId), retired: false, key } };
}
