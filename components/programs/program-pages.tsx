/** Leads between the pages on what programs use: endpoints, credentials, the API's reference. */
import Link from "next/link";

const pages = [
  { href: "/endpoints", label: "Endpoints" },
  { href: "/credentials", label: "Credentials" },
  { href: "/api", label: "API" },
] as const;

export function ProgramPages({ at }: { at: (typeof pages)[number]["href"] }) {
  return (
    <nav aria-label="For programs" className="mb-5 border-line border-b">
      <ul className="-mb-px flex gap-x-5">
        {pages.map(({ href, label }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={href === at ? "page" : undefined}
              className="block min-w-6 border-transparent border-b-2 py-1.5 text-soft no-underline hover:text-ink aria-[current=page]:border-ink aria-[current=page]:font-medium aria-[current=page]:text-ink"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
