/** The only reader of process.env: parses every setting once and refuses to go on with a bad one, naming it. */
import { isIP } from "node:net";
import proxyAddr from "proxy-addr";
import { z } from "zod";
import { isExampleSecret, isWeakSecret } from "./weak-secret";

const SEALING_KEY_BYTES = 32;

export type SealingKey = { kid: string; bytes: Uint8Array };

const sealingKeys = z.string("is missing").transform((text, context): SealingKey[] => {
  const keys = text.split(",").map(readSealingKey);
  const wellFormed = keys.filter((key) => key !== undefined);
  if (wellFormed.length !== keys.length) {
    context.addIssue({
      code: "custom",
      message: `must be a comma-separated list of kid:key, each key ${SEALING_KEY_BYTES} random bytes in base64url without padding`,
    });
  } else if (new Set(wellFormed.map((key) => key.kid)).size !== keys.length) {
    context.addIssue({ code: "custom", message: "names the same kid twice" });
  } else if (wellFormed[0] && isWeakSecret(String.fromCharCode(...wellFormed[0].bytes))) {
    context.addIssue({
      code: "custom",
      message:
        "begins with a key that was not drawn at random. Put a random one in front of it; behind that, it opens what it has sealed",
    });
  }
  return wellFormed;
});

function readSealingKey(entry: string): SealingKey | undefined {
  const [kid = "", encoded = "", ...rest] = entry.trim().split(":");
  const bytes = Buffer.from(encoded, "base64url");
  const exact = bytes.toString("base64url") === encoded && bytes.length === SEALING_KEY_BYTES;
  return /^[\w-]{1,32}$/.test(kid) && rest.length === 0 && exact ? { kid, bytes: new Uint8Array(bytes) } : undefined;
}

const trustedProxies = z
  .string()
  .default("")
  .transform((text, context) => {
    const addresses = text
      .split(",")
      .map((entry) => entry.trim())
      .filter(Boolean);
    try {
      return { addresses, trusts: proxyAddr.compile(addresses) };
    } catch {
      context.addIssue({
        code: "custom",
        message: "must be a comma-separated list of addresses or subnets, such as 10.0.0.0/8",
      });
      return z.NEVER;
    }
  });

const publicUrl = z
  .string()
  .optional()
  .transform((text, context) => {
    if (!text) return undefined;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const bare = url && url.pathname === "/" && !url.search && !url.hash && !url.username && !url.password;
    if (!bare || !/^https?:$/.test(url.protocol)) {
      context.addIssue({
        code: "custom",
        message: "must be an origin such as https://desk.example.com, without a path",
      });
      return z.NEVER;
    }
    // URLs allow more, such as a star; no browser opens a link to it.
    if (!/^([a-z0-9._-]+|\[[0-9a-f:.]+\])$/.test(url.hostname)) {
      context.addIssue({
        code: "custom",
        message: "must name the one host that links lead to, such as https://desk.example.com, without a * or a list",
      });
      return z.NEVER;
    }
    return url;
  });

const host = z
  .string()
  .default("127.0.0.1")
  .refine((text) => !text.includes("%"), {
    // No URL can hold one, and the links that people get are URLs.
    error: "must be an address without a zone, such as fe80::1 instead of fe80::1%eth0",
    abort: true,
  })
  .refine(
    (text) => isIP(text) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text),
    "must be an address or a host name",
  );

const allowedHosts = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((entry) => entry.trim())
      .filter(Boolean),
  )
  .refine(
    (names) => names.every((name) => /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i.test(name)),
    "must be a comma-separated list of host names, each without a port",
  );

const port = z
  .string()
  .default("3000")
  .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65535, "must be a whole number from 0 to 65535")
  .transform(Number);

const databaseUrl = z
  .string()
  .default("file:./data/claimcheck.db")
  .refine(
    (text) => /^file:(?=.*\S)[^?]+$/.test(text),
    "must begin with file: and name a file, such as file:./data/claimcheck.db",
  )
  // As other databases' addresses begin: its first folder would be one of the system's.
  .refine(
    (text) => !/^file:\/\/[^/]/.test(text),
    "must not have two slashes behind file:, such as file:./data/claimcheck.db",
  );

