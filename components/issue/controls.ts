/** The controls of the issue form as they stand in it, by name and label; knows no vendor's. */
import type { Profile } from "@/lib/profiles/profile";

export const controlsOf = ({ fields }: Pick<Profile, "fields">): { name: string; label: string }[] => [
  { name: "template", label: "Template" },
  { name: "keyId", label: "Signing key" },
  ...fields.map((field) => ({ name: field.name, label: field.kind === "names" ? field.heading : field.label })),
  { name: "expiresIn", label: "Expires in" },
  { name: "purpose", label: "Purpose" },
  { name: "startsAt", label: "Starts" },
  { name: "customClaims", label: "Custom claims" },
];
