"use client";
/** The last resort, when even the document's frame failed. */
import "./globals.css";

export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body className="p-6">
        <h1 className="font-semibold text-title">Claimcheck could not show this page</h1>
        <p className="my-3 text-soft">Nothing was changed. If it goes on, tell whoever runs this server.</p>
        <button type="button" onClick={reset} className="rounded-lg border border-edge px-3.5 py-1.5 font-medium">
          Try again
        </button>
      </body>
    </html>
  );
}
