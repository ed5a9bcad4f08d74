/** What every verb on endpoints asks before it writes: whether the form fits the key and the template, whether what reaches far is confirmed, and whether the endpoint is still as it was seen. */
import { confirmNoSecret } from "@/lib/audit/confirm-no-secret";
import { now as clock } from "@/lib/clock";
import { reader, type Tx } from "@/lib/db";
import { AppError, type FieldErrors } from "@/lib/errors";
import { effective, readPolicy } from "@/lib/keys/policy";
import { profileOf } from "@/lib/profiles/registry";
import { findTemplateInForce } from "@/lib/templates/in-force";
import { wholeEpochSeconds } from "@/lib/text/epoch-seconds";
import type { EndpointModel } from "@/prisma/generated/models";
import { judgeEndpoint, missingTicks } from "./judge";
import { callLimits, type EndpointSettings, type Reach } from "./schema";

const NOT_SAVED = "Nothing was saved; what you typed is kept.";

/** @returns the names that the log tells, and how far its tokens reach @throws AppError `invalid` by field */
export async function confirmSettings(
  settings: EndpointSettings,
): Promise<{ names: { key: string; template: string }; reach: Reach[] }> {
  const { name, room, purpose, keyId } = settings;
  await confirmNoSecret({ name, room, purpose });
  const key = await reader().signingKey.findUnique({ where: { id: keyId } });
  if (!key) throw new AppError("invalid", NOT_SAVED, { fields: { keyId: "This key is gone. Choose another." } });
  const profile = profileOf(key.profile);
  const template = await findTemplateInForce(profile, settings.template);
  const { errors, reach } = judgeEndpoint(
    profile,
    {
      ...{ label: key.label, apiKey: key.apiKey, disabled: key.disabledAt !== null },
      policy: effective(readPolicy(key.policy), { kind: "endpoint" }),
      templates: template ? [template] : [],
    },
    settings,
    wholeEpochSeconds(clock()),
  );
  const unlimited = callLimits.filter((limit) => settings[limit] === null);
  const fields: FieldErrors = { ...errors, ...missingTicks(reach, unlimited, settings) };
  if (Object.keys(fields).length > 0) throw new AppError("invalid", NOT_SAVED, { fields });
  return { names: { key: key.label, template: template?.name ?? "" }, reach };
}

/** The row under the lock. @param version what was seen of it; undefined: whichever @throws AppError `not_found`, or `conflict` */
export async function lockEndpoint(tx: Tx, id: string, version?: number): Promise<EndpointModel> {
  const row = await tx.endpoint.findUnique({ where: { id } });
  if (!row) throw new AppError("not_found", "There is no such endpoint. Reload the page.");
  if (row.endedAt) throw new AppError("conflict", "This endpoint was ended: nothing of it changes any more.");
  if (version !== undefined && row.version !== version)
    throw new AppError(
      "conflict",
      "Nothing was saved: this endpoint was changed meanwhile, by somebody else or by a try of yours that had no answer. Copy what you typed, then reload the page: it shows what is so now.",
    );
  return row;
}
