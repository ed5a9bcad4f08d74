/** The mark of a browser in which an account signed in before: signed, bound to the account and to its password, and good for nothing but an allowance of its own at the throttle. It opens no session. */
import { createHash, hkdfSync } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import { env } from "@/lib/env";
import { newId } from "@/lib/new-id";

export const DEVICE_SECONDS = 180 * 24 * 60 * 60;

type Member = { id: string; passwordHash: string };

const TYPE = "device+jwt";

/** A key of its own, so that nothing else that is signed here passes for a mark. */
function key(): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", env().AUTH_SECRET, "", "claimcheck device", 32));
}

/** A new password makes every mark worthless; the salted hash itself stays here. */
function passwordMark({ passwordHash }: Member): string {
  return createHash("sha256").update(passwordHash).digest("base64url").slice(0, 16);
}

/** @param id of the device, if it has a mark already: a copied mark and its original then count together */
export function markDevice(member: Member, id: string = newId()): Promise<string> {
  return new SignJWT({ pw: passwordMark(member) })
    .setProtectedHeader({ alg: "HS256", typ: TYPE })
    .setSubject(member.id)
    .setJti(id)
    .setIssuedAt()
    .setExpirationTime(`${DEVICE_SECONDS}s`)
    .sign(key());
}

/** @returns the device's id if the mark is genuine and this member's, with this password; else undefined */
export async function deviceOf(mark: string | undefined, member: Member | null): Promise<string | undefined> {
  if (!mark) return undefined;
  const verified = await jwtVerify(mark, key(), { algorithms: ["HS256"], typ: TYPE }).catch(() => undefined);
  if (!verified || !member) return undefined;
  const { sub, jti, pw } = verified.payload;
  return sub === member.id && pw === passwordMark(member) ? jti : undefined;
}
