/** Whether an endpoint or a credential works, and if not, why. */
import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { EndpointState } from "@/lib/endpoints/state";

const words: Record<EndpointState, [tone: BadgeTone, text: string]> = {
  active: ["ok", "Active"],
  off: ["mute", "Switched off"],
  ended: ["mute", "Ended"],
  over: ["mute", "Over"],
  "without owner": ["warn", "Nobody answers for it"],
};

export function StateBadge({ state }: { state: EndpointState }) {
  const [tone, text] = words[state];
  return <Badge tone={tone}>{text}</Badge>;
}
