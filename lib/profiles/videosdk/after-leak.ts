/** What to do in VideoSDK's dashboard when somebody else has a key's secret, in order. */
import { type VendorErrorCode, vendorError } from "@/lib/profiles/videosdk/errors";

const error = (code: VendorErrorCode) => `${code} ${vendorError(code).name}`;

export const afterLeak: readonly string[] = [
  "Sign in to VideoSDK's dashboard and open API keys.",
  `To stop everything at once, disable the API key there: joining then fails with ${error(4053)}. Meetings that are running go on.`,
  "Or regenerate its secret: every token that was signed with the old one, ours too, is refused from then on.",
  "Put the new secret into your backends, and add it here.",
  "End the running meetings that should not go on: an expired or refused token ends none.",
];
