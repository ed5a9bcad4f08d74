/** Code for a team's own backend that signs the same VideoSDK payload: key and secret come from the environment, `iat` is when it runs, `exp` and `nbf` are as far from it as in the claims, and `jti` is new each time. Of one that starts later `exp` is as far from when it starts: that stands in one line, and whoever changes it makes no token live longer. Holds no token and no key. */
import { go, javascript, type Literals, literalOf, memberName, php, python, ruby } from "@/lib/profiles/literals";
import type { CodeTarget } from "@/lib/profiles/targets";

type Claims = Readonly<Record<string, unknown>>;

const KEY = "VIDEOSDK_API_KEY";
const SECRET = "VIDEOSDK_SECRET";

/** How a program writes what is not the same in each token. */
type Expressions = { key: string; iat: string; starts: string; jti: string };

/** How long one that starts later waits, in seconds. */
const waitOf = ({ nbf, iat }: Claims) => (Number(nbf) > Number(iat) ? Number(nbf) - Number(iat) : 0);

/** @param before how the language begins the line that says when it starts; of one that is good at once there is none */
const startLine = (claims: Claims, before: string, after = "") =>
  waitOf(claims) > 0 ? `\n${before}${waitOf(claims)}${after}` : "";

/** Names and values in the order in which they are signed; what is not given stays out. */
function payload(
  claims: Claims,
  literals: Literals,
  { key, iat, starts, jti }: Expressions,
): [name: string, value: string][] {
  const wait = waitOf(claims);
  const from = wait > 0 ? starts : iat;
  const after = (instant: unknown) => {
    const seconds = Number(instant) - Number(claims.iat) - wait;
    if (seconds === 0) return from;
    return `${from} ${seconds < 0 ? "-" : "+"} ${Math.abs(seconds)}`;
  };
  return Object.entries(claims).map(([name, value]) => {
    if (name === "apikey") return [name, key];
    if (name === "iat") return [name, iat];
    if (name === "exp" || name === "nbf") return [name, after(value)];
    if (name === "jti") return [name, jti];
    return [name, literalOf(literals, value)];
  });
}

/** But for names that begin with an underscore: `__proto__` has a meaning of its own. */
const IDENTIFIER = /^[A-Za-z]\w*$/;
/** @param indent what stands before each line */
const lines = (indent: string, entries: readonly string[]) => entries.map((entry) => `${indent}${entry},`).join("\n");

function javascriptLines(indent: string, claims: Claims, without: readonly string[] = []): string {
  const entries = payload(claims, javascript, { key: KEY, iat: "iat", starts: "starts", jti: "randomUUID()" });
  return lines(
    indent,
    entries
      .filter(([name]) => !without.includes(name))
      .map(([name, value]) => (name === value ? name : `${IDENTIFIER.test(name) ? name : memberName(name)}: ${value}`)),
  );
}

const arrows = (literals: Literals, indent: string, between: string, entries: readonly (readonly [string, string])[]) =>
  lines(
    indent,
    entries.map(([name, value]) => `${literals.text(name)}${between}${value}`),
  );

const NODE_ENV = `const { ${KEY}, ${SECRET} } = process.env;
if (!${KEY} || !${SECRET}) throw new Error("Set ${KEY} and ${SECRET}.");
`;

/** On an object that has a member of this name jsonwebtoken fails; a text it signs as it is. */
const asText = (claims: Claims) => Object.hasOwn(claims, "__proto__");

/** It grants on its own what is not said. */
const unsaid = (claims: Claims) =>
  ["version", "roles"]
    .filter((name) => !Object.hasOwn(claims, name))
    .map((name) => `\n      ${name}: undefined, // or it adds one of its own`)
    .join("");

