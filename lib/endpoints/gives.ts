/** What a call of an endpoint gets as its key and its template are now, and why it gets nothing. */
import { effective, type Policy, readPolicy } from "@/lib/keys/policy";
import type { Ability } from "@/lib/profiles/profile";
import { profileOf } from "@/lib/profiles/registry";
import { findTemplateInForce } from "@/lib/templates/in-force";
import type { EndpointModel } from "@/prisma/generated/models";
import { givenSeconds, isConfirmed, judgeEndpoint, type Named, namedBy, reachInWords, roomSourceUnder } from "./judge";
import { readReach, readRoomSource } from "./row";
import type { Reach } from "./schema";

export type Gives = {
  /** For how long: less than it was saved with where its key or its template has come to allow less. */
  givesSeconds: number;
  /** How far its tokens reach. */
  reach: Reach[];
  /** Whether one joins with them. */
  joins: Ability["answer"];
  /** What stands against it: every call is refused for it, whatever the caller names. */
  broken: string | null;
} & Named;

export type KeyOfEndpoint = {
  label: string;
  apiKey: string;
  profile: string;
  disabledAt: Date | null;
  /** JSON. */
  policy: string;
};

/** @param now seconds since 1970 @param policyOf the key's, or what it is about to become */
export async function givesOf(
  row: EndpointModel & { key: KeyOfEndpoint | undefined },
  now: number,
  policyOf: (key: KeyOfEndpoint) => Policy = ({ policy }) => readPolicy(policy),
): Promise<Gives> {
  const { key, keyId, templateId, ttlSeconds, room, purpose } = row;
  if (!key) {
    const broken = "Its key is gone.";
    return { ...{ reach: [], joins: "unclear", subject: "optional", asks: [] }, broken, givesSeconds: ttlSeconds };
  }
  const profile = profileOf(key.profile);
  const template = await findTemplateInForce(profile, templateId);
  const policy = effective(policyOf(key), { kind: "endpoint" });
  const givesSeconds = givenSeconds(ttlSeconds, template, policy);
  const saved = readRoomSource(row.roomFrom);
  const roomFrom = roomSourceUnder(saved, policy);
  const { errors, reach, joins } = judgeEndpoint(
    profile,
    {
      ...{ label: key.label, apiKey: key.apiKey, disabled: key.disabledAt !== null },
      policy,
      templates: template ? [template] : [],
    },
    {
      ...{ keyId, template: templateId, expiresIn: givesSeconds, purpose },
      ...{ roomFrom, room: room ?? "" },
    },
    now,
  );
  const further = reach.filter((each) => !isConfirmed([each], readReach(row.confirmedReach)));
  const unconfirmed =
    further.length > 0
      ? `Since it was saved its template came to let callers ${reachInWords(further)}. Change it to confirm that, or choose another template.`
      : null;
  return {
    ...{ reach, joins, givesSeconds, broken: Object.values(errors)[0] ?? unconfirmed },
    ...namedBy(profile, template, policy, saved),
  };
}
