"use client";
/** What stands where a page failed: says so, and tries again. Whether what was sent was done, and whether the server failed or the browser, it does not know. */
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <>
      <PageHeader
        title="This page could not be shown"
        lede={`What you sent may be done all the same: see the audit log before you send it again. If it goes on, tell whoever runs this server${error.digest ? `, and quote ${error.digest}` : ""}.`}
      />
      <Button onClick={reset}>Try again</Button>
    </>
  );
}
