/** What only VideoSDK does, in words: where its keys are, what it answers, and what it does not end. Sources: VideoSDK, "Authentication and tokens" and "Meeting error codes". */
import type { Words } from "@/lib/profiles/profile";
import { type VendorErrorCode, vendorError } from "@/lib/profiles/videosdk/errors";

const error = (code: VendorErrorCode) => `${code} ${vendorError(code).name}`;

export const words: Words = {
  dashboard: "VideoSDK's dashboard",
  whereKeysAre: "From VideoSDK's dashboard, under API keys.",
  toStop: "To stop it, disable the API key in VideoSDK's dashboard or regenerate its secret.",
  keyDisabledToo: `if it is disabled in VideoSDK's dashboard too, joining fails with ${error(4053)}.`,
  toStopKey:
    "disable the API key in VideoSDK's dashboard (clients then see error 4053) or regenerate its secret there.",
  strayBits: "VideoSDK compares characters.",
  clockTolerance: "VideoSDK documents no clock tolerance.",
  afterExpiry: {
    title: "A running meeting goes on after that.",
    detail: "VideoSDK checks the token only when joining.",
  },
  sending: "The REST API takes it raw, without Bearer.",
  withoutBearer: "VideoSDK takes the token alone, also in the `Authorization` header.",
};
