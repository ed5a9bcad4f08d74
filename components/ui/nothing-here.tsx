/** The whole page where what its address names is not there. */
import type { ReactNode } from "react";
import { ButtonLink } from "./button-link";
import { EmptyState } from "./empty-state";
import { PageHeader } from "./page-header";

export function NothingHere({
  title,
  leadsTo,
  children,
}: {
  title: string;
  /** Where it can be looked for instead. */
  leadsTo: { href: string; label: string };
  children?: ReactNode;
}) {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState icon="unknown" title={title} action={<ButtonLink href={leadsTo.href}>{leadsTo.label}</ButtonLink>}>
        The address may be mistyped. {children}
      </EmptyState>
    </>
  );
}
