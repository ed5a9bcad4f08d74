/** A key's limits in a few words each, before one hits them. */
import { Icon, type IconName } from "@/components/ui/icon";
import type { KeyLimit } from "@/lib/composer/locks";

const icons: Record<KeyLimit["kind"], IconName> = { time: "clock", required: "check", only: "lock" };

export function KeyLimits({ limits }: { limits: readonly KeyLimit[] }) {
  if (limits.length === 0) return null;
  return (
    <ul aria-label="Limits of this key" className="flex flex-wrap gap-x-4 gap-y-0.5">
      {limits.map(({ kind, words }) => (
        <li key={words} className="flex items-center gap-1.5">
          <Icon name={icons[kind]} size={14} />
          {words}
        </li>
      ))}
    </ul>
  );
}
