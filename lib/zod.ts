/** zod, in a browser without code made at run time: its probe for that would be reported as a breach of the Content Security Policy. Browser-safe; schemas take `* as z` from here, so that a page loads only what they use. */
import { config } from "zod";

config({ jitless: typeof window !== "undefined" });

export * from "zod";
