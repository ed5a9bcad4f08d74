/** Makes the id of a row or a request: 72 random bits as 12 characters that a URL takes as they are. A third of a UUID's length, since ids make up much of each index. Nothing secret: whoever knows one has no right by it. */
import { randomBytes } from "node:crypto";

export const newId = (): string => randomBytes(9).toString("base64url");
