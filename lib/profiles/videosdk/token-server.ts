/** How VideoSDK's example apps ask for a token: what its example servers answer (`GET /get-token`, and in the JavaScript example's older words `generateJWTToken`), the line of each app that names the server, and what each app does with its token. Source: VideoSDK's public example apps and servers, as they stood in August 2026. */
import type { TokenServer } from "@/lib/profiles/token-server";

const env = (name: string) => ({ before: `${name}=`, after: "" });
const quoted = (before: string, after = "") => ({ before: `${before}"`, after: `"${after}` });

/** One token for both: to make a room, or check one, at `/v2/rooms`, and to join it. */
const byTheApi = { makesRoom: "by the API", joinsRoom: "by the API" } as const;

export const tokenServer: TokenServer = {
  paths: [
    { name: "get-token", methods: ["GET", "POST"] },
    { name: "generateJWTToken", methods: ["GET"] },
  ],
  parameters: { room: "roomId", subject: "peerId" },
  alsoCalled: { room: ["room", "meetingId", "meeting"], subject: ["participantId"] },
  // As other vendors' SDKs call it, and as people do. Not `sessionId`, which is mostly that of whoever is signed in.
  perhapsCalled: {
    room: [
      ...["customRoomId", "roomName", "roomCode", "roomKey", "roomNumber"],
      ...["meetingName", "meetingCode", "meetingNumber"],
      ...["channel", "channelId", "channelName", "conference", "conferenceId", "conferenceName", "callId"],
    ],
    subject: ["participant", "peer", "userId", "user", "userName", "uid", "identity", "clientId"],
  },
  saidByEndpoint: ["permissions", "permission", "roles", "role", "expiresIn", "exp", "ttl"],
  named: [],
  lines: [
    {
      id: "react",
      inBrowser: true,
      label: "React",
      ...env("REACT_APP_AUTH_URL"),
      where: "`.env`, without `REACT_APP_VIDEOSDK_TOKEN`; then `npm start` again",
      ...byTheApi,
    },
    {
      id: "react-native",
      label: "React Native",
      ...env("REACT_APP_AUTH_URL"),
      where: "`.env`, without `REACT_APP_VIDEOSDK_TOKEN`; then build the app again",
      ...byTheApi,
    },
    {
      id: "flutter",
      label: "Flutter",
      ...env("AUTH_URL"),
      where: "`.env`, without `AUTH_TOKEN`; then run the app anew",
      ...byTheApi,
      besides: "It asks once, as its first page opens: once that token has expired, open the page anew.",
    },
    {
      id: "javascript",
      inBrowser: true,
      label: "JavaScript",
      ...quoted("const AUTH_URL = ", ";"),
      where: "`config.js`, with an empty `TOKEN`; then reload the page",
      makesRoom: { never: "It makes rooms by `createMeeting` behind the address, which no endpoint answers." },
      joinsRoom: "by the API",
      besides: "It does not wait for its token: the first attempt to join fails, the second does not.",
    },
    {
      id: "android",
      label: "Android",
      ...env("auth_url"),
      where: "`local.properties`, without `auth_token`; then sync the project with Gradle",
      ...byTheApi,
    },
    {
      id: "ios",
      label: "iOS",
      ...quoted("let AUTH_URL = "),
      where: "`Constants.swift`, with an empty `AUTH_TOKEN`; then build the app again",
      makesRoom: { never: "It makes a room before it asks for a token, which needs one in `AUTH_TOKEN`." },
      joinsRoom: "at once",
      besides: "It keeps its first token: once that has expired, start it anew.",
    },
  ],
};
