/** The whole page where what its address names is not there. */
import type { ReactNode } from "react";
import { ButtonLabel, buttonClass } from "./button";
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
      <EmptyState
        icon="unknown"
        title={title}
        action={
          // Not next/link: every page would load it for the case that it is not there.
          <a href={leadsTo.href} className={buttonClass()}>
            <ButtonLabel>{leadsTo.label}</ButtonLabel>
          </a>
        }
      >
        The address may be mistyped. {children}
      </EmptyState>
    </>
  );
}
