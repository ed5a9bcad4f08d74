/** What a reader of tokens must ask of whoever takes them: names and habits, for its sentences. Says nothing of its own; the registry answers for the vendors that this desk knows. */

/** Whoever takes the token, in words for a sentence. */
export type Vendor = {
  name: string;
  /** Where a team finds its keys and secrets. */
  dashboard: string;
  /** What follows "`Bearer` stands in front;". */
  withoutBearer: string;
};

export type Vendors = {
  /** Whose token these claims are, or most likely, when it has none that can be read. */
  of(claims?: Record<string, unknown>): Vendor;
  /** Whether a text looks like one of their keys. */
  isKey(text: string): boolean;
  /** Whether one of these names is that of the claim that names a key. */
  haveKey(names: readonly string[]): boolean;
  /** Whether claims can be told from other JSON by what a vendor puts there. */
  recognise(claims: Record<string, unknown>): boolean;
};

/** For who reads a token without saying a word of it: knows the claims of RFC 7519 alone. */
export const anyVendor: Vendors = {
  of: () => ({
    name: "the vendor",
    dashboard: "the vendor's dashboard",
    withoutBearer: "a token is read alone.",
  }),
  isKey: () => false,
  haveKey: () => false,
  recognise: () => false,
};
