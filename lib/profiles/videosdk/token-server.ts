/** How VideoSDK's example apps ask for a token: what its example servers answer (`GET /get-token`, and in the JavaScript example's older words `generateJWTToken`), and the line of each app that names the server. Source: VideoSDK's public example apps and servers. */
import type { TokenServer } from "@/lib/profiles/token-server";

const env = (name: string) => ({ before: `${name}=`, after: "" });
const quoted = (before: string, after = "") => ({ before: `${before}"`, after: `"${after}` });

export const tokenServer: TokenServer = {
  paths: [
    { name: "get-token", methods: ["GET", "POST"] },
    { name: "generateJWTToken", methods: ["GET"] },
  ],
  parameters: { room: "roomId", subject: "peerId" },
  // One token both for meetings and for `/v2/rooms`, asked for before there is a room.
  apps: ["rest"],
  lines: [
    {
      id: "react",
      inBrowser: true,
      label: "React",
      ...env("REACT_APP_AUTH_URL"),
      where: "`.env`, without `REACT_APP_VIDEOSDK_TOKEN`; then `npm start` again",
    },
    {
      id: "react-native",
      label: "React Native",
      ...env("REACT_APP_AUTH_URL"),
      where: "`.env`, without `REACT_APP_VIDEOSDK_TOKEN`; then build the app again",
    },
    {
      id: "flutter",
      label: "Flutter",
      ...env("AUTH_URL"),
      where: "`.env`, without `AUTH_TOKEN`; then run the app anew",
    },
    {
      id: "javascript",
      inBrowser: true,
      label: "JavaScript",
      ...quoted("const AUTH_URL = ", ";"),
      where: "`config.js`, with an empty `TOKEN`; then reload the page",
    },
    {
      id: "android",
      label: "Android",
      ...env("auth_url"),
      where: "`local.properties`, without `auth_token`; then sync the project with Gradle",
    },
    {
      id: "ios",
      label: "iOS",
      ...quoted("let AUTH_URL = "),
      where: "`Constants.swift`, with an empty `AUTH_TOKEN`; then build the app again",
    },
  ],
};
