/** A part of a WHERE clause with what is bound in it, so that no value gets into the SQL itself. */
import type { Value } from "./prepared-statements";

export type Condition = { sql: string; values: Value[] };

export function allOf(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => sql).join(" AND "),
    values: conditions.flatMap(({ values }) => values),
  };
}
