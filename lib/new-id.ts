/** Makes the id of a row: 96 random bits as 16 characters that a URL takes as they are. Half a UUID's length, since ids make up much of each index. */
import { randomBytes } from "node:crypto";

export const newId = (): string => randomBytes(12).toString("base64url");
