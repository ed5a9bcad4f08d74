/** Says what a policy would not allow any more, before it is saved: active tokens, which stay what they are, and endpoints, which stop or ask their callers for more. */
import type { ReactNode } from "react";
import { Time } from "@/components/time/time";
import { Notice } from "@/components/ui/notice";
import { MOST_GONE_THROUGH } from "@/lib/count-at-most";
import type { StoppedByPolicy } from "@/lib/endpoints/stopped-by";
import type { BeyondPolicy as Beyond } from "@/lib/keys/preview-change";
import type { Profile } from "@/lib/profiles/profile";
import { groupDigits } from "@/lib/text/group-digits";
import { tokenName } from "@/lib/text/numbered";
import { fieldsInWords } from "./limits-fields";
import { AskingEndpoints, StoppedEndpoints } from "./stopped-endpoints";

export function BeyondPolicy({ vendor, beyond }: { vendor: Profile; beyond: StoppedByPolicy }) {
  const { count, all, endpoints, asking } = beyond;
  const more = new Set([...asking.room, ...asking.subject].map(({ id }) => id)).size;
  return (
    <>
      {endpoints.length > 0 ? (
        <Warning title={endpoints.length === 1 ? "An endpoint stops." : `${endpoints.length} endpoints stop.`}>
          <StoppedEndpoints
            endpoints={endpoints}
            until={`somebody changes ${endpoints.length === 1 ? "it" : "them"}, or this policy`}
          />
        </Warning>
      ) : null}
      {more > 0 ? (
        <Warning title={more === 1 ? "An endpoint asks for more." : `${more} endpoints ask for more.`}>
          <AskingEndpoints asking={asking} />
        </Warning>
      ) : null}
      {count > 0 ? (
        <BeyondTokens vendor={vendor} beyond={beyond} />
      ) : all ? null : (
        <Warning title="Not all active tokens were looked at.">
          Of the {groupDigits(MOST_GONE_THROUGH)} that end last none goes beyond it; there are too many to look at the
          others. Whichever do stay as they are.
        </Warning>
      )}
    </>
  );
}

function Warning({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Notice tone="warn" role="status" title={title} className="mb-3">
      {children}
    </Notice>
  );
}

function BeyondTokens({ vendor, beyond: { count, all, lastExpiresAt, tokens } }: { vendor: Profile; beyond: Beyond }) {
  const one = count === 1 && all;
  const many = `${groupDigits(count)}${all ? "" : " or more"} active ${one ? "token goes" : "tokens go"} beyond it`;
  return (
    <Warning title={`${many}.`}>
      {one ? "It stays as it is" : "They stay as they are"}: {vendor.name} accepts {one ? "it" : "them"} until{" "}
      {one ? "it expires" : "they expire"}
      {lastExpiresAt === null ? null : (
        <>
          , {one ? "" : "the last "}
          <Time epochSeconds={lastExpiresAt} mode="short" />
        </>
      )}
      .
      <ul className="mt-2 flex flex-col gap-1.5">
        {tokens.map(({ number, actorName, expiresAt, fields }) => (
          <li key={number} className="[overflow-wrap:anywhere]">
            <span className="font-medium">{tokenName(number)}</span>, <bdi>{actorName}</bdi>, until{" "}
            <Time epochSeconds={expiresAt} mode="short" />: {fieldsInWords(vendor, fields)}
          </li>
        ))}
      </ul>
      {count > tokens.length ? (
        <p className="mt-1.5">
          And {groupDigits(count - tokens.length)}
          {all ? "" : " or more"} that end before these.
        </p>
      ) : null}
    </Warning>
  );
}
