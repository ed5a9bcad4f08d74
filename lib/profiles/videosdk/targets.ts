/** Where developers put a VideoSDK token: the names that its SDKs' examples read, its REST API's question about a room, and the link of its prebuilt UI. Sources: VideoSDK's quick starts and example apps; "Prebuilt SDK". */
import type { Targets } from "@/lib/profiles/targets";
import { code } from "@/lib/profiles/videosdk/backend-code";
import { vendorError } from "@/lib/profiles/videosdk/errors";
import { facts } from "@/lib/profiles/videosdk/facts";
import { entry } from "@/lib/profiles/videosdk/join";

/** Of the prebuilt UI: a part of its address. */
const PREBUILT_VERSION = "0.3.43";
const PREBUILT = `https://embed.videosdk.live/rtc-js-prebuilt/${PREBUILT_VERSION}/`;
const ROOMS = "https://api.videosdk.live/v2/rooms/validate/";

const { code: wrongRole, name: wrongRoleName } = vendorError(4024);

const env = (name: string) => ({ before: `${name}=`, after: "" });
const quoted = (before: string, after = "") => ({ before: `${before}"`, after: `"${after}` });

/** For double quotes of any shell, also one that makes something of an exclamation mark. */
const forShell = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16)}`);

const BACKEND = "for others let your backend sign one each";

export const targets: Targets = {
  lines: [
    {
      id: "react",
      label: "React",
      ...env("REACT_APP_VIDEOSDK_TOKEN"),
      where: "`.env`, then `npm start` again",
      warning: `The build writes every \`REACT_APP_\` value into the page's script, where all its visitors can read it. Fine on your own machine; ${BACKEND}.`,
    },
    {
      id: "next",
      label: "Next.js",
      ...env("NEXT_PUBLIC_VIDEOSDK_TOKEN"),
      where: "`.env.local`, then `next dev` again",
      warning: `\`NEXT_PUBLIC_\` is public: everybody who opens your app can read it. Fine on your own machine; ${BACKEND}.`,
    },
    {
      id: "react-native",
      label: "React Native",
      ...env("REACT_APP_VIDEOSDK_TOKEN"),
      where: "`.env`, then build the app again",
      warning:
        "It becomes part of the app's bundle: whoever has the app file has the token. Don't ship a build with it.",
    },
    {
      id: "expo",
      label: "Expo",
      ...env("EXPO_PUBLIC_VIDEOSDK_TOKEN"),
      where: "`.env`, then `npx expo start --clear`",
      warning:
        "`EXPO_PUBLIC_` values stand in the bundle as plain text, and in every update that you publish. Keep it to development.",
    },
    {
      id: "flutter",
      label: "Flutter",
      ...env("AUTH_TOKEN"),
      where: "`.env`, then run the app anew: a hot reload does not read it",
      warning:
        "The file is listed under `assets`, so it is packed into the app as it is. Take it out before you build for others.",
    },
    {
      id: "android",
      label: "Android",
      ...env("auth_token"),
      where: "`local.properties`, then sync the project with Gradle",
      warning:
        "Gradle compiles it into the APK, from which it can be read. Keep `local.properties` out of version control.",
    },
    {
      id: "ios",
      label: "iOS",
      ...quoted("let AUTH_TOKEN = "),
      where: "`Constants.swift`, then build the app again",
      warning:
        "This is source code: the next commit would carry the token into the repository. Take it out before you commit.",
    },
    {
      id: "javascript",
      label: "JavaScript",
      ...quoted("const TOKEN = ", ";"),
      where: "`config.js`, then reload the page",
      warning:
        "Your web server hands `config.js` to whoever asks for it. Keep it off any server that others reach, and out of version control.",
    },
    {
      id: "python",
      label: "Python",
      ...env("VIDEOSDK_TOKEN"),
      where: "`.env`, then start the program again",
      warning: "It stays on the machine that runs it. Keep `.env` out of version control and out of the image.",
    },
    {
      id: "agents",
      label: "Agents",
      ...env("VIDEOSDK_AUTH_TOKEN"),
      where: "`.env`, then start the agent again",
      warning:
        "The agent can only join until the token expires. One that runs for long is better given key and secret, to sign its own.",
    },
  ],
  command: {
    help: "Asks VideoSDK whether the room exists and the token is accepted.",
    warning: "Your shell keeps this line in its history, and the token in it.",
    uselessFor: (claims) =>
      facts(claims).callsRest ? undefined : "This token is for meetings only: the REST API refuses it.",
    write: (room) => ({ before: 'curl -H "Authorization: ', after: `" "${ROOMS}${forShell(room)}"` }),
  },
  link: {
    help: "Opens the meeting in VideoSDK's prebuilt page. It is made in this browser, and only when you ask for it.",
    warning: "Whoever sees this address has the token; it stays in the browser's history.",
    uselessFor: (claims) =>
      // Once its time has come: one that waits is no other kind of token.
      entry(claims, { at: Number(claims.nbf ?? claims.iat) }) === "no"
        ? `Nobody can join with this token: the page will say ${wrongRole} ${wrongRoleName}.`
        : undefined,
    write({ token, room, name }) {
      const asked = new URLSearchParams({
        name,
        meetingId: room,
        micEnabled: "true",
        webcamEnabled: "true",
        joinScreenEnabled: "true",
        token,
      });
      return `${PREBUILT}?${asked}`;
    },
  },
  code,
};
