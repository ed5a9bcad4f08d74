/** Whether an endpoint or a credential works, and if not, why. */
import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { EndpointState } from "@/lib/endpoints/state";

const words: Record<EndpointState, [tone: BadgeTone, text: string]> = {
  active: ["ok", "Active"],
  off: ["mute", "Switched off"],
  ended: ["mute", "Ended"],
  over: ["mute", "Over"],
  "without owner": ["warn", "Stands still"],
};

const refusing: [tone: BadgeTone, text: string] = ["bad", "Refuses calls"];

/** @param refuses whether it refuses every call, as what it needs has changed */
export function StateBadge({ state, refuses = false }: { state: EndpointState; refuses?: boolean }) {
  const [tone, text] = refuses && state === "active" ? refusing : words[state];
  return <Badge tone={tone}>{text}</Badge>;
}
