/** What was taken off a pasted token, by kind, so that findings can be made from it, and how a person is told; a name that a person chose decides nothing here. */

export type TakenOff =
  | {
      kind:
        | "white-space"
        | "comma"
        | "semicolon"
        | "full-stop"
        | "quotes"
        | "backticks"
        | "json"
        | "link"
        | "bearer"
        | "percent-signs"
        | "text";
    }
  /** The name of the HTTP header, perhaps with `Bearer` behind it. */
  | { kind: "authorization"; bearer: boolean }
  /** `text`: what stood in front, such as `const TOKEN =`. */
  | { kind: "assignment"; text: string }
  /** Inside of the token. */
  | { kind: "line-breaks" | "spaces"; count: number };

const PHRASES = {
  "white-space": "white space around it",
  comma: "a trailing comma",
  semicolon: "a trailing semicolon",
  "full-stop": "a full stop behind it",
  quotes: "quotes",
  backticks: "backticks",
  json: "the JSON around it",
  link: "the link around it",
  bearer: "`Bearer` in front",
  "percent-signs": "percent signs",
  text: "the text around it",
};

/** No name is written without a break for so long; a secret or a credential in its place is, and is not repeated. */
const NO_NAME = /[0-9A-Za-z]{32}/;

/** A short phrase for the screen: "`Bearer` in front", "one line break". */
export function phraseOf(taken: TakenOff): string {
  switch (taken.kind) {
    case "authorization":
      return `\`Authorization:${taken.bearer ? " Bearer" : ""}\` in front`;
    case "assignment":
      return NO_NAME.test(taken.text) ? "text in front" : `\`${taken.text}\` in front`;
    case "line-breaks":
      return taken.count === 1 ? "one line break" : `${taken.count} line breaks`;
    case "spaces":
      return taken.count === 1 ? "one space" : `${taken.count} spaces`;
    default:
      return PHRASES[taken.kind];
  }
}
