/** What is said where a page failed. Whether what was sent was done, and whether the server failed or the browser, it does not know. Of plain elements: nothing of it can fail again, and every page loads it. */
export function FailedPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <>
      <h1 className="font-semibold text-title tracking-tight">This page could not be shown</h1>
      <p className="mt-0.5 mb-6 max-w-[65ch] text-soft">
        What you sent may be done all the same: see the audit log before you send it again. If it goes on, tell whoever
        runs this server{error.digest ? `, and quote ${error.digest}` : ""}.
      </p>
      <p>
        <button
          type="button"
          onClick={reset}
          className="min-h-9 rounded-lg border border-edge bg-surface px-3.5 font-medium hover:bg-mute-bg max-md:min-h-11"
        >
          Try again
        </button>
      </p>
    </>
  );
}
