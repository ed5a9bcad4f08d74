/** The errors of a VideoSDK client that a token can cause, by code; it refuses no token itself and knows no error of media, network or recording. */

/**
 * Code → name as the SDKs spell it (4023 included) and what it means, in one sentence.
 * Source: VideoSDK documentation, "Meeting error codes"; `@videosdk.live/js-sdk` 1.1.1.
 */
export const vendorErrors = {
  4001: { name: "INVALID_API_KEY", sentence: "The API key in the token is empty, or VideoSDK does not know it." },
  4002: { name: "INVALID_TOKEN", sentence: "The token is empty, invalid or expired." },
  4004: {
    name: "INVALID_PARTICIPANT_ID",
    sentence: "The participant id is empty or invalid: it must not contain white space.",
  },
  4006: { name: "ACCOUNT_DEACTIVATED", sentence: "VideoSDK has deactivated the account." },
  4007: { name: "ACCOUNT_DISCONTINUED", sentence: "The account is discontinued." },
  4008: {
    name: "INVALID_PERMISSIONS",
    sentence: "The permissions are invalid: ask_join must not stand beside allow_join or allow_mod.",
  },
  4022: { name: "UNAUTHORIZED_MEETING_ID", sentence: "The token is limited to another room." },
  4023: { name: "UNAUTHORIZED_PARTCIPANT_ID", sentence: "The token is limited to another participant." },
  4024: { name: "UNAUTHORIZED_ROLE", sentence: "The role in the token does not permit joining a meeting." },
  4025: { name: "UNAUTHORIZED_REQUEST", sentence: "The request does not fit the security settings of the account." },
  4052: { name: "MEETING_ID_DISABLED", sentence: "The room is disabled." },
  4053: { name: "APIKEY_DEACTIVATED", sentence: "The API key is disabled in VideoSDK's dashboard." },
} as const satisfies Readonly<Record<number, { name: string; sentence: string }>>;

export type VendorErrorCode = keyof typeof vendorErrors;

/** `4008` → `{ code: 4008, name: "INVALID_PERMISSIONS" }`, the shape that findings and abilities carry. */
export function vendorError(code: VendorErrorCode): { code: number; name: string } {
  return { code, name: vendorErrors[code].name };
}
