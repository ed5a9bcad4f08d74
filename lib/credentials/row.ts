/** What a credential's columns hold. Refuses a row that this desk did not write. */
import { scopes } from "@/lib/auth/roles";
import * as z from "@/lib/zod";

const Names = z.array(z.string());
const Scopes = z.array(z.enum(scopes));

export const readScopes = (text: string) => Scopes.parse(JSON.parse(text));

/** @returns null: all, or any */
export const readNames = (text: string | null): string[] | null =>
  text === null ? null : Names.parse(JSON.parse(text));

/** None stands for all. */
export const writeNames = (names: readonly string[]): string | null =>
  names.length === 0 ? null : JSON.stringify(names);
