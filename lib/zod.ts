/** zod, in a browser without code made at run time: its probe for that would be reported as a breach of the Content Security Policy; and in our words where a schema has none. Browser-safe; schemas take `* as z` from here, so that a page loads only what they use. */
import { config, type core } from "zod";

const kinds: Partial<Record<string, string>> = {
  ...{ string: "a text", number: "a number", int: "a whole number", boolean: "true or false" },
  ...{ array: "a list", object: "an object", record: "an object" },
};

/** Of what no form sends: a program does, or somebody who has changed what their browser sent. */
function inOurWords(issue: core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return `Write ${kinds[issue.expected] ?? issue.expected}.`;
    case "invalid_value":
      return `Write ${issue.values.length > 1 ? "one of these: " : ""}${issue.values.map(String).join(", ")}.`;
    case "too_big":
      return `Use ${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}${unitOf(issue.origin)}.`;
    case "too_small":
      if (issue.origin === "string" && issue.minimum === 1) return "Write something.";
      return `Use ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}${unitOf(issue.origin)}.`;
    case "invalid_format":
      return issue.format === "uuid" ? "Write a UUID." : "This is not written as it must be.";
    case "invalid_union":
      // The first of its schemas is what is asked for, as the forms' resolver takes it too; what may stand instead, such as nothing, is behind it.
      return issue.errors[0]?.[0]?.message;
    case "unrecognized_keys":
      return "There is no such field.";
    default:
      return undefined;
  }
}

const unitOf = (origin: string) => (origin === "string" ? " characters" : origin === "array" ? " of them" : "");

config({ jitless: typeof window !== "undefined", customError: inOurWords });

export * from "zod";
