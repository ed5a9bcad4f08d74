/** Says, at an address that browsers don't trust, what does not work there, what can be read on the way, and how to mend it. */
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { WhereUntrusted } from "@/components/shell/where-untrusted";
import { Notice } from "@/components/ui/notice";
import { env } from "@/lib/env";
import { isTrustworthy } from "@/lib/is-trustworthy";

export async function PlainHttpBar() {
  const host = (await headers()).get("host") ?? "";
  const { PUBLIC_URL } = env();
  if (!isTrustworthy(host, { PUBLIC_URL })) return <WhatDoesNotWork />;
  // By its name it came to the address that people type. By another one it passed a proxy, or passed it by.
  if (!PUBLIC_URL || host.replace(/:\d+$/, "") === PUBLIC_URL.hostname) return null;
  return (
    <WhereUntrusted>
      <Bar>
        Whoever is on the same network can read what you type, and nothing is accepted from here. Open{" "}
        <a href={PUBLIC_URL.origin} className="underline underline-offset-2">
          {PUBLIC_URL.origin}
        </a>{" "}
        instead.
      </Bar>
    </WhereUntrusted>
  );
}

function Bar({ children }: { children: ReactNode }) {
  return (
    <aside aria-label="This address is not encrypted" className="mb-5">
      <Notice tone="warn" title="This address is not encrypted.">
        {children}
      </Notice>
    </aside>
  );
}

function WhatDoesNotWork() {
  return (
    <Bar>
      Whoever is on the same network can read passwords, secrets and tokens on their way.
      <details className="mt-1">
        <summary className="flex w-fit cursor-pointer items-baseline font-medium">
          <span className="text-balance underline underline-offset-2">What does not work here, and what to do</span>
        </summary>
        <p className="mt-1.5">
          The decoder does not see a secret of this desk in a text and looks up none of several tokens; nothing finds a
          pasted token, or checks a signature with a secret of your own; no token is handed over by a link, and no such
          link is opened; and a click can't paste: press Ctrl+V. At an address like this the browser gives pages nothing
          to do it with. The rest works.
        </p>
        <p className="mt-1.5">
          Whoever runs the server can mend it: an https address in front of the desk, and that address in{" "}
          <code>PUBLIC_URL</code> (docs/deploy.md). On the server's own machine, http://localhost is trusted without it.
        </p>
      </details>
    </Bar>
  );
}
