/** Names the endpoints that would give nothing any more, and those that would ask their callers for more: each a link to its page. */
import Link from "next/link";
import type { ReactNode } from "react";
import { askedInWords } from "@/components/programs/endpoint-words";
import { type AskedByPolicy, askedByPolicy } from "@/lib/endpoints/asked";
import type { NamedEndpoint } from "@/lib/endpoints/stopped-by";

export function StoppedEndpoints({ endpoints, until }: { endpoints: readonly NamedEndpoint[]; until: string }) {
  return (
    <Named endpoints={endpoints}>
      {endpoints.length === 1 ? "refuses" : "refuse"} every call until {until}.
    </Named>
  );
}

export function AskingEndpoints({ asking }: { asking: Record<AskedByPolicy, readonly NamedEndpoint[]> }) {
  return (
    <>
      {askedByPolicy.map((asked) =>
        asking[asked].length > 0 ? (
          <Named key={asked} endpoints={asking[asked]}>
            {asking[asked].length === 1 ? "asks" : "ask"} each caller for {askedInWords([asked])}.{" "}
          </Named>
        ) : null,
      )}
      A call that names none is refused.
    </>
  );
}

/** However many they are: no other page lists those of a key. */
function Named({ endpoints, children }: { endpoints: readonly NamedEndpoint[]; children: ReactNode }) {
  return (
    <span className="[overflow-wrap:anywhere]">
      {endpoints.map(({ id, name }, index) => (
        <span key={id}>
          {index === 0 ? "" : index === endpoints.length - 1 ? " and " : ", "}
          <Link href={`/endpoints/${id}`} prefetch={false} className="underline underline-offset-4">
            <bdi className="font-medium">{name}</bdi>
          </Link>
        </span>
      ))}{" "}
      {children}
    </span>
  );
}
