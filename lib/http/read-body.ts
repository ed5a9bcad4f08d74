/** Reads the body of a program's request: JSON or a form, in UTF-8, of the content type that says so. Refuses what is neither, and JSON that says a name twice, with a problem; and what is of more parts than any request before it is read into them. */
import { answerProblem } from "@/lib/http/answer-problem";
import type { HttpAnswer, HttpCall } from "@/lib/http/call";
import { nameSaidTwice } from "@/lib/http/name-said-twice";
import { isOfTooManyParts, MOST_NAMES } from "@/lib/http/too-many-parts";

type Kind = "json" | "form";

const types: Record<Kind, string> = { json: "application/json", form: "application/x-www-form-urlencoded" };

export type ReadBody =
  /** `text`: as it was sent; `fields`: its members, a form's as often as they stand there. */
  { ok: true; kind: Kind; text: string; fields: [name: string, value: unknown][] } | { ok: false; answer: HttpAnswer };

const refuse = (...told: Parameters<typeof answerProblem>): ReadBody => ({ ok: false, answer: answerProblem(...told) });

export function readBody(call: Pick<HttpCall, "header" | "body">, taken: readonly Kind[]): ReadBody {
  const [type = "", ...parameters] = (call.header("content-type") ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const kind = taken.find((each) => types[each] === type);
  const charset = parameters
    .find((each) => each.startsWith("charset="))
    ?.slice(8)
    .replaceAll('"', "");
  if (!kind || (charset !== undefined && charset !== "utf-8"))
    return refuse("unsupported-media-type", `Send ${taken.map((each) => types[each]).join(" or ")}, in UTF-8.`, {
      headers: { accept: taken.map((each) => types[each]).join(", ") },
    });
  // RFC 9110 §15.5.16.
  const coding = call.header("content-encoding");
  if (coding !== undefined && coding.trim().toLowerCase() !== "identity")
    return refuse("unsupported-media-type", "Send the body as it is: no content coding is read here.", {
      headers: { "accept-encoding": "identity" },
    });
  const text = textOf(call.body);
  if (text === undefined) return refuse("malformed-request", "The body is not UTF-8.");
  if (kind === "form" ? text.split("&", MOST_NAMES + 1).length > MOST_NAMES : isOfTooManyParts(text))
    return refuse("too-large", "It holds more names and values than any request has.");
  if (kind === "form") return { ok: true, kind, text, fields: [...new URLSearchParams(text)] };
  const value = jsonIn(text);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return refuse("malformed-request", value === undefined ? "The body is no JSON." : "Send one JSON object.");
  const twice = nameSaidTwice(text, value);
  if (twice !== undefined) return refuse("malformed-request", `${twice} is given more than once.`);
  return { ok: true, kind, text, fields: Object.entries(value) };
}

function textOf(body: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