/** What is drawn has no blank; a phrase has. */
const PHRASE = /\p{L}{2,}\s+\p{L}{2,}/u;
/** As people write it behind a word that they say twice: of what is drawn hardly anything is without a digit. */
const ENDING = /(?<=^\D+)[\d\W_]{1,6}$/;

const authSecret = z
  .string("is missing")
  .min(32, { error: "must have at least 32 characters", abort: true })
  .refine(
    (text) => !isWeakSecret(text) && !isWeakSecret(text.replace(ENDING, "")),
    "must be random: it repeats itself, or uses too few characters",
  )
  .refine((text) => !PHRASE.test(text), "must be 32 random bytes or more, not words with blanks between them")
  .refine(
    (text) => !isExampleSecret(text),
    "must be random: words of examples stand in it, such as secret or change-me",
  );

const logLevel = z
  .enum(["fatal", "error", "warn", "info", "debug", "silent"], "must be one of fatal, error, warn, info, debug, silent")
  .default("info");

const wholeFrom = (least: number, most: number, fallback: number) =>
  z
    .string()
    .default(String(fallback))
    .refine(
      (text) => /^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most,
      `must be a whole number from ${least} to ${most}`,
    )
    .transform(Number);

const Settings = z
  .object({
    /** Address to listen on. */
    HOST: host,
    /** Port to listen on; 0 lets the system choose one. */
    PORT: port,
    /** The SQLite file; a relative path counts from the folder in which the server starts. */
    DATABASE_URL: databaseUrl,
    /** Seals the session cookie. */
    AUTH_SECRET: authSecret,
    /** Keyring that seals signing secrets at rest: kid:base64url, comma-separated; the first is used for new ones. */
    SEALING_KEYS: sealingKeys,
    /** Where people reach the desk, when a proxy stands in front. https turns on Secure cookies and HSTS. */
    PUBLIC_URL: publicUrl,
    /** More names that people may reach the desk by; any other in a request's Host is refused, against DNS rebinding. */
    ALLOWED_HOSTS: allowedHosts,
    /** Proxies whose X-Forwarded-For is believed: addresses or subnets, comma-separated. */
    TRUSTED_PROXIES: trustedProxies,
    /** Minutes after which a session ends that nothing was done in. */
    SESSION_IDLE_MINUTES: wholeFrom(5, 1_440, 120),
    /** Hours after which a session ends, whatever is done in it. */
    SESSION_HOURS: wholeFrom(1, 168, 12),
    /** What the server writes to standard output. */
    LOG_LEVEL: logLevel,
  })
  .refine(
    ({ AUTH_SECRET, SEALING_KEYS }) =>
      !SEALING_KEYS.some(({ bytes }) => AUTH_SECRET.includes(Buffer.from(bytes).toString("base64url"))),
    { path: ["AUTH_SECRET"], error: "must be another than the key in SEALING_KEYS: draw one for each" },
  );

export type Settings = z.infer<typeof Settings>;

/** Names every setting that is wrong, one per line; never repeats a value, since it may be a secret. */
export class SettingsError extends Error {}

/**
 * @param source names and values; an empty value counts as absent
 * @throws SettingsError
 */
export function parseSettings(source: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = Settings.safeParse(given);
  if (result.success) return result.data;
  throw new SettingsError(result.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}.`).join("\n"));
}

/** The one setting that a backup needs. @throws SettingsError */
export const databaseUrlIn = (source: Record<string, string | undefined>): string =>
  parseOne("DATABASE_URL", databaseUrl, source);

/** The one that opens what a backup holds. @throws SettingsError */
export const sealingKeysIn = (source: Record<string, string | undefined>): SealingKey[] =>
  parseOne("SEALING_KEYS", sealingKeys, source);

function parseOne<T>(name: string, schema: z.ZodType<T>, source: Record<string, string | undefined>): T {
  const result = schema.safeParse(source[name] || undefined);
  if (result.success) return result.data;
  throw new SettingsError(`${name} ${result.error.issues[0]?.message}.`);
}

let settings: Settings | undefined;

/** The settings of this process, parsed on first use. @throws SettingsError */
export function env(): Settings {
  settings ??= parseSettings(process.env);
  return settings;
}

/** Whether cookies may be marked Secure and the browser told to insist on TLS. */
export function isHttps(): boolean {
  return env().PUBLIC_URL?.protocol === "https:";
}

export const settingNames = Object.keys(Settings.shape);
