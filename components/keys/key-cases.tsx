/** The cases of one key, newest first: those that nobody has acknowledged stand out. */
import Link from "next/link";
import { mightOf, tokensOf } from "@/components/cases/case-words";
import { Time } from "@/components/time/time";
import { Badge } from "@/components/ui/badge";
import type { CaseView } from "@/lib/cases/view";
import { epochSeconds } from "@/lib/text/epoch-seconds";
import { caseName } from "@/lib/text/numbered";

export function KeyCases({ cases }: { cases: readonly CaseView[] }) {
  return (
    <ul className="key-events">
      {cases.map((each) => (
        <li key={each.number} className="flex items-start justify-between gap-4">
          <div className="min-w-0">
            <Link href={`/cases/${each.number}`} prefetch={false} className="font-medium">
              {caseName(each.number)}
            </Link>
            <p className="text-caption text-faint">
              {tokensOf(each)}, {mightOf(each)}, last pasted by <bdi>{each.lastSeenBy}</bdi>,{" "}
              <Time epochSeconds={epochSeconds(each.lastSeenAt)} mode="short" />
            </p>
          </div>
          {each.acknowledged ? (
            <span className="text-faint">acknowledged</span>
          ) : (
            <Badge tone="bad" icon="alarm">
              open
            </Badge>
          )}
        </li>
      ))}
    </ul>
  );
}
