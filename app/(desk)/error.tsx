"use client";
/** What stands where a page failed: says so, and tries again. */
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <>
      <PageHeader title="This page could not be shown" />
      <EmptyState
        icon="warn"
        title="The server failed while making it"
        action={<Button onClick={reset}>Try again</Button>}
      >
        Nothing was changed. If it goes on, tell whoever runs this server
        {error.digest ? `, and quote ${error.digest}` : ""}.
      </EmptyState>
    </>
  );
}
