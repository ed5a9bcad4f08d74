import { expect, it } from "vitest";
import { type VendorErrorCode, vendorError, vendorErrors } from "@/lib/profiles/videosdk/errors";

it.each<[VendorErrorCode, string]>([
  [4001, "INVALID_API_KEY"],
  [4002, "INVALID_TOKEN"],
  [4004, "INVALID_PARTICIPANT_ID"],
  [4006, "ACCOUNT_DEACTIVATED"],
  [4007, "ACCOUNT_DISCONTINUED"],
  [4008, "INVALID_PERMISSIONS"],
  [4022, "UNAUTHORIZED_MEETING_ID"],
  [4023, "UNAUTHORIZED_PARTCIPANT_ID"],
  [4024, "UNAUTHORIZED_ROLE"],
  [4025, "UNAUTHORIZED_REQUEST"],
  [4052, "MEETING_ID_DISABLED"],
  [4053, "APIKEY_DEACTIVATED"],
])("%i is %s, as the SDKs spell it", (code, name) => {
  expect(vendorError(code)).toEqual({ code, name });
});

it("holds no other code", () => {
  expect(Object.keys(vendorErrors)).toHaveLength(12);
});
