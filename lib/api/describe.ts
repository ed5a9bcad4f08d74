/** What the API takes and answers, for the page that explains it: made of the same table and schemas as its reference. */

import type { Scope } from "@/lib/auth/roles";
import * as z from "@/lib/zod";
import { type ApiRoute, apiRoutes, scopesOf } from "./routes";

/** `name`: with what it is within: `rows[].purpose`, `ledger.state`. */
export type FieldDescription = { name: string; type: string; optional: boolean; text: string };

export type RouteDescription = Pick<ApiRoute, "id" | "method" | "path" | "summary" | "status"> & {
  scopes: readonly Scope[];
  idempotent: boolean;
  /** What a request brings, one list for each of its kinds. */
  takes: { name: string; fields: FieldDescription[] }[];
  answers: { name: string; fields: FieldDescription[] }[];
};

type Schema = {
  type?: string | string[];
  format?: string;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  $ref?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
};
type Definitions = Readonly<Record<string, Schema>>;

/** More are told behind the meaning. */
const MOST_IN_TYPE = 8;

const either = ({ anyOf, oneOf }: Schema) => anyOf ?? oneOf;
const choicesOf = ({ enum: names = [] }: Schema) => names.map((name) => (name === "" ? '""' : String(name)));

/** What a reference to one of the definitions stands for. */
const resolved = (schema: Schema, defs: Definitions): Schema =>
  (schema.$ref && defs[schema.$ref.split("/").at(-1) ?? ""]) || schema;

function typeOf(given: Schema, defs: Definitions): string {
  const schema = resolved(given, defs);
  const several = either(schema);
  if (several) return [...new Set(several.map((each) => typeOf(each, defs)))].join(" | ");
  if (schema.const !== undefined) return String(schema.const);
  const choices = choicesOf(schema);
  if (choices.length > 0 && choices.length <= MOST_IN_TYPE) return choices.join(" | ");
  if (schema.type === "array") return `list of ${schema.items ? typeOf(schema.items, defs) : "values"}`;
  return schema.format === "date" ? "date" : [schema.type ?? "any"].flat().join(" | ");
}

function textOf(given: Schema, defs: Definitions): string {
  const inner = either(given)?.find(({ description }) => description !== undefined);
  const { description = "", ...schema } = { ...inner, ...resolved(given, defs), ...given };
  const choices = choicesOf(schema);
  if (choices.length <= MOST_IN_TYPE) return description;
  return `${description} One of ${choices.map((name) => `\`${name}\``).join(", ")}.`.trim();
}

/** Those of an object, and behind each what is within it. @param prefix of their names */
function fieldsIn(given: Schema, defs: Definitions, prefix = ""): FieldDescription[] {
  const schema = resolved(given, defs);
  const several = either(schema);
  if (several) return merged(several.map((each) => fieldsIn(each, defs, prefix)));
  if (schema.type === "array" && schema.items) return fieldsIn(schema.items, defs, prefix.replace(/\.$/, "[]."));
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [
    {
      name: `${prefix}${name}`,
      type: typeOf(property, defs),
      optional: !(schema.required ?? []).includes(name),
      text: textOf(property, defs),
    },
    ...fieldsIn(property, defs, `${prefix}${name}.`),
  ]);
}

/** Of objects that differ, each field once: optional where one of them does not have it. */
function merged(lists: readonly FieldDescription[][]): FieldDescription[] {
  const objects = lists.filter((list) => list.length > 0);
  const fields = new Map<string, FieldDescription>();
  for (const field of objects.flat()) {
    const same = objects.flatMap((list) => list.filter(({ name }) => name === field.name));
    const types = [...new Set(same.map(({ type }) => type))].join(" | ");
    const optional = same.length < objects.length || same.some((each) => each.optional);
    if (!fields.has(field.name)) fields.set(field.name, { ...field, type: types, optional });
  }
  return [...fields.values()];
}

function fieldsOf(schema: z.ZodType, io: "input" | "output"): FieldDescription[] {
  // Of a schema JSON Schema says at least what is looked at here, or nothing.
  const whole = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Schema & { $defs?: Definitions };
  const { $defs: defs = {} } = whole;
  return fieldsIn(defs[String(schema.meta()?.id)] ?? whole, defs);
}

const described = (schemas: readonly z.ZodType[], io: "input" | "output") =>
  schemas.map((schema) => ({ name: String(schema.meta()?.id ?? ""), fields: fieldsOf(schema, io) }));

export function describeApi(): RouteDescription[] {
  return apiRoutes.map(({ id, method, path, summary, verb, status, idempotent, body, query, answers }) => ({
    ...{ id, method, path, summary, status, idempotent: idempotent === true },
    scopes: scopesOf({ verb }),
    takes: described([...(query ? [query] : []), ...(body?.schemas ?? [])], "input"),
    answers: described(answers, "output"),
  }));
}
