/** `POST /api/v1/introspect` (RFC 7662): whether a token may be honoured. Of one that may not it says nothing but that, as §2.2 asks. */

import type { Service } from "@/lib/auth/actor";
import { authorize } from "@/lib/auth/authorize";
import { parseInput } from "@/lib/parse-input";
import { profileOf } from "@/lib/profiles/registry";
import type * as z from "@/lib/zod";
import { type Judged, judgeForService } from "./inspect";
import { type Introspected, IntrospectRequest } from "./schema";

export async function introspectForService(actor: Service, fields: unknown): Promise<z.output<typeof Introspected>> {
  await authorize(actor, "token.inspect");
  const { token } = parseInput(IntrospectRequest, fields, "Nothing was looked at.");
  const judged = await judgeForService(actor, token);
  const { decoded } = judged;
  if (decoded.kind !== "token" || decoded.token !== token || !isActive(judged)) return { active: false };
  const claims = decoded.claims ?? {};
  const { [profileOf(decoded.profile).keyClaim]: apiKey } = claims;
  return { ...claims, active: true, ...(typeof apiKey === "string" ? { client_id: apiKey } : {}) };
}

function isActive({ decoded, inspection }: Judged): boolean {
  if (decoded.kind !== "token" || !inspection || decoded.verdict.answer.does !== "accepts") return false;
  const { ledger, elsewhere, keyDisabled } = inspection;
  if (keyDisabled !== false) return false;
  if (ledger.state === "issued") return ledger.entry.revokedAt === null;
  return ledger.state === "absent" && elsewhere?.signsElsewhere === "yes";
}
