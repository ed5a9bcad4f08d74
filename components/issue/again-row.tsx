/** What one issued last, to begin with once more. */
import Link from "next/link";
import { Icon } from "@/components/ui/icon";
import { groupDigits } from "@/lib/text/group-digits";
import type { RecentToken } from "@/lib/tokens/list-recent";

export function AgainRow({ tokens }: { tokens: readonly RecentToken[] }) {
  if (tokens.length === 0) return null;
  return (
    <nav aria-label="Again" className="again">
      <span aria-hidden="true" className="mr-0.5 text-caption text-soft">
        Again
      </span>
      <ul>
        {tokens.map((token) => {
          const words = [token.templateName, token.purpose || token.room || token.subject || token.keyLabel];
          return (
            <li key={token.number}>
              <Link
                href={`/issue?from=${token.number}`}
                prefetch={false}
                title={`No. ${groupDigits(token.number)}: ${[...words, token.room, token.subject, token.keyLabel].filter(Boolean).join(", ")}`}
                className="inline-flex min-h-7 items-center gap-1.5 rounded-full border border-edge bg-surface px-2.5 text-small text-soft no-underline hover:bg-mute-bg hover:text-ink max-md:min-h-9"
              >
                <Icon name="again" size={12} className="text-faint" />
                <bdi className="min-w-0 truncate">{words.filter(Boolean).join(", ")}</bdi>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
