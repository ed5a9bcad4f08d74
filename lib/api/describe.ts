/** What the API takes and answers, for the page that explains it: made of the same table and schemas as its reference. */

import type { Scope } from "@/lib/auth/roles";
import * as z from "@/lib/zod";
import { type ApiRoute, apiRoutes, scopesOf } from "./routes";

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
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  $ref?: string;
  description?: string;
};

function typeOf(schema: Schema): string {
  if (schema.$ref) return schema.$ref.split("/").at(-1) ?? "object";
  if (schema.enum) return schema.enum.map(String).join(" | ");
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(" | ");
  if (schema.type === "array") return `list of ${schema.items ? typeOf(schema.items) : "values"}`;
  return [schema.type ?? "any"].flat().join(" | ");
}

function fieldsOf(schema: z.ZodType, io: "input" | "output"): FieldDescription[] {
  // Objects all of them; one that has an id stands among the definitions.
  const whole = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  const { properties = {}, required = [] } = whole.$defs?.[String(schema.meta()?.id)] ?? whole;
  return Object.entries(properties).map(([name, property]) => {
    // Of a property JSON Schema says at least this, or nothing.
    const known = property as Schema;
    return { name, type: typeOf(known), optional: !required.includes(name), text: known.description ?? "" };
  });
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
