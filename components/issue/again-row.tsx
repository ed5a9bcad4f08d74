/** What one issued last, to begin with once more: of each its kind, and what tells it from the others. */
import Link from "next/link";
import { Icon } from "@/components/ui/icon";
import { tokenName } from "@/lib/text/numbered";
import { ANY_ROOM } from "@/lib/text/reach";
import type { RecentToken } from "@/lib/tokens/list-recent";

export function AgainRow({ tokens }: { tokens: readonly RecentToken[] }) {
  if (tokens.length === 0) return null;
  return (
    <nav aria-label="Again" className="again">
      <span aria-hidden="true" className="mr-0.5 flex min-h-7 items-center text-caption text-soft max-md:min-h-9">
        Again
      </span>
      <ul>
        {tokens.map((token) => {
          const { number, kind, purpose, room, subject, keyLabel } = token;
          const all = [kind, purpose, room, subject, keyLabel].filter(Boolean);
          return (
            <li key={number}>
              <Link
                href={`/issue?from=${number}`}
                prefetch={false}
                title={`${tokenName(number)}: ${all.join(", ")}`}
                className="flex min-h-7 items-center gap-1.5 rounded-full border border-edge bg-surface px-2.5 text-small text-soft no-underline hover:bg-mute-bg hover:text-ink max-md:min-h-9"
              >
                <Icon name="again" size={12} className="text-faint" />
                <span className="flex min-w-0">
                  <span className="whitespace-pre">
                    <bdi>{kind}</bdi>,{" "}
                  </span>
                  <bdi className="min-w-0 truncate">{wordsOf(token, tokens)}</bdi>
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** What it is for; where another of its kind is for the same, what differs comes first. */
function wordsOf(token: RecentToken, tokens: readonly RecentToken[]): string {
  const { purpose, room, subject, keyLabel } = token;
  const alike = tokens.filter((other) => other.kind === token.kind && other.purpose === purpose);
  const words = purpose || room || subject || keyLabel;
  if (alike.length === 1) return words;
  const differs = [room ?? ANY_ROOM, keyLabel].filter(
    (_, index) => new Set(alike.map((other) => [other.room, other.keyLabel][index])).size > 1,
  );
  return [...differs, purpose || subject].filter(Boolean).join(", ") || words;
}
