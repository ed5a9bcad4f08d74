/** The errors of a VideoSDK client that a token can cause, by code; it refuses no token itself and knows no error of media, network or recording. */

/** Code → name as the SDKs spell it (4023 included). Source: VideoSDK documentation, "Meeting error codes"; `@videosdk.live/js-sdk` 1.1.1. */
export const vendorErrors = {
  4001: { name: "INVALID_API_KEY" },
  4002: { name: "INVALID_TOKEN" },
  4004: { name: "INVALID_PARTICIPANT_ID" },
  4006: { name: "ACCOUNT_DEACTIVATED" },
  4007: { name: "ACCOUNT_DISCONTINUED" },
  4008: { name: "INVALID_PERMISSIONS" },
  4022: { name: "UNAUTHORIZED_MEETING_ID" },
  4023: { name: "UNAUTHORIZED_PARTCIPANT_ID" },
  4024: { name: "UNAUTHORIZED_ROLE" },
  4025: { name: "UNAUTHORIZED_REQUEST" },
  4052: { name: "MEETING_ID_DISABLED" },
  4053: { name: "APIKEY_DEACTIVATED" },
} as const satisfies Readonly<Record<number, { name: string }>>;

export type VendorErrorCode = keyof typeof vendorErrors;

/** `4008` → `{ code: 4008, name: "INVALID_PERMISSIONS" }`, the shape that findings and abilities carry. */
export function vendorError(code: VendorErrorCode): { code: number; name: string } {
  return { code, name: vendorErrors[code].name };
}
