/** zod without code made at run time: its probe for that would be reported as a breach of the Content Security Policy. Browser-safe; schemas take `z` from here. */
import { config, z } from "zod";

config({ jitless: true });

export { z };
