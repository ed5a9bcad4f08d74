/** VideoSDK's profile: what the payload of its access tokens means. Only puts the parts together; holds no rule and no key. */
import type { Profile } from "@/lib/profiles/profile";
import { abilities } from "@/lib/profiles/videosdk/abilities";
import { buildClaims, claimNotes, keyIdOf, permissions, roles } from "@/lib/profiles/videosdk/claims";
import { facts } from "@/lib/profiles/videosdk/facts";
import { rules } from "@/lib/profiles/videosdk/rules";
import { describe } from "@/lib/profiles/videosdk/sentence";
import { templates } from "@/lib/profiles/videosdk/templates";

export const videosdk: Profile = {
  id: "videosdk",
  name: "VideoSDK",
  permissions,
  roles,
  templates,
  claimNotes,
  buildClaims,
  keyIdOf,
  facts,
  rules,
  describe,
  abilities,
};