export const code: readonly CodeTarget[] = [
  {
    id: "jose",
    label: "Node, jose",
    file: "create-token.mjs",
    needs: "npm install jose",
    write: (claims) => `import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";

${NODE_ENV}
export function createToken() {
  const iat = Math.floor(Date.now() / 1000);${startLine(claims, "  const starts = iat + ", ";")}
  return new SignJWT({
${javascriptLines("    ", claims)}
  })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .sign(new TextEncoder().encode(${SECRET}));
}

console.log(await createToken());
`,
  },
  {
    id: "jsonwebtoken",
    label: "Node, jsonwebtoken",
    file: "create-token.mjs",
    needs: "npm install jsonwebtoken",
    write: (claims) => `import { randomUUID } from "node:crypto";
import jwt from "jsonwebtoken";

${NODE_ENV}
export function createToken() {
  const iat = Math.floor(Date.now() / 1000);${startLine(claims, "  const starts = iat + ", ";")}
  return jwt.sign(
    ${asText(claims) ? "JSON.stringify(" : ""}{
${javascriptLines("      ", claims)}
    }${asText(claims) ? ")" : ""},
    ${SECRET},
    { algorithm: "HS256"${asText(claims) ? ', header: { typ: "JWT" }' : ""} },
  );
}

console.log(createToken());
`,
  },
  {
    id: "server-sdk",
    label: "Node, server-sdk",
    file: "create-token.mjs",
    needs: "npm install @videosdk.live/server-sdk",
    write: (claims) => `import { randomUUID } from "node:crypto";
import { generateToken } from "@videosdk.live/server-sdk";

${NODE_ENV}
export function createToken() {${Object.hasOwn(claims, "nbf") ? "\n  const iat = Math.floor(Date.now() / 1000);" : ""}${startLine(claims, "  const starts = iat + ", ";")}
  return generateToken({
    apiKey: ${KEY},
    secretKey: ${SECRET},
    expiresIn: ${waitOf(claims) > 0 ? "starts - iat + " : ""}${Number(claims.exp) - Number(claims.iat) - waitOf(claims)}, // seconds
    claims: {
${javascriptLines("      ", claims, ["apikey", "iat", "exp"])}${unsaid(claims)}
    },
  });
}

console.log(createToken());
`,
  },
  {
    id: "python",
    label: "Python",
    file: "create_token.py",
    needs: "pip install PyJWT",
    write: (claims) => `import os
import time
import uuid

import jwt  # PyJWT


def create_token() -> str:
    if not os.environ.get("${KEY}") or not os.environ.get("${SECRET}"):
        raise RuntimeError("Set ${KEY} and ${SECRET}.")
    iat = int(time.time())${startLine(claims, "    starts = iat + ")}
    payload = {
${arrows(python, "        ", ": ", payload(claims, python, { key: `os.environ["${KEY}"]`, iat: "iat", starts: "starts", jti: "str(uuid.uuid4())" }))}
    }
    return jwt.encode(payload, os.environ["${SECRET}"], algorithm="HS256")


print(create_token())
`,
  },
  {
    id: "go",
    label: "Go",
    file: "main.go",
    needs: "go get github.com/golang-jwt/jwt/v5",
    write: (claims) => `package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

func createToken() (string, error) {
	key, secret := os.Getenv("${KEY}"), os.Getenv("${SECRET}")
	if key == "" || secret == "" {
		return "", errors.New("set ${KEY} and ${SECRET}")
	}
	jti := make([]byte, 16)
	if _, err := rand.Read(jti); err != nil {
		return "", err
	}
	iat := time.Now().Unix()${startLine(claims, "\tstarts := iat + ")}
	claims := jwt.MapClaims{
${arrows(go, "\t\t", ": ", payload(claims, go, { key: "key", iat: "iat", starts: "starts", jti: 'fmt.Sprintf("%x", jti)' }))}
	}
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(secret))
}

func main() {
	token, err := createToken()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(token)
}
`,
  },
  {
    id: "php",
    label: "PHP",
    file: "create-token.php",
    needs: "PHP 7.4 or newer, no package",
    write: (claims) => `<?php

function createToken(): string
{
    $key = getenv("${KEY}");
    $secret = getenv("${SECRET}");
    if (!$key || !$secret) {
        throw new RuntimeException("Set ${KEY} and ${SECRET}.");
    }
    $iat = time();${startLine(claims, "    $starts = $iat + ", ";")}
    $payload = [
${arrows(php, "        ", " => ", payload(claims, php, { key: "$key", iat: "$iat", starts: "$starts", jti: "bin2hex(random_bytes(16))" }))}
    ];
    $base64url = fn (string $bytes): string => rtrim(strtr(base64_encode($bytes), "+/", "-_"), "=");
    $json = fn (array $value): string => json_encode($value, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
    $signed = $base64url($json(["alg" => "HS256", "typ" => "JWT"])) . "." . $base64url($json($payload));
    return $signed . "." . $base64url(hash_hmac("sha256", $signed, $secret, true));
}

echo createToken(), PHP_EOL;
`,
  },
  {
    id: "ruby",
    label: "Ruby",
    file: "create_token.rb",
    needs: "gem install jwt",
    write: (claims) => `require "jwt"
require "securerandom"

def create_token
  raise "Set ${KEY} and ${SECRET}." if ENV["${KEY}"].to_s.empty? || ENV["${SECRET}"].to_s.empty?

  iat = Time.now.to_i${startLine(claims, "  starts = iat + ")}
  payload = {
${arrows(ruby, "    ", " => ", payload(claims, ruby, { key: `ENV.fetch("${KEY}")`, iat: "iat", starts: "starts", jti: "SecureRandom.uuid" }))}
  }
  JWT.encode(payload, ENV.fetch("${SECRET}"), "HS256", { typ: "JWT" })
end

puts create_token
`,
  },
];
