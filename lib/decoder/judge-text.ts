/** The verdict on a text that is no token, or in which a secret of this desk stands: what it is, whose it is, and what to do. Browser-safe; repeats nothing of the text. */
import type { Recognised } from "@/lib/jwt/recognise";
import type { AnswerPart } from "@/lib/profiles/profile";
import { firstProfile, profileOf } from "@/lib/profiles/registry";
import { groupDigits } from "@/lib/text/group-digits";
import type { Said } from "@/lib/text/said";
import type { VerdictTone } from "./verdict";

export type TextVerdict = {
  word: "Not a token" | "A secret of yours" | "A credential";
  title: string;
  tone: VerdictTone;
  alarm?: "secret";
  /** Whose API key it is. */
  keyId?: string;
  lead: readonly Said[];
  vendor: AnswerPart[];
};

/** A secret of this desk in the text, as lib/scan finds it. */
export type SeenSecret = {
  label: string;
  /** The vendor whose key it is: an id of lib/profiles/registry.ts. */
  profile: string;
  retired: boolean;
  line: number;
  further: number;
  inToken: boolean;
  fingerprint: string;
};

/** A key as the page knows it. */
export type KnownKey = { id: string; label: string; apiKey: string };

const kinds: Partial<Record<Recognised["what"], string>> = {
  "api-key": "an API key",
  "secret-hex": "perhaps a secret",
  "secret-base64": "perhaps a secret",
  jwk: "a key (JWK)",
  jwks: "a set of keys (JWKS)",
  pem: "a key or certificate (PEM)",
  "env-file": "settings (.env)",
  claims: "claims, not signed",
};

/** What others could sign or open something with. */
const MAY_BE_SECRET: Recognised["what"][] = ["secret-hex", "secret-base64", "jwk", "jwks", "pem", "env-file"];

export function mayBeSecret(what: Recognised["what"]): boolean {
  return MAY_BE_SECRET.includes(what);
}

/** @param text is compared with the API keys, and not repeated */
export function judgeText(
  { what, message, remedy }: Pick<Recognised, "what" | "message" | "remedy">,
  text: string,
  keys: readonly KnownKey[],
): TextVerdict {
  const vendor = firstProfile().answer({ does: "refuses", why: "no-token" });
  // Nothing else stands in it but what people leave around one, such as quotes.
  const key =
    what === "api-key" ? keys.find(({ apiKey }) => text.toLowerCase().includes(apiKey.toLowerCase())) : undefined;
  if (key)
    return {
      word: "Not a token",
      title: `This is the API key of “${key.label}”`,
      keyId: key.id,
      tone: "mute",
      lead: [{ message: "An API key is no secret, and no token: tokens name it." }],
      vendor,
    };
  const kind = kinds[what];
  return {
    word: "Not a token",
    title: kind ? `Not a token: ${kind}` : "Not a token",
    tone: mayBeSecret(what) ? "warn" : "mute",
    lead: [{ message }, { message: remedy }],
    vendor,
  };
}

export function placeOf(line: number, further: number): string {
  const more = further === 0 ? "" : further === 1 ? " and once more" : ` and ${groupDigits(further)} times more`;
  return `It stands in line ${groupDigits(line)}${more}.`;
}

/** The worst of the secrets; undefined where there is none. @param alone the text is nothing but the secret */
export function judgeSecrets(secrets: readonly SeenSecret[], alone: boolean): TextVerdict | undefined {
  const secret = secrets.find(({ retired }) => !retired) ?? secrets[0];
  if (!secret) return undefined;
  const { label, retired, line, further, inToken, fingerprint } = secret;
  const whose = `${retired ? "a retired secret" : "the secret"} of “${label}”`;
  const Whose = whose.charAt(0).toUpperCase() + whose.slice(1);
  const { name, words } = profileOf(secret.profile);
  const where = inToken
    ? "It can be read in the token, by anybody who has it."
    : alone
      ? "Whoever has it can sign tokens."
      : placeOf(line, further);
  const others = secrets.length - 1;
  return {
    word: "A secret of yours",
    title: alone ? `This is ${whose}` : `${Whose} ${inToken ? "stands in this token" : "stands in this text"}`,
    tone: retired ? "warn" : "bad",
    alarm: "secret",
    lead: [
      { message: where },
      {
        message: retired
          ? `It was rotated here: make sure that ${name} no longer accepts it.`
          : `Regenerate the secret in ${words.dashboard}, unless nobody else can have seen it.`,
      },
      { message: `Fingerprint \`${fingerprint}\`.` },
      ...(others > 0
        ? [
            {
              message:
                others === 1 ? "Another secret stands there too." : `${groupDigits(others)} others stand there too.`,
            },
          ]
        : []),
    ],
    vendor: [],
  };
}
