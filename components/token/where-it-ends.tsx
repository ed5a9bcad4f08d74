/** Leads to what really ends a token that was marked as revoked: the secret that signed it is given up. For whoever may do that; for others to its key. */
import Link from "next/link";
import type { ReactNode } from "react";

export type SignedWith = { id: string; label: string; mayRotate: boolean };

/** @param key null: there are several, or it is gone */
export function stepThatEnds(key: SignedWith | null): { href: string; words: ReactNode } {
  if (!key) return { href: "/keys", words: "See the signing keys" };
  const label = <bdi>{key.label}</bdi>;
  return key.mayRotate
    ? { href: `/keys/${key.id}?rotate=1#rotate`, words: <>Rotate the secret of {label}…</> }
    : { href: `/keys/${key.id}`, words: <>See the key {label}</> };
}

export function WhereItEnds({ signedWith }: { signedWith: SignedWith | null }) {
  const { href, words } = stepThatEnds(signedWith);
  return (
    <Link href={href} prefetch={false} className="text-ink underline decoration-edge underline-offset-4">
      {words}
    </Link>
  );
}
