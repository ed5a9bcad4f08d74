/** The themes, and how a cookie's value is read; used by server and browser. */

export type Theme = "system" | "light" | "dark";

export function themeOf(cookie: string | undefined): Theme {
  return cookie === "light" || cookie === "dark" ? cookie : "system";
}
