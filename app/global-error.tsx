"use client";
/** The last resort, when even the document's frame failed: the name, the ways on, and nothing that could fail again. */
import { FailedPage } from "@/components/ui/failed-page";
import "./globals.css";

const PLACES = [
  ["/", "Overview"],
  ["/issue", "Issue"],
  ["/decode", "Decode"],
  ["/audit", "Audit"],
  ["/keys", "Keys"],
] as const;

export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en" translate="no">
      <body>
        <title>Claimcheck</title>
        <main className="mx-auto flex min-h-dvh w-full max-w-[30rem] flex-col justify-center px-4 py-10">
          <p className="mb-8 flex items-center gap-2.5 font-semibold text-[0.9375rem] tracking-tight">
            {/* biome-ignore lint/performance/noImgElement: every page loads this one, so its mark is a file that none needs before */}
            <img src="/icon.svg" alt="" width={22} height={22} />
            Claimcheck
          </p>
          <FailedPage error={error} reset={reset} />
          <nav aria-label="Main" className="mt-8 border-line border-t pt-4">
            <ul className="flex flex-wrap gap-x-5 gap-y-2">
              {PLACES.map(([href, label]) => (
                <li key={href}>
                  <a href={href}>{label}</a>
                </li>
              ))}
            </ul>
          </nav>
        </main>
      </body>
    </html>
  );
}
