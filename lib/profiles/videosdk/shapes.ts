/** What VideoSDK's API keys and secrets look like, as its dashboard gives them out: a UUID, and 64 hexadecimal digits. */
import type { Profile } from "@/lib/profiles/profile";

export const shapes: Profile["shapes"] = {
  key: /(?<![0-9a-f-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f-])/i,
  secret: /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/i,
};
