/** The names of what stands in a table, each of them by its type: for tables that are written out, and hold what their type says and no more. */
// Of any other object there may be more at run time than its type knows; none is given here.
export const namesOf = <T extends object>(table: T) => Object.keys(table) as (keyof T & string)[];
