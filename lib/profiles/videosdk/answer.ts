/** What VideoSDK does with a token, in one line: accepts it, until when; refuses it, with the error that a client shows; or what cannot be told. Source: VideoSDK, "Authentication and tokens" and "Meeting error codes". */
import type { AnswerPart, VendorAnswer } from "@/lib/profiles/profile";
import { type VendorErrorCode, vendorError } from "@/lib/profiles/videosdk/errors";

const error = (code: VendorErrorCode) => `${code} ${vendorError(code).name}`;

const text = (words: string): AnswerPart => ({ kind: "text", text: words });
const strong = (words: string): AnswerPart => ({ kind: "strong", text: words });

export function answer(given: VendorAnswer, token = "it"): AnswerPart[] {
  switch (given.does) {
    case "accepts":
      return accepts(given, token);
    case "refuses":
      return refuses(given, token);
    case "unknown":
      return [text(unknownFor(token)[given.why])];
  }
}

function accepts(
  { until, join, pastedSecret }: Extract<VendorAnswer, { does: "accepts" }>,
  token: string,
): AnswerPart[] {
  const condition = pastedSecret ? ", if the secret that you pasted is that of its API key" : "";
  const but =
    join === "no"
      ? ", but nobody can join a meeting with it"
      : join === "unclear"
        ? ", as far as can be told"
        : condition;
  if (until === undefined)
    return [
      text("VideoSDK "),
      strong(`accepts ${token} for ever`),
      text(`${but}: only disabling its API key or a new secret there ends it.`),
    ];
  return [
    text("VideoSDK "),
    strong(`accepts ${token}`),
    text(`${but ? `${but},` : ""} until `),
    { kind: "time", epochSeconds: until },
    text(": another "),
    { kind: "left", until },
  ];
}

function refuses({ why, at, error: named }: Extract<VendorAnswer, { does: "refuses" }>, token: string): AnswerPart[] {
  const it = (rest: string): AnswerPart[] => [text("VideoSDK "), strong(`refuses ${token}`), text(rest)];
  switch (why) {
    case "expired":
      return it(`: ${error(4002)}, “Token is invalid or expired”. A meeting that is running goes on.`);
    case "not-yet":
      return at === undefined
        ? it(`: ${error(4002)}.`)
        : [...it(" until "), { kind: "time", epochSeconds: at }, text(`: ${error(4002)}.`)];
    case "key":
      return it(`: ${error(4001)}.`);
    case "rule":
      return named ? it(` when somebody joins: ${named.code} ${named.name}.`) : it(".");
    default:
      return it(`: ${error(4002)}.`);
  }
}

const unknownFor = (token: string): Record<Extract<VendorAnswer, { does: "unknown" }>["why"], string> => ({
  checking: `What VideoSDK does with ${token} depends on the signature.`,
  unchecked: `Whether VideoSDK accepts ${token} cannot be told: nobody has checked its signature.`,
  "unknown-key": `Whether VideoSDK accepts ${token} cannot be told here.`,
  undocumented: `Whether VideoSDK accepts ${token} is not documented.`,
});
