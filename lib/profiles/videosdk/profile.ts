/** VideoSDK's profile: what the payload of its access tokens means. Only puts the parts together; holds no rule and no key. */
import type { Profile } from "@/lib/profiles/profile";
import { answer } from "@/lib/profiles/videosdk/answer";
import { caution } from "@/lib/profiles/videosdk/caution";
import { buildClaims, claimNames, keyIdOf } from "@/lib/profiles/videosdk/claims";
import { differences } from "@/lib/profiles/videosdk/differences";
import { facts } from "@/lib/profiles/videosdk/facts";
import { fields } from "@/lib/profiles/videosdk/fields";
import { entry } from "@/lib/profiles/videosdk/join";
import { kindOf } from "@/lib/profiles/videosdk/kind";
import { recognises } from "@/lib/profiles/videosdk/misspellings";
import { notesOf } from "@/lib/profiles/videosdk/notes";
import { rules } from "@/lib/profiles/videosdk/rules";
import { describe } from "@/lib/profiles/videosdk/sentence";
import { shapes } from "@/lib/profiles/videosdk/shapes";
import { templates } from "@/lib/profiles/videosdk/templates";
import { words } from "@/lib/profiles/videosdk/words";

export const videosdk: Profile = {
  id: "videosdk",
  name: "VideoSDK",
  alsoCalled: ["video sdk", "zujonow"],
  algorithm: "HS256",
  keyClaim: "apikey",
  shapes,
  secretNames: [
    ...["SECRET", "SECRET_KEY", "API_SECRET"],
    ...["VIDEOSDK_SECRET", "VIDEOSDK_SECRET_KEY", "VIDEOSDK_API_SECRET"],
  ],
  words,
  fields,
  templates,
  claimNames,
  recognises,
  buildClaims,
  keyIdOf,
  facts,
  kindOf,
  rules,
  answer,
  differences,
  notesOf,
  describe,
  caution,
  entry,
  loadAbilities: async () => (await import("@/lib/profiles/videosdk/abilities")).abilities,
  loadRepairing: () => import("@/lib/profiles/videosdk/repair"),
  loadAfterLeak: async () => (await import("@/lib/profiles/videosdk/after-leak")).afterLeak,
  loadTargets: async () => (await import("@/lib/profiles/videosdk/targets")).targets,
};
